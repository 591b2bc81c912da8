"""A report comes to nothing, its reporter objects, somebody else looks again: on two screens."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.server.stories.conftest import FAULTS, Village


@dataclass(frozen=True)
class Telling:
    """The story in one language."""

    locale: str
    width: int
    reporter: str
    post: str
    reason: str
    """Why they report it."""
    stays: str
    """What the reporter reads first."""
    words: str
    """Their objection."""
    waits: str
    objects: str
    """What the second reviewer reads in the case."""
    gone: str
    """What the reporter reads in the end."""
    final: str


TELLINGS = [
    pytest.param(
        Telling(
            locale="en-GB",
            width=1200,
            reporter="swift",
            post="The one with the red door on Elm Street keeps her key under the pot.",
            reason="This is somebody's home.",
            stays="It stays as it is",
            words="That tells strangers how to get into somebody's house.",
            waits="Somebody looks at the post again",
            objects="Who reported it objects",
            gone="It was taken down",
            final="that is the last word",
        ),
        id="English, desktop",
    ),
    pytest.param(
        Telling(
            locale="zh-CN",
            width=360,
            reporter="finch",
            post="榆树街红门那家，钥匙就放在花盆底下。",
            reason="那是别人的家。",
            stays="帖子保留原样",
            words="这等于告诉陌生人怎样进别人家。",
            waits="再看一次这个帖子",
            objects="举报人对决定提出异议",
            gone="帖子已被撤下",
            final="最终结论",
        ),
        id="Chinese, phone",
    ),
]


@pytest.mark.parametrize("telling", TELLINGS)
def test_who_reported_a_post_has_it_looked_at_again(
    village: Village, visitor, telling: Telling
) -> None:
    visitor = visitor(telling.locale, telling.width)
    decision = village.post(telling.post, f"writer-of-{telling.reporter}")
    assert decision["remedy"] == "allow"
    post = decision["post"]

    # A member follows the link that their platform has beside each post, and reports it.
    own = visitor.open(f"/report?source=forum.example&post={post}", telling.reporter)
    own.locator("#reason").fill(telling.reason)
    assert own.evaluate(FAULTS) == []
    assert visitor.fits(own)
    own.locator("main form button").click()
    own.wait_for_url(re.compile("/me$"))
    mine = own.locator("section", has=own.locator("#reports"))
    expect(mine).to_contain_text(telling.reason)
    assert own.evaluate(FAULTS) == []
    assert visitor.fits(own)

    # A reviewer finds nothing in it.
    page = visitor.open("/review/queues/1", "reviewer")
    page.locator("li.event", has_text=telling.post).locator("[data-row]").focus()
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/review/cases/"))
    page.keyboard.press("l")
    page.keyboard.press("Control+Enter")
    page.locator("[role=status].notice").wait_for()
    [ruling] = village.heard("ruling.made", post=post)

    # The reporter reads that it stays, and says why that is wrong.
    assert [each["by"] for each in ruling["reports"]] == [telling.reporter]
    own.reload()
    mine.locator("a[href^='/statements/']").click()
    letter = own
    expect(letter.get_by_role("main")).to_contain_text(telling.stays)
    letter.locator("#words").fill(telling.words)
    letter.locator("form#objection button").click()
    expect(letter.locator("#objection")).to_contain_text(telling.waits)
    expect(letter.locator("#objection")).to_contain_text(telling.words)
    assert letter.evaluate(FAULTS) == []
    assert visitor.fits(letter)

    # It does not come back to the first reviewer; a steward reads both sides and takes it down.
    page.goto(f"{village.server.address}/review/queues/1")
    expect(page.locator("li.event", has_text=telling.post)).to_have_count(0)
    other = visitor.open("/review/queues/1", "steward")
    other.locator("li.event", has_text=telling.post).locator("[data-row]").click()
    other.wait_for_url(re.compile("/review/cases/"))
    expect(other.locator(".path")).to_contain_text(telling.objects)
    expect(other.locator(".path")).to_contain_text(telling.words)
    other.keyboard.press("x")
    other.locator("select[name=remedy]").select_option("remove")
    other.locator("select[name=article]").select_option("no-threats")
    other.keyboard.press("Control+Enter")
    other.locator("[role=status].notice").wait_for()

    # The author is told why, and the reporter under the same link as before.
    [_, second] = village.heard("ruling.made", 2, post=post)
    assert (second["before"], second["remedy"]) == ("allow", "remove")
    assert second["statement"]
    assert second["reports"] == [
        {"by": telling.reporter, "statement": ruling["reports"][0]["statement"]}
    ]
    letter.reload()
    expect(letter.get_by_role("main")).to_contain_text(telling.gone)
    expect(letter.get_by_role("main")).to_contain_text(telling.final)
    assert visitor.fits(letter)
