"""Lessons in a real browser: read, answered by keyboard, without a script, in both languages."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.server.console.conftest import CHARTER
from tests.server.support import Server

PHONE = {"viewport": {"width": 360, "height": 800}}


def answer(page, *choices):
    for scenario, choice in enumerate(choices):
        page.locator(f"input[name='{scenario}'][value='{choice}']").check()
    page.locator("main form button").click()
    page.wait_for_load_state()


def test_the_charter_leads_to_its_lessons(visit):
    page = visit("/charter", signed_in=False)
    page.get_by_role("link", name="How to disagree well").first.click()
    page.get_by_role("heading", name="How to disagree well").wait_for()


def test_anyone_reads_lessons_and_nothing_of_theirs_is_kept(visit):
    page = visit("/lessons", signed_in=False)
    page.get_by_role("link", name="How to disagree well").click()
    answer(page, 0, 1)
    expect(page.get_by_role("status")).to_contain_text("You are not signed in, so nothing is kept.")


def test_each_choice_is_explained_and_may_be_made_again(visit):
    page = visit("/lessons/disagree-well", signed_in=False)
    answer(page, 1, 1)
    expect(page.locator("#said-0")).to_contain_text("the end of the conversation")
    expect(page.get_by_role("status")).to_contain_text("try again")
    answer(page, 0, 1)
    expect(page.get_by_role("status")).to_contain_text("Every one of them helps.")


def test_the_quiz_needs_no_script_and_no_mouse(visit):
    page = visit("/lessons/calm-voice", java_script_enabled=False)
    page.locator("input[name='0']").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You have completed this lesson.")
    page.goto(page.url.partition("/lessons")[0] + "/lessons")
    card = page.locator("li.card", has_text="A calm voice")
    assert "completed" in card.inner_text()


def test_lessons_speak_chinese_and_fit_a_phone(visit):
    page = visit("/lessons/disagree-well", signed_in=False, **{**PHONE, "locale": "zh-CN"})
    assert page.locator("h1").inner_text() == "怎样好好地反对"
    answer(page, 0, 0)
    expect(page.locator("#said-1")).to_contain_text("没有帮助")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not re.search("[a-z]{4}", page.locator("main").inner_text().replace("English", ""))


@pytest.mark.parametrize("path", ["/lessons/no-such", "/lessons/disagree-well.en.md"])
def test_a_lesson_that_is_none_is_not_found(server, path):
    assert server.ask("GET", path).status == 404


def test_a_form_from_elsewhere_is_refused(server):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/lessons/disagree-well", b"0=0&1=1", headers=form).status == 403


def test_a_server_keeps_the_lessons_that_stood_beside_its_charter(tmp_path):
    server = Server(tmp_path / "data", "--charter", str(CHARTER))
    server.stop()
    server.options = ()
    server.start()
    assert "compost heap" in server.ask("GET", "/lessons/disagree-well").body.decode()
    server.stop()


@pytest.fixture
def steward(django):  # noqa: ARG001  the database
    from comity.server.members import services

    community = services.found_community("lantern-lane", "Lantern Lane")
    return community, services.first_steward(community)


def test_a_lesson_is_completed_once(steward):
    from comity.charter import Charter
    from comity.server.demo.replay import CHARTER
    from comity.server.learning import lessons

    community, person = steward
    charter = Charter.read(CHARTER)
    for day in (1, 2):
        now = datetime(2026, 11, day, tzinfo=UTC)
        assert not lessons.complete(person, community, charter, "disagree-well", now)
    assert lessons.completed(person, community) == {"disagree-well"}
    assert person.completions.get().completed == date(2026, 11, 1)
