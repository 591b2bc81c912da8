"""Statements and reports in a real browser: read on a phone, in two languages, and on paper."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.server.console.conftest import Platform, Visit
from tests.server.support import Server

FAULTS = Path(__file__).with_name("faults.js").read_text()


@pytest.fixture(scope="module")
def path(platform: Platform, server: Server) -> Any:
    decision = platform.post("You are an idiot.", author="gull")
    key = server.key("decisions:read")
    answer = server.ask("GET", f"/v1/decisions/{decision['id']}/statement", key=key)
    return answer.json["url"].removeprefix(server.address)


def test_a_statement_is_read_without_an_account_and_in_either_language(
    visit: Visit, path: str
) -> None:
    page = visit(path, signed_in=False, viewport={"width": 360, "height": 740})
    expect(page.get_by_role("heading", level=1)).to_have_text("Your post is on hold")
    expect(page.get_by_role("blockquote").first).to_contain_text("You are an idiot.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(FAULTS) == []
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您的帖子正在等待处理")
    assert page.evaluate(FAULTS) == []


def test_a_statement_fits_on_paper_without_the_frame(visit: Visit, path: str) -> None:
    page = visit(path, signed_in=False)
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", printed)) <= 2
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("heading", name="How to object")).to_be_visible()


def test_before_a_month_is_over_there_is_no_report_and_that_is_said(visit: Visit) -> None:
    page = visit("/reports", signed_in=False)
    expect(page.get_by_role("main")).to_contain_text("No month is over yet")
