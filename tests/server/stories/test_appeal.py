"""A post is held, upheld, appealed, heard by a jury, and back: in two languages, on two screens."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.server.stories.conftest import FAULTS, Village
from tests.server.support import run


@dataclass(frozen=True)
class Telling:
    """The story in one language: who writes, and what the pages are to say."""

    locale: str
    width: int
    author: str
    post: str
    reason: str
    """The reviewer's."""
    words: str
    """The author's, in the appeal."""
    article: str
    title: str
    """The article's."""
    held: str
    called: str
    vote: str
    overturned: str
    granted: str
    confirmed: str
    back: str
    """What the reporter reads."""


TELLINGS = [
    pytest.param(
        Telling(
            locale="en-GB",
            width=1200,
            author="gull",
            post="You are a complete idiot: that is what the sign at the gate said.",
            reason="It reads as if the neighbour were meant.",
            words="I quoted the sign. A photo of it is in the thread.",
            article="Criticise what was said, not who said it.",
            title="No personal attacks",
            held="Your post",
            called="You are called to a jury",
            vote="Vote",
            overturned="The ruling is overturned",
            granted="Overturned on appeal",
            confirmed="The platform has done it",
            back="stays",
        ),
        id="English, desktop",
    ),
    pytest.param(
        Telling(
            locale="zh-CN",
            width=360,
            author="heron",
            post="你就是个白痴，滚出去。门口的牌子上就是这么写的。",
            reason="读起来像是在说邻居。",
            words="我是在引用牌子上的话，照片就在帖子里。",
            article="批评观点，不攻击人",
            title="不作人身攻击",
            held="您的帖子",
            called="您被抽中参加评审团",
            vote="投票",
            overturned="推翻裁定",
            granted="申诉后推翻",
            confirmed="平台已执行",
            back="保留",
        ),
        id="Chinese, phone",
    ),
]


@pytest.mark.parametrize("telling", TELLINGS)
def test_a_held_post_comes_back_by_the_word_of_a_jury(
    village: Village, jurors: list[str], visitor, telling: Telling, tmp_path: Path
) -> None:
    visitor = visitor(telling.locale, telling.width)
    decision = village.post(telling.post, telling.author)
    assert decision["remedy"] == "hold"
    post = decision["post"]
    village.report(post, by="robin", reason="Unfriendly.")

    # A reviewer upholds it, by the keyboard.
    page = visitor.open("/review/queues/1", "reviewer")
    row = page.locator("li.event", has_text=telling.post)
    row.locator("[data-row]").focus()
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/review/cases/"))
    case = page.url
    page.keyboard.press("u")
    page.keyboard.type(telling.reason)
    page.keyboard.press("Control+Enter")
    page.locator("[role=status].notice").wait_for()
    [ruling] = village.heard("ruling.made", post=post)
    assert (ruling["before"], ruling["remedy"]) == ("hold", "remove")

    # The author reads why, without an account, and objects.
    letter = visitor.open(ruling["statement"])
    for said in (telling.held, telling.article, telling.reason):
        expect(letter.get_by_role("main")).to_contain_text(said)
    assert visitor.fits(letter)
    assert letter.evaluate(FAULTS) == []
    earlier = len(village.heard("juror.summoned", least=0))
    letter.locator("#words").fill(telling.words)
    letter.locator("form#appeal button").click()
    expect(letter.locator("#appeal")).to_contain_text(telling.words)

    # Five members are drawn. One hears the appeal on a page, where nobody has a name.
    summons = village.heard("juror.summoned", least=earlier + 5)[earlier:]
    drawn = {each["members"][0]["member"]: each["page"] for each in summons}
    assert len(drawn) == 5
    assert set(drawn) <= set(jurors)
    (first, hearing), *others = drawn.items()
    own = visitor.open("/me", first)
    assert own.evaluate(FAULTS) == []
    hear_and_vote(own, hearing, telling)
    assert visitor.fits(own)
    for name, path in others:
        cast = {"choice": "overturn", "reason": "A quotation is no attack."}
        assert "Thank you" in village.send(name, f"{path}/vote", cast).text

    # The forum is told to put the post back.
    [verdict] = village.heard("verdict.reached", post=post)
    assert (verdict["outcome"], verdict["before"], verdict["remedy"]) == (
        "overturn",
        "remove",
        "allow",
    )

    assert village.confirm(verdict)["state"] == "confirmed"

    # Author, reviewer and reporter each read it; so does everyone else, without words and names.
    letter.reload()
    expect(letter.locator("#appeal")).to_contain_text(telling.words)
    told = visitor.open(verdict["statement"])
    expect(told.get_by_role("main")).to_contain_text("A quotation is no attack.")
    assert visitor.fits(told)
    [report] = verdict["reports"]
    told.goto(village.server.address + report["statement"])
    expect(told.get_by_role("main")).to_contain_text(telling.back)
    page.goto(case)
    expect(page.locator(".path")).to_contain_text(telling.granted)
    expect(page.locator(".path")).to_contain_text(telling.confirmed)
    told.goto(f"{village.server.address}/verdicts/{verdict['id']}")
    published = told.get_by_role("main").inner_text()
    assert telling.title in published
    assert all(said not in published for said in (telling.author, telling.words, telling.post))
    assert visitor.fits(told)

    # And anyone can check it.
    proved(village, verdict, tmp_path)


def hear_and_vote(page: Page, hearing: str, telling: Telling) -> None:
    """A juror finds the way from their own page, reads both sides, and votes by the keyboard."""
    page.locator(f"a[href='{hearing}']").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text(telling.called)
    for said in (telling.article, telling.reason, telling.words):
        expect(page.get_by_role("main")).to_contain_text(said)
    assert telling.author not in page.get_by_role("main").inner_text()
    assert page.evaluate(FAULTS) == []
    page.keyboard.press("t")
    expect(page.locator(".post")).to_be_visible()
    page.locator("[name=choice]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("A sign was quoted, nobody was called that.")
    page.get_by_role("button", name=telling.vote, exact=True).press("Enter")
    page.locator("[role=status].notice").wait_for()
    expect(page.get_by_role("main")).to_contain_text(telling.overturned)


def proved(village: Village, verdict: Any, folder: Path) -> None:
    """The whole ledger is sound, the verdict stands in it, and the jury is who the lot fell on.

    The last two are checked without the server.
    """
    assert village.server.run("ledger", "verify").returncode == 0
    proof = folder / "verdict.proof"
    proof.write_text(village.server.run("ledger", "prove", str(verdict["entry"])).stdout, "utf-8")
    key = village.server.ask("GET", "/v1/ledger/key").body.decode().strip()
    checked = run("ledger", "verify", "--proof", str(proof), "--key", key)
    assert checked.returncode == 0, checked.stderr
    draw, head = folder / "draw.json", folder / "checkpoint"
    for file, name in ((draw, "draw.json"), (head, "checkpoint")):
        file.write_bytes(village.server.ask("GET", f"/verdicts/{verdict['id']}/{name}").body)
    drawn = run("jury", "verify", str(draw), "--checkpoint", str(head), "--key", key)
    assert drawn.returncode == 0, drawn.stderr
