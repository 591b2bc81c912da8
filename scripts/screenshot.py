#!/usr/bin/env python3
"""Take the README's picture of the console: docs/images/console.png.

Starts a server with the demo in a folder of its own, and lays the live page and an explained
decision side by side.
"""

import base64
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

PICTURE: Final = Path(__file__).parents[1] / "docs/images/console.png"
PORT: Final = 8799
ADDRESS: Final = f"http://127.0.0.1:{PORT}"
SIZE: Final = {"width": 1080, "height": 900}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        with out.open("w") as log:
            command = [sys.executable, "-m", "comity", "serve", "--demo", "--port", str(PORT)]
            server = subprocess.Popen([*command, "--data", f"{folder}/data"], stdout=log)  # noqa: S603
        try:
            wait_until_ready()
            link = re.search(r"http://\S+/sign-in/\S+", out.read_text())
            assert link, out.read_text()  # noqa: S101
            take(link[0])
        finally:
            server.terminate()
            server.wait()


def wait_until_ready() -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=1)  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def take(link: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, locale="en-GB", color_scheme="light")
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{ADDRESS}/live")
        page.locator("li.event").first.wait_for(timeout=60_000)
        page.reload()
        live = page.screenshot()
        page.goto(f"{ADDRESS}/live?article=no-personal-attacks")
        page.locator("li.event:has(mark) .open").first.click()
        page.wait_for_url(re.compile("/decisions/"))
        side_by_side(page, [live, page.screenshot()])
        browser.close()


def side_by_side(page: Page, pictures: list[bytes]) -> None:
    encoded = [base64.b64encode(picture).decode() for picture in pictures]
    images = "".join(f'<img src="data:image/png;base64,{one}">' for one in encoded)
    page.set_viewport_size({"width": 1600, "height": 690})
    page.goto("about:blank")
    page.set_content(f"<style>{STYLE}</style>{images}")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=PICTURE)


STYLE: Final = """
body { margin: 0; padding: 24px; display: flex; gap: 24px; background: #dfe7e4 }
img { width: 764px; border-radius: 10px; box-shadow: 0 2px 12px #16211e33 }
"""


if __name__ == "__main__":
    main()
