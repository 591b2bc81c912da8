"""The console in a real browser: what members and visitors see, and what they can do."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.server.console.conftest import Platform, Visit, Watched, fresh_link
from tests.server.support import Server

FAULTS = Path(__file__).with_name("faults.js").read_text()
INSULT = "You are an idiot."
PUBLIC = ("/", "/charter", "/signals", "/model", "/ledger", "/ledger/0", "/reports", "/sign-in")
MEMBERS = (
    "/live",
    "/try?text=Thank+you+for+the+ladder.",
    "/decisions/{decision}",
    "/measures",
    "/me",
    "/people?name=steward",
    "/account",
    "/account/app",
    "/account/passkeys",
    "/account/password/first",
)


@pytest.fixture(scope="module")
def insult(platform: Platform) -> Any:
    parent = {"id": "p1", "text": "The gate was <b>open</b>, I looked.", "author": "heron"}
    return platform.post(INSULT, author="gull", parent=parent)


@pytest.fixture
def paths(insult: Any) -> list[str]:
    return [*PUBLIC, *(path.format(decision=insult["id"]) for path in MEMBERS)]


def test_a_link_signs_in_once_and_says_so_when_it_is_used_up(
    visit: Visit, link: str, watched: Watched
) -> None:
    watched.expected.append("410")
    page = visit(link, signed_in=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    expect(page.get_by_role("main")).to_contain_text("Ask a steward")


def test_members_pages_send_visitors_to_sign_in_and_public_ones_do_not(visit: Visit) -> None:
    page = visit("/live", signed_in=False)
    expect(page).to_have_url(re.compile(r"/sign-in\?next=/live"))
    page.get_by_role("link", name="Charter").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern Lane")
    expect(page.get_by_role("navigation", name="Main")).not_to_contain_text("Live")


def test_signing_out_ends_the_session(visit: Visit, server: Server, address: str) -> None:
    page = visit(fresh_link(server), signed_in=False)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("As it happens")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.goto(address + "/live")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_live_page_shows_a_new_decision_by_itself(visit: Visit, platform: Platform) -> None:
    page = visit("/live")
    expect(page.get_by_text("Following")).to_be_visible()
    text = "The lanterns were beautiful last night, thank you all."
    platform.post(text, author="kestrel")
    row = page.get_by_role("list").locator("li.event").first
    expect(row).to_contain_text(text)
    expect(row).to_contain_text("Allowed")
    expect(page.get_by_role("status")).to_contain_text("new decision")
    platform.post("So they were. Who carried the big one?", author="dunlin")
    expect(page.get_by_role("list").locator("li.event").first).to_contain_text("dunlin")
    expect(page.get_by_text("It is quiet here")).to_be_hidden()
    row = page.locator("li.event").filter(has_text=text)
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A decision, explained")


def test_the_live_page_goes_to_sign_in_when_the_session_has_ended(visit: Visit) -> None:
    page = visit("/live")
    page.context.clear_cookies()
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.get_by_role("main")).to_have_count(1)


def test_a_paused_live_page_stands_still_until_it_is_told_to_follow(
    visit: Visit, platform: Platform
) -> None:
    page = visit("/live")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_load_state()
    expect(page.locator("#follow")).to_have_count(0)
    platform.post("Nobody should see this come in while reading.", author="plover")
    page.get_by_role("button", name="Follow again").click()
    expect(page.locator("li.event").first).to_contain_text("plover")


@pytest.mark.usefixtures("insult")
def test_the_live_page_can_be_narrowed_to_a_remedy_an_article_and_a_language(
    visit: Visit,
) -> None:
    page = visit("/live")
    page.get_by_role("link", name=re.compile("^Held")).click()
    page.wait_for_load_state()
    assert set(page.locator("li.event .badge").all_inner_texts()) == {"Held"}
    page.get_by_label("Article").select_option(label="No personal attacks")
    page.get_by_label("Language").select_option("en")
    page.get_by_role("button", name="Show only these").click()
    expect(page.locator("li.event").first).to_contain_text("No personal attacks")
    page.get_by_label("Article").select_option(label="Kind words are seen")
    page.get_by_role("button", name="Show only these").click()
    expect(page.get_by_text("Nothing like that so far")).to_be_visible()


@pytest.mark.usefixtures("insult")
def test_the_live_page_is_a_plain_list_without_scripts(visit: Visit) -> None:
    page = visit("/live", java_script_enabled=False)
    expect(page.locator("li.event").first).to_be_visible()
    expect(page.get_by_text("Following")).to_be_hidden()


def test_a_decision_says_why_and_marks_the_words_that_weighed(visit: Visit, insult: Any) -> None:
    page = visit(f"/decisions/{insult['id']}")
    spans = [
        tuple(span)
        for article in (*insult["articles"], *insult["trial"])
        for reason in article["because"]
        for span in reason.get("spans", [])
    ]
    covered = {place for begin, end in spans for place in range(begin, end)}
    expected = "".join(INSULT[place] for place in sorted(covered))
    assert "".join(page.locator(".post mark").all_inner_texts()) == expected != ""
    expect(page.locator(".post")).to_have_text(INSULT)
    finding = page.get_by_role("group").filter(has_text="No personal attacks").first
    expect(finding).to_contain_text("applies")
    expect(finding.get_by_role("link", name="insult").first).to_be_visible()
    expect(page.get_by_text("waits, unseen by others")).to_be_visible()
    expect(page.get_by_text("in the signed record")).to_be_visible()
    expect(page.locator("blockquote")).to_contain_text("The gate was <b>open</b>, I looked.")


def test_what_a_post_says_is_shown_and_never_run(visit: Visit, platform: Platform) -> None:
    nasty = "<script>document.title='x'</script><img src=x onerror=alert(1)> & \u202e so on"
    page = visit(f"/decisions/{platform.post(nasty)['id']}")
    expect(page.locator(".post")).to_have_text(nasty)
    expect(page.locator(".post *")).to_have_count(0)
    expect(page).to_have_title(re.compile("Comity"))


def test_a_text_from_right_to_left_runs_so(visit: Visit, platform: Platform) -> None:
    page = visit(f"/decisions/{platform.post('شكرا على السلم، كان مفيدا جدا')['id']}")
    assert page.locator(".post").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_trying_a_text_answers_while_one_writes(visit: Visit) -> None:
    page = visit("/try")
    expect(page.get_by_text("Nothing to measure yet")).to_be_visible()
    page.get_by_label("Your text").fill(INSULT)
    result = page.get_by_role("region", name="What the charter says")
    expect(result.get_by_role("heading", name="What would follow")).to_be_visible()
    expect(result).to_contain_text("Held")
    expect(result).to_contain_text("insult")
    expect(result).to_contain_text(INSULT.lower().rstrip("."))
    page.get_by_label("Your text").fill("Thank you for the ladder.")
    expect(result.locator(".verdict .badge")).to_have_text("Allowed")


def test_trying_a_text_works_without_scripts_and_stores_nothing(
    visit: Visit, server: Server
) -> None:
    before = server.ask("GET", "/v1/ledger/checkpoint").body
    page = visit("/try", java_script_enabled=False)
    page.get_by_label("Your text").fill(INSULT)
    page.get_by_role("button", name="Measure").click()
    expect(page.locator(".verdict .badge")).to_have_text("Held")
    expect(page.get_by_label("Your text")).to_have_value(INSULT)
    assert server.ask("GET", "/v1/ledger/checkpoint").body == before


def test_the_charter_can_be_read_in_each_of_its_languages(visit: Visit) -> None:
    page = visit("/charter")
    article = page.locator("#no-personal-attacks")
    expect(article).to_contain_text("Criticise what was said")
    article.get_by_text("The condition, as it runs").click()
    expect(article.get_by_role("link", name="insult")).to_be_visible()
    page.get_by_role("link", name="简体中文").click()
    expect(article).to_contain_text("批评观点，不攻击人")
    expect(page.locator("article.document")).to_have_attribute("lang", "zh-Hans")


def test_every_signal_that_a_condition_names_is_explained(visit: Visit) -> None:
    page = visit("/charter")
    targets = page.locator(".code a").evaluate_all("links => links.map(a => a.hash.slice(1))")
    page.goto(page.url.replace("/charter", "/signals"))
    explained = page.locator(".signal").evaluate_all("rows => rows.map(row => row.id)")
    assert targets
    assert set(targets) <= set(explained)


def test_an_entry_of_the_ledger_is_found_and_proved(visit: Visit, insult: Any) -> None:
    page = visit("/ledger")
    page.get_by_label("Number of an entry, or id of a decision").fill("no-such-thing")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_text("There is no such entry")).to_be_visible()
    page.get_by_label("Number of an entry, or id of a decision").fill(insult["id"])
    page.get_by_role("button", name="Look up").click()
    expect(page).to_have_url(re.compile(r"/ledger/\d+$"))
    expect(page.get_by_text("in the signed record")).to_be_visible()


def test_the_pages_speak_chinese_when_the_browser_does_or_when_asked(visit: Visit) -> None:
    page = visit("/live", locale="zh-CN")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(page.get_by_role("heading", level=1)).to_have_text("此刻正在发生")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("As it happens")
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"


def test_dark_follows_the_system_and_can_be_chosen(visit: Visit) -> None:
    dark, light = "rgb(16, 22, 21)", "rgb(244, 246, 245)"
    page = visit("/", color_scheme="dark")
    assert ground(page) == dark
    page = visit("/", color_scheme="light")
    assert ground(page) == light
    page.get_by_role("button", name="make them dark").click()
    expect(page.get_by_role("button", name="make them light")).to_be_attached()
    page.reload()
    assert ground(page) == dark


def ground(page: Page) -> Any:
    return page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


@pytest.mark.usefixtures("insult")
def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    page = visit("/live?paused=1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).visibility") == "visible"
        if page.evaluate("document.activeElement.matches('li.event .open')"):
            break
    expect(page.locator("li.event").first).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A decision, explained")


def test_no_page_scrolls_sideways_on_a_phone(
    visit: Visit, address: str, platform: Platform, paths: list[str]
) -> None:
    long = platform.post("see https://lane.example/" + "a" * 900 + " 测" * 80)
    page = visit("/", viewport={"width": 360, "height": 740})
    for path in [*paths, f"/decisions/{long['id']}"]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_every_page_can_be_read_by_a_machine(visit: Visit, address: str, paths: list[str]) -> None:
    page = visit("/")
    for path in paths:
        page.goto(address + path)
        assert page.evaluate(FAULTS) == [], path


def test_every_page_carries_a_policy_that_runs_nothing_inline(server: Server) -> None:
    for path in PUBLIC:
        policy = server.ask("GET", path).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path


def test_a_wrong_address_is_answered_by_a_page_with_a_way_on(
    visit: Visit, watched: Watched
) -> None:
    watched.expected.append("404")
    page = visit("/decisions/none")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")
    page.get_by_role("link", name="To the front page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern Lane")
