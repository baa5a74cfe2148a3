"""An audit from end to end: read, annotate, scan, score; each stage is one call."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from mtaudit.cache import Cache, open_cache
from mtaudit.errors import MtauditError
from mtaudit.french.syntax import load_syntax
from mtaudit.identity import identity
from mtaudit.jobs import ALONE_UNFORKED, Slot, forks, in_order
from mtaudit.model import Article, ArticleResult, Problem, Report, RuleCard
from mtaudit.readers import read_paths
from mtaudit.records import Record, decode_record, encode_record
from mtaudit.rulebook import Rule, Rulebook, load_rulebook, packaged_rules
from mtaudit.rulestore import load_rules
from mtaudit.score import make_profile, score_findings, signature, total
from mtaudit.settings import Settings
from mtaudit.version import __version__

# What reads French takes longer to import than the answers of the cache to find; so it is imported
# where it is needed.
if TYPE_CHECKING:
    from mtaudit.kinds import Resources
    from mtaudit.scan import Scanner

# Languages that are audited: French, and what is too short to tell.
_READ: Final = ("fr", "und")


@contextmanager
def _settling() -> Iterator[Callable[[], None]]:
    """Gives a function to call once all rules are loaded.

    Until the end of the block the collector then leaves alone what there is: the rules are a
    million objects, and each of its walks over them takes as long as twenty articles (measured).
    """
    settled = False

    def settle() -> None:
        nonlocal settled
        if not settled and gc.get_freeze_count() == 0:
            gc.freeze()
            settled = True

    try:
        yield settle
    finally:
        if settled:
            gc.unfreeze()


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

    What an earlier run worked out is taken from the cache: with the same code, rules and
    settings, an article that is known needs neither compiled rules nor the lexicon.

    Args:
        cache: In place of the user's own, which is used if the settings say so.

    Raises:
        MtauditError: A rule or a setting is wrong, or a data file is missing.
    """

    def __init__(self, settings: Settings | None = None, cache: Cache | None = None) -> None:
        self.settings = settings = settings or Settings()
        self.cache = open_cache(settings.cache) if cache is None else cache
        self.profile = make_profile(
            settings.scheme,
            formula=settings.formula,
            pass_mark=settings.pass_mark,
            accepted=settings.accepted_penalty,
        )
        with _without_collector():
            self.all_rules, files = load_rules(rule_folders(settings), self.cache)
            self.rulebook = _selected(self.all_rules, settings)
            self.rules = self.rulebook.running
            itself = identity()
            if itself is None:
                self.cache = Cache()
            model = load_syntax(settings.model).name
            chosen = json.dumps([settings.select, settings.ignore, settings.language, model])
            self._digest = hashlib.sha256(
                (itself or b"") + files.content + chosen.encode()
            ).digest()
            self._plans = (itself or b"") + b"plans"
            # Rules that could be compiled once need not be compiled to know that they are right.
            proven = self._digest + files.whole + b"proven"
            if self.cache.get(proven) is None:
                scanner = self.scanner  # compiles the rules: a fault is told at once
                if settings.rules:  # those that come with mtaudit are proven before they do
                    scanner.check()
                self.cache.put(proven, b"")
            self.cache.flush()
        self.signature = signature(
            __version__,
            self.rulebook.digest,
            len(self.rules),
            model,
            self.profile,
            "target-words",
        )

    @cached_property
    def resources(self) -> Resources:
        """What rules look things up in, loaded when it is asked for."""
        from mtaudit.kinds import Plans

        kept = self.cache.get(self._plans)
        try:
            plans = Plans.decode(kept) if kept else Plans()
        except (ValueError, TypeError):
            plans = Plans()
        return replace(load_resources(), plans=plans, model=self.settings.model)

    @cached_property
    def scanner(self) -> Scanner:
        """The rules, compiled when they are asked for."""
        from mtaudit.scan import Scanner

        with _without_collector():
            made = Scanner(self.rulebook, self.resources, self.settings.language)
            plans = self.resources.plans
            if plans.grown and self.cache.usable:
                self.cache.put(self._plans, plans.encode())
                plans.grown = False
        return made

    def audit_article(self, article: Article) -> ArticleResult | Problem:
        """Audits one article; one that is not in French gives a problem in place of a result."""
        return self._outcome(article, self._audited([article])[0])

    def _audited(self, articles: Sequence[Article]) -> list[Record]:
        from mtaudit.annotate import annotate, readable
        from mtaudit.french.language import language

        read = [(article, annotate(article)) for article in articles]
        codes = [language(readable(article), annotated.norms) for article, annotated in read]
        french = [
            annotated for (_, annotated), code in zip(read, codes, strict=True) if code in _READ
        ]
        self.scanner.prepare(french)
        return [
            Record(code, annotated.words, self.scanner.scan(annotated))
            if code in _READ
            else Record(code, 0, ())
            for (_, annotated), code in zip(read, codes, strict=True)
        ]

    def _records(self, articles: Sequence[Article]) -> list[bytes]:
        return [encode_record(record) for record in self._audited(articles)]

    def _outcome(self, article: Article, record: Record) -> ArticleResult | Problem:
        code, words, findings = record
        if code not in _READ:
            where = article.path or article.id
            if article.path and not article.id.startswith(article.path):
                where = f"{article.path}: {article.id}"
            return Problem(
                article.path or article.id,
                f"{where}: the text is in another language ({code}); expected French; "
                "give the translation as text and the original as source",
            )
        return ArticleResult(article, findings, score_findings(findings, words, self.profile), code)

    def results(
        self, articles: Iterable[Article | Problem], jobs: int = 1
    ) -> Iterator[ArticleResult | Problem]:
        """Audits articles as they come, in their order; problems are handed on.

        Args:
            jobs: How many processes work on them, where there is enough to do. Results are the
                same for any number. Where processes do not fork (macOS, Windows), a script that
                asks for more than one needs the usual `if __name__ == "__main__"`.
        """
        items = map(self._known, articles)
        try:
            with _settling() as settle:
                yield from self._outcomes(items, jobs, settle)
        finally:
            self.cache.flush()

    def _outcomes(
        self,
        items: Iterator[Slot | ArticleResult | Problem],
        jobs: int,
        settle: Callable[[], None],
    ) -> Iterator[ArticleResult | Problem]:
        def warm() -> None:
            self._warm()
            settle()

        if jobs == 1 or forks():
            yield from in_order(items, jobs, self._records, self._finish, warm=warm)
        else:
            work = _Remote(self.settings, self.signature)
            yield from in_order(
                items, jobs, work, self._finish, alone=ALONE_UNFORKED, start_method="spawn"
            )

    def _warm(self) -> None:
        """Loads what processes that are forked share: rules, lexicon, tokenizer."""
        from mtaudit.annotate import annotate

        self.scanner  # noqa: B018
        annotate(Article(id="", text="a"))

    def _known(self, article: Article | Problem) -> Slot | ArticleResult | Problem:
        """The outcome of an article that was audited before, else a slot for it."""
        if isinstance(article, Problem):
            return article
        if not self.cache.usable:
            return Slot(article)
        key = self._key(article)
        kept = self.cache.get(key)
        if kept is not None:
            try:
                return self._outcome(article, decode_record(kept, article))
            except (ValueError, TypeError, KeyError, IndexError):
                pass
        return Slot(article, key)

    def _key(self, article: Article) -> bytes:
        """Digest of all that the findings depend on: not of place, id or score."""
        parts = [article.text, article.title, article.source, article.markup, article.parts]
        # Text may hold halves of surrogate pairs, which JSON takes.
        return hashlib.sha256(self._digest + json.dumps(parts).encode()).digest()

    def _finish(self, slot: Slot, data: bytes) -> ArticleResult | Problem:
        if slot.key:
            self.cache.put(slot.key, data)
        return self._outcome(slot.article, decode_record(data, slot.article))

    def audit(self, articles: Iterable[Article | Problem], jobs: int = 1) -> Report:
        """Audits all articles and sums up."""
        return self.report(self.results(articles, jobs))

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
            rules=len(self.rules),
            cards=tuple(
                _card(rule, self.settings.language) for rule in self.rules if rule.id in found
            ),
        )


def audit(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    jobs: int = 1,
) -> Report:
    """Reads and audits files and folders; `-` is standard input.

    What cannot be read is told among the report's problems; the rest is audited.
    """
    return Auditor(settings).audit(read_paths([str(path) for path in paths], stdin=stdin), jobs)


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
    from mtaudit.french.english import load_english
    from mtaudit.french.lexicon import load_lexicon
    from mtaudit.french.names import load_names
    from mtaudit.kinds import Resources

    return Resources(load_lexicon(), load_names(), load_english())


def rule_folders(settings: Settings) -> list[Path]:
    """The folder of the packaged rules, and those that the settings add."""
    return [packaged_rules(), *(Path(folder) for folder in settings.rules)]


def chosen_rules(settings: Settings) -> Rulebook:
    """The rules that the settings ask for: the packaged ones and those of further folders."""
    return _selected(load_rulebook(rule_folders(settings)), settings)


def _selected(rulebook: Rulebook, settings: Settings) -> Rulebook:
    if settings.select or settings.ignore:
        return rulebook.select(settings.select, settings.ignore)
    return rulebook


class _Remote:
    """The work of an auditor in a process that shares nothing with it: it has one of its own."""

    def __init__(self, settings: Settings, expected: str) -> None:
        self.settings = settings
        self.expected = expected
        self.auditor: Auditor | None = None

    def __call__(self, articles: Sequence[Article]) -> list[bytes]:
        if self.auditor is None:
            self.auditor = Auditor(self.settings)
            if self.auditor.signature != self.expected:
                raise MtauditError("the rules were changed during the run", hint="run again")
        return self.auditor._records(articles)
