"""A newcomer is advised before sending, thinks again, and posts."""

import re

from playwright.sync_api import expect

from tests.server.learning.test_component import PAGE, advice
from tests.server.stories.conftest import Village

RUDE = "You are a complete idiot and everyone here knows it."
KIND = "I see it differently: the gate was open at nine."


def test_a_newcomer_is_nudged_revises_and_posts(village: Village, forum, visitor) -> None:
    server = village.server
    key = server.new_key("--publishable")
    forum.page = PAGE.format(lang="en", key=key, server=server.address)
    forum.policy = (
        f"default-src 'none'; script-src {server.address}; connect-src {server.address}; "
        "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"
    )
    page = visitor("en-GB", 1200).open(forum.origin)
    page.locator("#post").fill(RUDE)
    box = advice(page, "kinder")
    expect(box).to_contain_text("Criticise what was said, not who said it.")
    assert "idiot" in " ".join(box.locator("mark").all_inner_texts())
    page.locator("#post").fill(KIND)
    advice(page, "quiet")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Posted").wait_for()
    assert "differently" in forum.posted[-1]
    assert "idiot" not in forum.posted[-1]
    assert village.post(KIND, "newcomer")["remedy"] == "allow"

    lesson = visitor("en-GB", 1200).open("/lessons/disagree-well")
    expect(lesson.get_by_role("heading", level=1)).to_have_text(
        re.compile("disagree", re.IGNORECASE)
    )
