"""What the formats in XML share: text and attributes that every XML 1.0 parser takes."""

from __future__ import annotations

import re
from typing import Final

from mtaudit.writers.excerpt import visible

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

# Characters that XML 1.0 cannot hold in any form; controls are written out before.
_IMPOSSIBLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attributes(**values: object) -> str:
    """Attributes with a space before each; a trailing `_` of a name is dropped."""
    from xml.sax.saxutils import quoteattr  # takes urllib with it

    return "".join(f" {key.rstrip('_')}={quoteattr(_safe(str(v)))}" for key, v in values.items())


def content(text: str) -> str:
    """Text between tags; its lines stay lines."""
    from xml.sax.saxutils import escape

    return escape("\n".join(_safe(line) for line in text.split("\n")))


def possible(text: str) -> str:
    """The text with each character that XML cannot hold replaced."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def _safe(text: str) -> str:
    return possible(visible(text))
