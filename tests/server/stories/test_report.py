"""A steward reads the report of the month that is over."""

from playwright.sync_api import expect

from tests.server.stories.conftest import FAULTS, Village
from tests.server.stories.last_month import POSTS


def test_a_steward_reads_last_months_report(village: Village, visitor) -> None:
    visitor = visitor("zh-CN", 360)
    page = visitor.open("/measures", "steward")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator(".foot").get_by_role("link", name="月报").click()
    page.locator("main li a").first.click()
    report = page.get_by_role("main")
    expect(report.locator("h1")).to_contain_text("20")
    numbers = report.locator("section", has=page.locator("#numbers")).locator(".tally").first
    restricted = POSTS + POSTS // 2  # held by software, and every second one then removed
    shown = [str(POSTS), str(restricted), "0", str(POSTS), str(POSTS)]
    expect(numbers.locator("dd")).to_have_text(shown)
    expect(report).to_contain_text("不作人身攻击")
    assert visitor.fits(page)
    assert page.evaluate(FAULTS) == []
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.get_by_role("link", name="JSON").click()
    expect(page.locator("body")).to_contain_text('"community"')
    assert village.server.run("ledger", "verify").returncode == 0
