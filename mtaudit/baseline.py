"""The baseline: findings that were there when the gate was set up, and that may stay.

The file lists each audited article with a digest of its text and its findings by fingerprint, in
sorted order and one finding a line, so that its diffs say what changed and two branches merge.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from mtaudit.errors import MtauditError, SettingsError
from mtaudit.globs import Names
from mtaudit.model import ArticleResult, Finding, Report

FORMAT: Final = 1


class Entry(NamedTuple):
    """A finding as the baseline knows it."""

    rule: str
    text: str
    fingerprint: str


class Known(NamedTuple):
    """What is known of one article: its findings, and a digest of its text where there is one."""

    entries: tuple[Entry, ...]
    digest: str = ""


@dataclass(frozen=True)
class Baseline:
    """What was accepted, by the names of articles.

    Attributes:
        signature: Of the audit that was accepted.
    """

    signature: str = ""
    articles: Mapping[str, Known] = field(default_factory=dict)

    @property
    def rules(self) -> str:
        """The rule pack of the signature: how many rules, and their digest."""
        return rules_of(self.signature)


class Pruned(NamedTuple):
    """A baseline without what is gone, and how many findings and articles that was."""

    baseline: Baseline
    findings: int
    articles: int


def rules_of(signature: str) -> str:
    """The part of a signature that names the rule pack."""
    for part in signature.split("|"):
        if part.startswith("rules:"):
            return part.removeprefix("rules:")
    return ""


def known(result: ArticleResult) -> Known:
    """What a baseline keeps of an article."""
    entries = [Entry(f.rule, " ".join(f.text.split()), f.fingerprint) for f in result.findings]
    return Known(tuple(sorted(entries)), text_digest(result.article.text))


def text_digest(text: str) -> str:
    """Of a text as rules read it: white space at the ends of lines makes no difference."""
    plain = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def accepted(findings: Sequence[Finding], entries: Iterable[Entry]) -> set[int]:
    """Indices of the findings that are known already.

    First those with the same fingerprint; then, for entries that are left over, findings of the
    same rule on the same words, since an edit beside a finding changes its fingerprint. So the
    number of places with the same fault can never grow unnoticed.
    """
    left = list(entries)
    prints = {entry.fingerprint for entry in left}
    found = {index for index, each in enumerate(findings) if each.fingerprint in prints}
    used = {findings[index].fingerprint for index in found}
    over = Counter((entry.rule, entry.text) for entry in left if entry.fingerprint not in used)
    for index, finding in enumerate(findings):
        key = (finding.rule, " ".join(finding.text.split()))
        if index not in found and over[key] > 0:
            over[key] -= 1
            found.add(index)
    return found


def updated(report: Report, names: Names, before: Baseline | None = None) -> Baseline:
    """A baseline that accepts the report; articles that it does not cover stay as they were."""
    articles = dict(before.articles) if before else {}
    articles.update((names.article(each.article), known(each)) for each in report.results)
    return Baseline(report.signature, articles)


def prune(
    baseline: Baseline, report: Report, names: Names, ran: Collection[str], gone: Collection[str]
) -> Pruned:
    """Removes the findings that are no longer there; adds nothing.

    Args:
        ran: The ids of the rules that ran: what others found stays.
        gone: Names of files that are no longer there.
    """
    results = {names.article(each.article): each for each in report.results}
    files = {names.path(each.article.path) for each in report.results}
    troubled = {names.path(problem.path) for problem in report.problems}
    articles: dict[str, Known] = {}
    for name, was in baseline.articles.items():
        path = name.split("::")[0]
        result = results.get(name)
        if result is None:
            if path not in gone and (path not in files or path in troubled):
                articles[name] = was
            continue
        articles[name] = Known(tuple(_standing(was.entries, result, ran)), was.digest)
    before = sum(len(each.entries) for each in baseline.articles.values())
    after = sum(len(each.entries) for each in articles.values())
    return Pruned(
        Baseline(baseline.signature, articles),
        before - after,
        len(baseline.articles) - len(articles),
    )


def _standing(
    entries: Sequence[Entry], result: ArticleResult, ran: Collection[str]
) -> Iterable[Entry]:
    prints = {finding.fingerprint for finding in result.findings}
    matched = accepted(result.findings, entries)
    # Findings that were recognised by their words alone stand for one entry each.
    words = Counter(
        (finding.rule, " ".join(finding.text.split()))
        for index, finding in enumerate(result.findings)
        if index in matched and finding.fingerprint not in {e.fingerprint for e in entries}
    )
    for entry in entries:
        if entry.fingerprint in prints or (ran and entry.rule not in ran):
            yield entry
        elif words[entry.rule, entry.text] > 0:
            words[entry.rule, entry.text] -= 1
            yield entry


# The file -----------------------------------------------------------------------------------------


def load_baseline(path: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        SettingsError: It cannot be read, or is no baseline that this version knows.
    """
    made_by = "a baseline made by mtaudit gate --write-baseline"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"the baseline cannot be read ({error.strerror or error})",
            where=str(path),
            expected=made_by,
            hint="make it with --write-baseline",
        ) from error
    except ValueError as error:
        raise SettingsError(
            f"the baseline is no JSON ({error})",
            where=str(path),
            expected=made_by,
            hint="settle a merge by hand, or write it anew",
        ) from error
    if not isinstance(document, dict) or document.get("mtaudit-baseline") != FORMAT:
        raise SettingsError("no baseline of this version", where=str(path), expected=made_by)
    try:
        texts: dict[str, Any] = dict(document["texts"].items())
        articles = {
            name: Known(
                tuple(Entry(*map(_text, (e["rule"], e["text"], e["fingerprint"]))) for e in found),
                _text(texts.get(name, "")),
            )
            for name, found in {
                **{name: [] for name in texts},
                **document["findings"],
            }.items()
        }
        return Baseline(_text(document["signature"]), articles)
    except (KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"the baseline is damaged ({type(error).__name__}: {error})",
            where=str(path),
            expected=made_by,
            hint="write it anew",
        ) from error


def dumped(baseline: Baseline) -> str:
    """The file's text: keys sorted, one text or finding a line."""

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    articles = sorted(baseline.articles.items())
    texts = [f"    {line(name)}: {line(each.digest)}" for name, each in articles]
    findings = [
        f"    {line(name)}: [\n"
        + ",\n".join(f"      {line(entry._asdict())}" for entry in sorted(each.entries))
        + "\n    ]"
        for name, each in articles
        if each.entries
    ]
    return (
        f'{{\n  "mtaudit-baseline": {FORMAT},\n  "signature": {line(baseline.signature)},\n'
        + '  "findings": {'
        + ("\n" + ",\n".join(findings) + "\n  " if findings else "")
        + '},\n  "texts": {'
        + ("\n" + ",\n".join(texts) + "\n  " if texts else "")
        + "}\n}\n"
    )


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Writes the file whole or not at all: another file is renamed over it.

    Raises:
        MtauditError: It cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with partial.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
                file.write(dumped(baseline))
            if path.exists() and not path.is_file():
                raise OSError(0, "not a regular file")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise MtauditError(
            f"cannot write the baseline: {error.strerror or error}",
            where=str(path),
            expected="a file in a folder that is there and may be written to",
        ) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value
