"""A built folder → the pictures of its page that the docs show: python docs/screenshots.py FOLDER NAME [FROM TO]

Writes docs/NAME.png, NAME-dark.png, NAME-narrow.png and NAME-narrow-dark.png; with FROM and TO, the strongest tie from
one actor to the other is open in NAME-dark.png.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SHOTS = {
    "": ("light", 1360, 860),
    "-dark": ("dark", 1360, 860),
    "-narrow": ("light", 360, 740),
    "-narrow-dark": ("dark", 360, 740),
}
OPEN = """([from, to]) => {
  const ties = triplomat.shown.ties.filter((tie) => tie.from === from && tie.to === to && tie.status === "asserted");
  ties.sort((a, b) => (b.sign === "cooperation") - (a.sign === "cooperation") || b.weight - a.weight);
  triplomat.select("tie", ties[0].id);
}"""


def main(folder: str, name: str, *ends: str) -> None:
    page_file = (Path(folder) / "graph.html").resolve().as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for shot, (scheme, width, height) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(page_file)
            page.wait_for_selector("#graph.drawn canvas")
            if ends and shot == "-dark":
                page.evaluate(OPEN, list(ends))
            page.wait_for_timeout(400)
            page.screenshot(path=Path(__file__).parent / f"{name}{shot}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
