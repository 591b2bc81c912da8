"""The component in a real browser, on a site of somebody else's with a strict policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.server.engine import rows
from tests.server.learning.test_drafts import beside
from tests.server.support import PATIENCE, until

RUDE = "You are a complete idiot and everyone here knows it."
KIND = "Thank you, that helped."

PAGE = """<!doctype html>
<html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>A forum</title>
<form method="post"><label for="post">Your post</label><br>
<textarea id="post" name="post" rows="4" cols="30"></textarea>
<comity-advice for="post" key="{key}"></comity-advice>
<button>Send</button></form>
<script type="module" src="{server}/static/comity/comity-advice.js"></script>
"""


@pytest.fixture
def write(browser, forum, server, publishable):
    """A page of the forum with the component in it, in the language asked for."""
    contexts = []
    complaints = []

    def open_page(lang="en", key=publishable, **options):
        forum.page = PAGE.format(lang=lang, key=key, server=server.address)
        forum.policy = (
            f"default-src 'none'; script-src {server.address}; connect-src {server.address}; "
            "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"
        )
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: "Content Security Policy" in m.text and complaints.append(m.text),
        )
        page.goto(forum.origin)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def advice(page, state):
    """Wait until the component is in a state, and return its box."""
    page.locator(f"comity-advice[data-state='{state}']").wait_for(state="attached")
    return page.locator("comity-advice .box")


def test_a_rude_draft_gets_advice_with_reason_words_wording_and_lesson(write, server):
    page = write()
    page.locator("#post").press_sequentially(RUDE, delay=1)
    box = advice(page, "kinder")
    for said in (
        "This would wait until a person has looked",
        "Criticise what was said, not who said it.",
        "I disagree with you.",
    ):
        expect(box).to_contain_text(said)
    expect(box.locator("mark").filter(has_text="idiot").first).to_be_visible()
    lesson = box.get_by_role("link", name="How to disagree well")
    expect(lesson).to_have_attribute("href", f"{server.address}/lessons/disagree-well")
    expect(box).to_have_attribute("aria-live", "polite")


def test_a_wording_is_taken_by_keyboard_and_can_be_undone(write):
    page = write()
    page.locator("#post").fill(RUDE)
    advice(page, "kinder")
    page.locator("#post").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#post")).to_have_value("I disagree with you.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#post")).to_have_value(RUDE)
    advice(page, "kinder")


def test_a_wording_can_be_undone_until_one_writes_on(write):
    page = write()
    page.locator("#post").fill(RUDE)
    advice(page, "kinder")
    with page.expect_response(re.compile("/v1/drafts$")):  # the wording is looked at, too
        page.get_by_role("button", name="Use this").click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Undo").click()
    advice(page, "kinder")
    page.get_by_role("button", name="Use this").click()
    advice(page, "used")
    page.locator("#post").fill(KIND)
    expect(advice(page, "quiet")).to_be_hidden()


def test_a_kind_draft_meets_silence(write):
    page = write()
    page.locator("#post").fill(KIND)
    box = advice(page, "quiet")
    expect(box).to_be_hidden()


def test_sending_is_never_kept_from_anyone(write, forum):
    page = write()
    page.locator("#post").fill(RUDE)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Posted").wait_for()
    assert "complete+idiot" in forum.posted[-1]


def test_without_the_server_it_says_so_and_stays_out_of_the_way(write):
    page = write()
    page.context.route(re.compile("/v1/drafts"), lambda route: route.abort())
    page.locator("#post").fill(RUDE)
    expect(advice(page, "offline")).to_contain_text("You can send as usual")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Posted").wait_for()


def test_a_key_that_is_none_leaves_the_page_as_it_is(write):
    page = write(key="pk_nothing")
    page.locator("#post").fill(RUDE)
    expect(advice(page, "offline")).to_contain_text("cannot be had")


def test_it_speaks_chinese_and_fits_a_phone_in_the_dark(write):
    page = write("zh-CN", viewport={"width": 360, "height": 700}, color_scheme="dark")
    page.locator("#post").fill("你就是个白痴，滚出去。")
    box = advice(page, "kinder")
    for said in ("发出后要等人看过才公开", "批评观点，不攻击人", "我不同意你的看法"):
        expect(box).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_became_of_a_draft_is_told_without_the_draft(write, server):
    beside(server, "begin(0.5)")
    try:
        before = outcomes(server)
        for change, outcome in ((KIND, "revised"), (None, "sent"), ("", "dropped")):
            page = write()
            page.locator("#post").fill(RUDE)
            component = page.locator("comity-advice")
            expect(component).to_have_attribute("data-state", re.compile("kinder|quiet"))
            if change is not None:
                component.evaluate("element => delete element.dataset.state")
                page.locator("#post").fill(change)
                advice(page, "quiet")
            if outcome == "dropped":
                page.goto("about:blank")
            else:
                page.get_by_role("button", name="Send").click()
                page.get_by_text("Posted").wait_for()
            before += 1
            until(lambda wanted=before: outcomes(server) == wanted)
            counted = beside(server, "counted()")
            assert counted.endswith("]\n")
            assert f'"outcome": "{outcome}", "remedy": "hold"' in counted.split("{")[-1]
    finally:
        beside(server, "begin(0.0)")


def outcomes(server):
    [(count,)] = rows(server.data, "SELECT count(*) FROM learning_draftoutcome")
    return count
