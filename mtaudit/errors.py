"""The errors that mtaudit raises: each says what, where, what was expected and what to do."""

from __future__ import annotations


class MtauditError(Exception):
    """A fault that the user can act on; its text is one line.

    Args:
        what: What went wrong, as a clause without a full stop.
        where: The place: a path, `path:line:column`, a rule id or an option.
        expected: What would have been right.
        hint: What to do next.
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.hint = hint
        line = f"{where}: {what}" if where else what
        if expected:
            line += f"; expected {expected}"
        if hint:
            line += f"; {hint}"
        super().__init__(" ".join(line.split()))


class InputError(MtauditError):
    """An article or a file of articles that cannot be read."""


class NotArticles(InputError):
    """A file of another kind: told where it was named, passed over where a folder holds it."""


class RuleError(MtauditError):
    """A rule file or a rule in it that is not what the schema or the pattern language asks."""


class SettingsError(MtauditError):
    """A setting or an option with an unknown name or an impossible value."""


class DataMissing(MtauditError):
    """A data file that the package should carry is not there."""
