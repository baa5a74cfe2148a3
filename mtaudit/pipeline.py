"""An audit from end to end: read, annotate, scan, score; each stage is one call."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mtaudit.annotate import annotate, readable
from mtaudit.french.english import load_english
from mtaudit.french.language import language
from mtaudit.french.lexicon import load_lexicon
from mtaudit.french.names import load_names
from mtaudit.kinds import Resources
from mtaudit.model import Article, ArticleResult, Problem, Report, RuleCard
from mtaudit.readers import read_paths
from mtaudit.rulebook import Rule, Rulebook, load_rulebook, packaged_rules
from mtaudit.scan import Scanner
from mtaudit.score import make_profile, score_findings, signature, total
from mtaudit.settings import Settings
from mtaudit.version import __version__


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pauses the garbage collector: compiling rules makes a million objects and frees none, and
    the collector looks through them again and again (0.3 s of 2.3 s with 1,400 rules)."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Auditor:
    """Rules and resources, loaded once for any number of articles.

    Raises:
        MtauditError: A rule or a setting is wrong, or a data file is missing.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings = settings or Settings()
        with _without_collector():
            self.resources = load_resources()
            self.rulebook = chosen_rules(settings)
            self.scanner = Scanner(self.rulebook, self.resources, settings.language)
        self.profile = make_profile(
            settings.scheme,
            formula=settings.formula,
            pass_mark=settings.pass_mark,
            accepted=settings.accepted_penalty,
        )
        self.signature = signature(
            __version__,
            self.rulebook.digest,
            len(self.scanner.rules),
            "none",
            self.profile,
            "target-words",
        )

    def audit_article(self, article: Article) -> ArticleResult | Problem:
        """Audits one article; one that is not in French gives a problem in place of a result."""
        annotated = annotate(article)
        code = language(readable(article), annotated.norms)
        if code not in ("fr", "und"):
            where = article.path or article.id
            if article.path and not article.id.startswith(article.path):
                where = f"{article.path}: {article.id}"
            return Problem(
                article.path or article.id,
                f"{where}: the text is in another language ({code}); expected French; "
                "give the translation as text and the original as source",
            )
        findings = self.scanner.scan(annotated)
        score = score_findings(findings, annotated.words, self.profile)
        return ArticleResult(article, findings, score, code)

    def results(self, articles: Iterable[Article | Problem]) -> Iterator[ArticleResult | Problem]:
        """Audits articles one by one as they come; problems are handed on."""
        for article in articles:
            yield article if isinstance(article, Problem) else self.audit_article(article)

    def audit(self, articles: Iterable[Article | Problem]) -> Report:
        """Audits all articles and sums up."""
        return self.report(self.results(articles))

    def report(self, outcomes: Iterable[ArticleResult | Problem]) -> Report:
        """Sums up what `results` yielded."""
        results: list[ArticleResult] = []
        problems: list[Problem] = []
        for outcome in outcomes:
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                results.append(outcome)
        found = {finding.rule for result in results for finding in result.findings}
        return Report(
            results=tuple(results),
            problems=tuple(problems),
            total=total(results, self.profile),
            signature=self.signature,
            rules=len(self.scanner.rules),
            cards=tuple(
                _card(rule, self.settings.language)
                for rule in self.scanner.rules
                if rule.id in found
            ),
        )


def audit(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Reads and audits files and folders; `-` is standard input.

    What cannot be read is told among the report's problems; the rest is audited.
    """
    return Auditor(settings).audit(read_paths([str(path) for path in paths], stdin=stdin))


def _card(rule: Rule, language: str) -> RuleCard:
    return RuleCard(
        id=rule.id,
        family=rule.family.name,
        title=rule.family.title[language],
        mqm=rule.family.mqm,
        severity=rule.severity,
        confidence=rule.confidence,
        gates=rule.gating,
        english=rule.english,
        suggest=rule.suggest,
        flagged=rule.flag[0].text if rule.flag else "",
        passed=rule.pass_[0].text if rule.pass_ else "",
    )


def load_resources() -> Resources:
    """The lexicon and the names that rules look things up in."""
    return Resources(load_lexicon(), load_names(), load_english())


def chosen_rules(settings: Settings) -> Rulebook:
    """The rules that the settings ask for: the packaged ones and those of further folders."""
    folders = [packaged_rules(), *(Path(folder) for folder in settings.rules)]
    rulebook = load_rulebook(folders)
    if settings.select or settings.ignore:
        rulebook = rulebook.select(settings.select, settings.ignore)
    return rulebook
