"""Makes the sample report over corpus/ and the pictures of it that README.md and docs/ show.

    make pictures

needs chromium (Debian: apt-get install chromium), and the development dependencies. The pictures
show our own articles alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = HERE.parent / "sample.html"
ARTICLE = "#article?article=health-liver-drug"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def main() -> None:
    """Audits corpus/, then takes the pictures."""
    subprocess.run(
        [sys.executable, "-m", "mtaudit", "run", "corpus", "--quiet", "-o", str(SAMPLE)],
        check=True,
        cwd=ROOT,
    )
    chromium = os.environ.get("MTAUDIT_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("no chromium: apt-get install chromium, or set MTAUDIT_CHROMIUM")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        take(browser, "desk", "", scheme="light")
        take(browser, "article", ARTICLE, keys="acn", scheme="light")
        take(browser, "article-dark", ARTICLE, keys="n", scheme="dark")
        take(browser, "narrow", ARTICLE, scheme="light", width=390, height=780)
        browser.close()


def take(
    browser: Browser,
    name: str,
    address: str,
    *,
    scheme: str,
    keys: str = "",
    width: int = 1360,
    height: int = 820,
) -> None:
    """One picture of the sample, after some keys."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(SAMPLE.as_uri() + address)
    for key in keys:
        page.keyboard.press(key)
    page.screenshot(path=HERE / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
