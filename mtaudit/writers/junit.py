"""JUnit XML: each article is a test case, which fails where it does not pass.

Jenkins, GitLab, Azure and others show it beside a project's tests. Findings of articles that pass
are in the case's output; inputs that could not be audited are errors.
"""

from __future__ import annotations

from typing import IO

from mtaudit.model import ArticleResult, Finding, Problem, Report
from mtaudit.writers.place import place_of, relative, told
from mtaudit.writers.xml import HEAD, attributes, content


def write(report: Report, stream: IO[str]) -> None:
    """Writes one suite; the signature is among its properties."""
    failures = sum(not result.score.passed for result in report.results)
    counts = {
        "tests": len(report.results) + len(report.problems),
        "failures": failures,
        "errors": len(report.problems),
    }
    stream.write(HEAD)
    stream.write(f"<testsuites{attributes(name='mtaudit', **counts, time='0')}>\n")
    stream.write(f" <testsuite{attributes(name='mtaudit', **counts, skipped=0, time='0')}>\n")
    stream.write("  <properties>\n")
    for name, value in (
        ("signature", report.signature),
        ("words", report.total.words),
        ("score", f"{report.total.score:.4f}"),
    ):
        stream.write(f"   <property{attributes(name=name, value=value)}/>\n")
    stream.write("  </properties>\n")
    for problem in report.problems:
        stream.write(_trouble(problem))
    for result in report.results:
        stream.write(_case(result))
    stream.write(" </testsuite>\n</testsuites>\n")


def _case(result: ArticleResult) -> str:
    article, score = result.article, result.score
    path = relative(article.path or article.id)
    head = f"  <testcase{attributes(classname=path, name=article.id, file=path, time='0')}"
    if not result.findings and score.passed:
        return f"{head}/>\n"
    gating = [finding for finding in result.findings if finding.gates]
    others = [finding for finding in result.findings if not finding.gates]
    parts = [f"{head}>\n"]
    if not score.passed:
        worst = f"score {score.score:.1f}, {len(gating)} gating findings in {score.words} words"
        text = "\n".join(_line(result, finding) for finding in gating)
        parts.append(
            f"   <failure{attributes(message=worst, type='gate')}>{content(text)}</failure>\n"
        )
    else:
        others = list(result.findings)
    if others:
        text = "\n".join(_line(result, finding) for finding in others)
        parts.append(f"   <system-out>{content(text)}</system-out>\n")
    return "".join([*parts, "  </testcase>\n"])


def _line(result: ArticleResult, finding: Finding) -> str:
    article = result.article
    place = f"{relative(article.path or article.id)}:{finding.line}:{finding.column}"
    if article.units:
        path, line, *_ = place_of(article, finding)
        place = f"{path}:{line}"
    return f"{place}: {finding.severity} {finding.rule}: {told(article, finding)}"


def _trouble(problem: Problem) -> str:
    path = relative(problem.path)
    case = attributes(classname=path, name=path, file=path, time="0")
    error = attributes(message=problem.message, type="unreadable")
    return f"  <testcase{case}>\n   <error{error}/>\n  </testcase>\n"
