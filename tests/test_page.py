"""The page in a real browser: Debian's chromium, or the one that $MTAUDIT_CHROMIUM names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_html import audited, build, council, council_findings, hostile_report, marked, reported

from mtaudit.model import Article, Report
from mtaudit.writers import WRITERS

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = os.environ.get("MTAUDIT_CHROMIUM") or shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium: apt-get install chromium, or set MTAUDIT_CHROMIUM"
)
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Opened:
    """A page of a report in a window of its own, with what it complained of and asked for."""

    def __init__(self, window: Any, path: Path) -> None:
        self.window, self.path = window, path
        self.faults: list[str] = []
        self.requests: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.window, name)

    def at(self, address: str = "") -> Opened:
        self.window.goto("about:blank")
        self.window.goto(self.path.as_uri() + address)
        return self

    def keys(self, *names: str) -> None:
        for name in names:
            self.window.keyboard.press(name)

    def found(self) -> str:
        return str(self.window.text_content(".card .found"))

    def text(self) -> str:
        """The lines of the article as they can be seen."""
        return str(self.window.inner_text(".text")).replace("\u00a0", " ")


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    made: list[Opened] = []

    def make(report: Report, language: str = "en", **options: Any) -> Opened:
        path = tmp_path / "report.html"
        WRITERS["html"].write_file(report, path, language)
        context = browser.new_context(
            **{"locale": "en-GB", "reduced_motion": "reduce", "accept_downloads": True, **options}
        )
        page = Opened(context.new_page(), path)
        page.window.set_default_timeout(5000)
        page.window.on("pageerror", lambda error: page.faults.append(str(error)))
        page.window.on("console", lambda message: page.faults.append(message.text))
        context.on("request", lambda request: page.requests.append(request.url))
        made.append(page)
        return page.at()

    yield make
    for page in made:
        allowed = ("about:blank", "blob:", page.path.as_uri())
        assert not [url for url in page.requests if not url.startswith(allowed)]
        assert not page.faults
        page.context.close()


ARTICLE = "#article?article=council"


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_has_the_worst_first_and_filters_by_address(
    opened: Callable[..., Opened],
) -> None:
    page = opened(build())
    assert page.locator(".headline").all_text_contents() == [
        "Nato dit des troupes déployées", "brief",
    ]  # fmt: skip
    row = page.locator("a.article").first.inner_text()
    for told in ("mt-a", "3 May 2025", "0 of 7 done", "failed"):
        assert told in row
    page.select_option("label:has-text('Sort by') select", "best")
    assert page.locator(".headline").first.text_content() == "brief"
    page.click(".families button:has-text('Name or acronym')")
    assert page.locator("a.article").count() == 1
    assert "2 of 3" in page.locator("a.article .tallies").inner_text()
    page.fill("#search", "POUR LA PENSEE")
    assert page.url.endswith("#desk?q=POUR+LA+PENSEE&family=name&sort=best")
    address = page.url[page.url.index("#") :]
    again = page.at(address)
    assert again.locator("a.article").count() == 1
    assert again.input_value("#search") == "POUR LA PENSEE"
    page.fill("#search", "nowhere")
    assert "No article matches" in page.inner_text(".articles")
    page.click("text=Clear the filters")
    assert page.locator("a.article").count() == 2


def test_the_filters_hold_in_the_article(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at("#desk?severity=major")
    page.keys("j", "Enter")
    page.wait_for_selector(".card")
    assert page.locator(".text .mark").count() == 4
    assert "3 of 7" in page.inner_text(".filtered")
    page.click("text=show all")
    assert page.locator(".text .mark.critical").count() == 1
    page.keys("Escape")
    page.wait_for_selector(".articles")
    assert page.locator("a.article").count() == 2


# --- the article ----------------------------------------------------------------------------------


def test_the_text_is_shown_as_it_is_with_the_source_beside_it(
    opened: Callable[..., Opened],
) -> None:
    page = opened(build()).at(ARTICLE)
    assert page.locator(".text h1").inner_text() == "Nato dit des troupes déployées"
    assert page.locator(".pair").count() == 4
    assert "food for thought" in page.locator(".pair").nth(1).inner_text()
    page.keys("n")
    assert page.found() == "fournit de la nourriture pour la pensée"
    assert page.text_content(".other mark") == "food for thought"
    card = page.inner_text(".card")
    for told in ("critical", "Literal idiom", "The English behind it", "80 %", "confirmed"):
        assert told in card
    page.keys("s")
    assert page.locator(".pair").count() == 0
    assert page.found() == "fournit de la nourriture pour la pensée"
    assert "beside=nothing" in page.url


def test_a_text_without_its_lines_in_the_source_has_it_whole(
    opened: Callable[..., Opened],
) -> None:
    article = council(reference="Une autre version.\nEn deux lignes.")
    page = opened(reported(audited(article, council_findings(article)))).at(
        ARTICLE + "&beside=reference"
    )
    assert page.locator(".whole p").count() == 2


def test_overlapping_findings_are_reached_by_click_and_key(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    kursk = page.locator(".text .mark", has_text="Kursk").first
    kursk.click()
    assert page.inner_text(".about code") == "name/exonym"
    kursk.click()
    assert page.inner_text(".about code") == "name/kursk"
    kursk.click()
    assert page.found() == "C'est notre affaire de Kursk."
    assert page.locator(".overlap button").count() == 2
    page.keys("o")
    assert page.found() == "Kursk"


def test_every_mark_tells_its_severity_without_colour(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    styles = {
        name: page.eval_on_selector(f".mark.{name}", "e => getComputedStyle(e).textDecorationStyle")
        for name in ("critical", "major", "minor")
    }
    assert styles == {"critical": "double", "major": "solid", "minor": "dashed"}
    assert "major, Name or acronym" in page.get_attribute(".text .mark.major", "aria-label")


# --- the work -------------------------------------------------------------------------------------


def test_a_walk_by_keyboard_alone(opened: Callable[..., Opened]) -> None:
    page = opened(build())
    page.keys("j", "Enter")
    page.wait_for_selector(".card .found")
    assert page.found() == "Nato"
    page.keys("a")
    assert "Otan dit des troupes" in page.text()
    assert page.found() == "fournit de la nourriture pour la pensée"
    page.keys("2")
    assert "Le rapport fait réfléchir aux élus" in page.text()
    # The quotation marks round the sentence leave the name in it to do.
    page.keys("a")
    assert "« C'est notre affaire de Kursk. »" in page.text()
    assert page.found() == "Kursk"
    page.keys("a")
    assert "« C'est notre affaire de Koursk. »" in page.text()
    assert page.found() == "protester 😀 devant"  # the other rule's Kursk went with it
    page.keys("d", "3")
    assert page.found() == "20 000 (16 500)"
    page.keys("e")
    page.keyboard.type("20 000 euros")
    page.keys("Enter")
    assert "7 of 7 done" in page.locator(".progress-line .bar").get_attribute("aria-label")
    assert "ont coûté 20 000 euros selon" in page.text()
    page.wait_for_selector("#live:has-text('are done')", state="attached")
    page.keys("u", "u")
    assert page.found() == "protester 😀 devant"
    assert "20 000 (16 500)" in page.text()
    page.keys("U")
    assert "5 of 7" not in page.inner_text(".progress-line")
    page.keys("c")
    assert "Nato" in page.text()
    page.keys("Escape")
    page.wait_for_selector(".articles")
    assert "6 of 7 done" in page.inner_text("a.article >> nth=0")
    assert page.evaluate("document.activeElement.className") == "article"


def test_nothing_is_lost_on_reload(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    page.keys("a", "d", "2", "m")
    page.keyboard.type("ask the desk")
    page.keys("Enter")
    page.at(ARTICLE)
    assert "Otan dit" in page.text()
    assert "2 of 7 done" in page.inner_text(".progress-line")
    assert "ask the desk" in page.inner_text(".list")
    page.keys("u", "u", "u")
    assert "Nato dit" in page.text()
    assert "0 of 7 done" in page.inner_text(".progress-line")


def test_a_decision_gives_way_to_one_that_runs_into_it(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    page.locator(".text .mark", has_text="Kursk").first.click()
    page.keys("a")
    assert "affaire de Koursk." in page.text()
    page.locator(".text .mark", has_text="C'est").first.click()
    page.keys("e")
    page.keyboard.type("Cela nous regarde.")
    page.keys("Enter")
    assert "Cela nous regarde. Le maire" in page.text()
    page.keys("u")
    assert "C'est notre affaire de Koursk." in page.text()


def test_keys_are_left_alone_where_the_reader_types_or_turned_them_off(
    opened: Callable[..., Opened],
) -> None:
    page = opened(build()).at(ARTICLE)
    page.keys("m")
    page.keyboard.type("a d u")
    page.keys("Escape")
    assert "0 of 7" in page.inner_text(".progress-line")
    page.keys("?")
    assert page.locator("dialog[open] dt").count() > 10
    page.uncheck("dialog input[type=checkbox]")
    page.keys("Escape", "a")
    assert page.locator("dialog[open]").count() == 0
    assert "0 of 7" in page.inner_text(".progress-line")


def test_decisions_go_out_and_come_back(opened: Callable[..., Opened], tmp_path: Path) -> None:
    page = opened(build()).at(ARTICLE)
    page.keys("a", "d", "1")
    page.click("text=Your work")
    page.fill("dialog input[autocomplete=name]", "Ada")
    with page.expect_download() as download:
        page.click("dialog >> text=Export decisions")
    path = tmp_path / "decisions.json"
    download.value.save_as(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["author"] == "Ada"
    article = document["articles"][0]
    assert article["published"].startswith("Otan dit des troupes déployées\n\nNANTES")
    kinds = [(each["decision"], each["words"], each["reason"]) for each in article["decisions"]]
    assert kinds == [
        ("accepted", "Nato", None),
        ("dismissed", "fournit de la nourriture pour la pensée", "not-an-error"),
    ]
    assert article["decisions"][1]["context"] == (
        "mai — Le rapport fournit de la nourriture pour la pensée aux élus."
    )
    other = opened(build()).at(ARTICLE)
    other.click("text=Your work")
    other.set_input_files("dialog input[type=file]", path)
    other.wait_for_selector("dialog >> text=2 imported")
    other.keys("Escape")
    assert "Otan dit" in other.text()
    other.click("text=Your work")
    other.set_input_files(
        "dialog input[type=file]", {"name": "a.json", "mimeType": "", "buffer": b"[]"}
    )
    other.wait_for_selector("dialog >> text=not a file of decisions")


def test_the_mended_text_is_downloaded(opened: Callable[..., Opened], tmp_path: Path) -> None:
    page = opened(build()).at(ARTICLE)
    page.keys("a")
    with page.expect_download() as download:
        page.click("text=Download")
    download.value.save_as(tmp_path / "mended.txt")
    text = (tmp_path / "mended.txt").read_text(encoding="utf-8")
    assert text == council().text.replace("Nato", "Otan")


# --- languages, access, safety, size --------------------------------------------------------------


def test_the_page_speaks_the_readers_language_and_the_other(
    opened: Callable[..., Opened],
) -> None:
    page = opened(build(), locale="fr-FR")
    assert page.get_attribute("html", "lang") == "fr"
    assert "Audit de traductions" in page.inner_text("h1")
    assert "3 mai 2025" in page.locator("a.article").first.inner_text()
    page.click(".swap")
    assert "Audit of translations" in page.inner_text("h1")
    page.at(ARTICLE)
    assert "Dismiss" in page.inner_text(".card")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_engine_finds_nothing_serious(
    opened: Callable[..., Opened], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # The page's own policy keeps axe out as it keeps everything out.
    page = opened(build(), color_scheme=scheme, bypass_csp=True)

    def violations() -> list[str]:
        found = axe.Axe().run(page.window).response["violations"]
        return [
            f"{each['id']}: {[node['html'] for node in each['nodes']]}"
            for each in found
            if each["impact"] in ("serious", "critical", "moderate")
        ]

    assert violations() == []
    page.keys("?")
    assert violations() == []
    page.keys("Escape")
    page.at(ARTICLE)
    page.keys("a", "n", "d")
    assert violations() == []
    page.keys("e")
    assert violations() == []


@pytest.mark.parametrize("address", ["", "#article"])
def test_hostile_text_runs_nothing_and_asks_for_nothing(
    opened: Callable[..., Opened], address: str
) -> None:
    page = opened(hostile_report())
    if address:
        page.click("a.article")
        page.wait_for_selector(".card .found")
        page.keys("2", "1", "m")
        page.keyboard.type("<img src=x onerror=window.hacked=9>")
        page.keys("Enter", "c")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, link[rel=stylesheet], a[href^=javascript]").count() == 0
    assert page.locator("script").count() == 2


def test_the_policy_stops_what_is_put_into_the_page(opened: Callable[..., Opened]) -> None:
    page = opened(build())
    stopped = page.evaluate(
        """() => {
            const script = document.createElement("script");
            try { script.textContent = "window.hacked = 1"; } catch { return "refused"; }
            document.body.append(script);
            return window.hacked === undefined ? "stopped" : "ran";
        }"""
    )
    assert stopped in ("refused", "stopped")
    assert page.faults
    page.faults.clear()


def test_a_narrow_window_scrolls_in_one_direction(opened: Callable[..., Opened]) -> None:
    page = opened(build(), viewport={"width": 360, "height": 700})
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
    page.at(ARTICLE)
    assert page.evaluate(wide) <= 0
    page.keys("n", "n")
    mark = page.locator(".text .current").first.bounding_box()
    card = page.locator(".card").bounding_box()
    assert mark["y"] + mark["height"] < card["y"]


def test_paper_has_the_numbers_and_the_list(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    page.emulate_media(media="print")
    numbers = page.locator(".text [data-numbers]").evaluate_all(
        "e => e.map(x => x.dataset.numbers)"
    )
    assert sorted(int(n) for each in numbers for n in each.split(",")) == [1, 2, 3, 4, 5, 6, 7]
    assert not page.locator(".card").is_visible()
    assert page.locator(".list li").count() == 7
    assert page.locator(".list").is_visible()


def test_500_articles_and_20000_findings_open(
    opened: Callable[..., Opened],
) -> None:
    text = "Un titre de travail\n\n" + "\n".join(
        f"Le conseil {n} discute de l'école communale avec les élus du quartier." for n in range(40)
    )
    results = []
    for number in range(500):
        article = Article(f"a/{number}.txt", text, path=f"a/{number}.txt")
        found = [
            replace(
                marked(article, f"conseil {n} discute", f"calque/r{n}", suggestions=("parle de",)),
                fingerprint=f"{number:08x}{n:08x}",
            )
            for n in range(40)
        ]
        results.append(audited(article, found))
    page = opened(reported(*results))
    page.at()
    page.locator("a.article").nth(499).wait_for(state="attached")
    page.fill("#search", "a/499")
    assert page.locator("a.article").count() == 1


def test_digits_work_on_a_french_keyboard(opened: Callable[..., Opened]) -> None:
    page = opened(build()).at(ARTICLE)
    page.evaluate(
        "dispatchEvent.call(document.body, new KeyboardEvent('keydown', "
        "{ key: 'é', code: 'Digit2', bubbles: true }))"
    )
    assert "L’Otan dit des troupes" in page.text()


def test_an_article_without_findings_or_off_the_report_is_told(
    opened: Callable[..., Opened],
) -> None:
    page = opened(build()).at("#article?article=brief")
    assert "No findings" in page.inner_text(".card")
    page.keys("a", "n", "u", "1", "d")
    page.keys("P")
    page.wait_for_selector("h1:has-text('Nato dit')")
    page.at("#article?article=gone")
    assert "no such article" in page.inner_text("main")
    page.keys("a", "Escape")
