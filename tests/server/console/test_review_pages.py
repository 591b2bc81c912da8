"""Reviewers at work in a real browser, with the keyboard alone."""

import json
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.server.review.test_pictures import png
from tests.server.support import event

FAULTS = Path(__file__).with_name("faults.js").read_text()

_posts = count(1)
READERS = [
    pytest.param("en-GB", 1200, "Upheld", id="English, desktop"),
    pytest.param("en-GB", 360, "Upheld", id="English, phone"),
    pytest.param("zh-CN", 1200, "维持", id="Chinese, desktop"),
    pytest.param("zh-CN", 360, "维持", id="Chinese, phone"),
]


def hold(platform) -> None:
    """Have a post held."""
    number = next(_posts)
    decision = platform.post(
        f"You are a complete idiot, and everyone here knows it, {number}.", author=f"author{number}"
    )
    assert decision["remedy"] == "hold"


@pytest.mark.parametrize(("locale", "width", "upheld"), READERS)
def test_a_held_post_is_upheld_without_a_mouse(visit, platform, locale, width, upheld):
    hold(platform)
    page = visit("/review", locale=locale, viewport={"width": width, "height": 800})
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/review/queues/"))
    page.keyboard.press("j")
    expect(page.locator("[data-row]:focus-visible")).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/review/cases/"))
    address = page.url
    veil = page.locator(".veil")
    expect(veil).to_have_css("filter", re.compile("blur"))
    page.keyboard.press("t")
    expect(veil).to_have_css("filter", "none")
    page.keyboard.press("c")
    page.locator("[action$='/release']").wait_for()
    page.wait_for_load_state()  # with what hears the keys
    page.keyboard.press("u")
    page.keyboard.type("jk? It is about the person, not the matter.")
    assert page.url == address
    page.keyboard.press("Control+Enter")
    page.locator("[role=status].notice").wait_for()
    assert page.url != address
    page.goto(address)
    told = page.locator(".path").inner_text()
    assert upheld in told
    assert "jk? It is about the person" in told
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_change_asks_for_article_and_remedy_and_keeps_what_was_written(visit, platform, watched):
    watched.expected.append("422")
    hold(platform)
    page = visit("/review/queues/1")
    page.locator("[data-row]").first.click()
    page.wait_for_url(re.compile("/review/cases/"))
    page.keyboard.press("x")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Rather a label.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say what is to hold")
    expect(page.locator("[data-ruling] textarea")).to_have_value("Rather a label.")


def test_two_reviewers_see_each_other_and_the_slower_is_told(visit, platform, server, watched):
    watched.expected.append("409")
    hold(platform)
    page = visit("/review/queues/1")
    page.locator("[data-row]").first.click()
    page.wait_for_url(re.compile("/review/cases/"))
    other = visit(page.url.removeprefix(server.address))
    other.keyboard.press("l")
    other.keyboard.press("Control+Enter")
    other.locator("[role=status].notice").wait_for()
    page.keyboard.press("u")
    page.keyboard.type("My own words.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("someone was quicker")


def test_script_in_a_post_and_in_a_report_stays_text(visit, server):
    bad = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
    number = f"-bad-{next(_posts)}"
    post = event(number, bad, community="lantern-lane")
    report = event(f"{number}-r", type="report.filed", community="lantern-lane")
    report["data"] = {"post": {"id": f"p{number}"}, "report": {"by": bad, "reason": bad}}
    assert server.decide([post, report]).status == 200
    page = visit("/review/queues/1")
    page.get_by_text("<script>").first.wait_for()
    page.locator("li", has_text="<script>").locator("[data-row]").click()
    page.get_by_role("heading", name="Reports").wait_for()
    expect(page.locator("section", has_text="Reports").get_by_text(bad).first).to_be_visible()
    page.wait_for_load_state()
    assert "taken" not in page.title()


def test_settings_and_queues_can_be_changed(visit):
    page = visit("/review/comfort")
    page.get_by_label("Hard cases that you open").fill("500")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("status").wait_for()
    expect(page.get_by_label("Hard cases that you open")).to_have_value("500")
    page.goto(page.url.replace("comfort", "setup"))
    added = page.locator("section", has_text="Add a queue")
    added.get_by_label("Name").fill("Threats")
    added.get_by_label("Least severity").fill("99")
    added.get_by_label("no-threats").check()
    added.get_by_role("button", name="Keep").click()
    page.get_by_role("heading", name="Threats").wait_for()
    page.locator("section", has_text="Threats").get_by_role("button", name="Remove").click()
    expect(added).to_be_visible()  # it stands below the others
    expect(page.get_by_role("heading", name="Threats")).to_have_count(0)


class Host(SimpleHTTPRequestHandler):
    """Serves a folder, and takes what it is told."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def picture(server, tmp_path):
    """The address of a picture in a private network into which the operator let the server."""
    (tmp_path / "cat.png").write_bytes(png(40, 30))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(tmp_path))) as host:
        Thread(target=host.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{host.server_port}"
        added = server.run("webhooks", "add", f"{address}/hook", "--allow-private", "--json")
        yield f"{address}/cat.png"
        server.run("webhooks", "remove", str(json.loads(added.stdout)["number"]))
        host.shutdown()


def test_a_picture_comes_through_the_server_grey_and_blurred_until_it_is_uncovered(
    visit, server, picture
):
    name = f"-pic-{next(_posts)}"
    told = event(name, "You are a complete idiot.", community="lantern-lane")
    told["data"]["post"]["media"] = [picture, picture.replace("cat", "dog")]
    assert server.decide(told).status == 200
    page = visit("/review/queues/1")
    page.locator("li.event", has_text=f"u{name}").locator("[data-row]").click()
    page.get_by_role("link", name="Show the picture").first.wait_for()
    page.wait_for_load_state()
    expect(page.locator("figure img")).to_have_count(0)
    page.locator("[data-ruling] textarea").fill("What I wrote so far.")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    image = page.locator("figure img")
    image.wait_for()
    assert image.evaluate("e => e.decode().then(() => e.naturalWidth)") == 40
    expect(image).to_have_css("filter", re.compile(r"^grayscale\(1\) blur\("))
    page.keyboard.press("i")
    expect(image).to_have_css("filter", "none")
    page.keyboard.press("i")
    expect(page.get_by_role("alert")).to_contain_text("not there")
    page.keyboard.press("i")
    expect(image).to_have_css("filter", re.compile("blur"))
    expect(page.locator("[data-ruling] textarea")).to_have_value("What I wrote so far.")


def test_a_case_given_to_someone_is_marked_in_their_queue(visit, platform):
    hold(platform)
    page = visit("/review/queues/1")
    page.locator("[data-row]").first.click()
    page.get_by_text("Give to someone").click()
    page.get_by_label("Who is to decide").select_option(index=1)
    page.get_by_role("button", name="Give", exact=True).click()
    page.get_by_text("given to you").wait_for()
    number = page.url.rpartition("/")[2]
    page.goto(page.url.replace(f"/cases/{number}", ""))
    given = page.locator("section", has_text="Given to you")
    expect(given.locator("[data-row]")).to_have_text(re.compile(f"^{number}"))
    assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("path", ["guide", "exposure", "comfort"])
def test_what_is_read_now_and_then_can_be_read_by_everyone(visit, path, locale):
    page = visit(f"/review/{path}", locale=locale, viewport={"width": 360, "height": 740})
    assert page.evaluate(FAULTS) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_visitors_are_sent_to_sign_in(visit):
    page = visit("/review", signed_in=False)
    assert "/sign-in" in page.url


def test_words_for_reasons_are_kept_and_used_in_the_language_of_the_post(visit, platform):
    page = visit("/review/templates")
    page.get_by_label("Name").fill("Aim at ideas")
    page.get_by_label("English").fill("Please aim at ideas.")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("heading", name="Aim at ideas").wait_for()
    hold(platform)
    page.goto(page.url.replace("templates", "queues/1"))
    page.locator("[data-row]").first.click()
    page.wait_for_url(re.compile("/review/cases/"))
    address = page.url
    page.locator("[data-ruling]").get_by_label("Begin with").select_option(label="Aim at ideas")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.keyboard.press("Control+Enter")
    page.locator("[role=status].notice").wait_for()
    page.goto(address)
    assert "Please aim at ideas." in page.locator(".path").inner_text()
