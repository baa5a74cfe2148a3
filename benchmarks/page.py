#!/usr/bin/env python3
"""Measure how fast the page of a report opens in Chromium.

Two reports are made of what the rules' own examples flag: 500 articles of 40 sentences, and a
single article with some 20,000 findings. Needs `pip install 'mtaudit[dev]'` and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mtaudit.model import Article, Report  # noqa: E402
from mtaudit.pipeline import Auditor  # noqa: E402
from mtaudit.writers import WRITERS  # noqa: E402

# Where the page shows the single article.
ARTICLE = "#article?article=long"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how fast a report opens in Chromium.")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--findings", type=int, default=20_000, help="of the single article")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("page.py: Playwright is not installed; pip install playwright", file=sys.stderr)
        return 2
    chromium = os.environ.get("MTAUDIT_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("page.py: no chromium; install one or set MTAUDIT_CHROMIUM", file=sys.stderr)
        return 2
    auditor = Auditor()
    lines = [rule.flag[0].text for rule in auditor.rules if rule.kind == "phrase" and rule.flag]
    reports = {
        "articles": many(auditor, lines, options.articles),
        "one article": single(auditor, lines, options.findings),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, report in reports.items():
            path = Path(folder) / "report.html"
            WRITERS["html"].write_file(report, path, "en")
            found = sum(len(result.findings) for result in report.results)
            print(f"{len(report.results)} articles, {found:,} findings, {size(path):.1f} MB")
            page = Page(browser.new_page(), path.as_uri(), options.rounds)
            if name == "one article":
                page.show("the article opens", lambda each: each.open_at(".card", ARTICLE))
            else:
                page.show("the list of articles opens", lambda each: each.open_at("a.article"))
                page.show("a search narrows it down", lambda each: each.search())
            page.window.close()
        browser.close()
    return 0


def many(auditor: Auditor, lines: list[str], count: int) -> Report:
    """A report of so many articles of 40 lines."""
    endless = cycle(lines)
    articles = [
        Article(f"article/{number}", "\n".join(islice(endless, 40)), path=f"article/{number}.txt")
        for number in range(count)
    ]
    return auditor.audit(articles, jobs=2)


def single(auditor: Auditor, lines: list[str], findings: int) -> Report:
    """A report of one article, long enough to have about so many findings."""
    text = "\n".join(islice(cycle(lines), findings))
    return auditor.audit([Article("long", text, path="long.txt")])


class Page:
    """A report in a window of the browser."""

    def __init__(self, window: Any, address: str, rounds: int) -> None:
        self.window = window
        self.address = address
        self.rounds = rounds

    def open_at(self, selector: str, place: str = "") -> None:
        self.window.goto("about:blank")
        self.window.goto(self.address + place)
        self.window.wait_for_selector(selector)

    def search(self) -> None:
        self.window.fill("#search", "")
        self.window.fill("#search", "article/7")
        self.window.wait_for_function("document.querySelectorAll('a.article').length < 120")

    def show(self, label: str, work: Callable[[Page], None]) -> None:
        spent = []
        for _ in range(self.rounds):
            began = time.perf_counter()
            work(self)
            spent.append(time.perf_counter() - began)
        print(f"  {label}: {statistics.median(spent):.2f} s ({min(spent):.2f}-{max(spent):.2f})")


def size(path: Path) -> float:
    """Of a file, in megabytes."""
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    sys.exit(main())
