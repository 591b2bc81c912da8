"""Links and mentions: what is one, and where it leads."""

import pytest

from comity.signals.links import count_mentions, find_hosts, host_of


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see https://www.Example.org/a?b=c.", ["example.org"]),
        ("看这里http://a.example/x很好", ["a.example"]),
        ("bit.example/abc and shop.biz.", ["bit.example", "shop.biz"]),
        ("https://user:secret@host.example:8080#x", ["host.example"]),
        ("https://ｅｘａｍｐｌｅ.org", ["example.org"]),
        ("write to me@mail.example.com", []),
        ("e.g. node.js, the end.Live on... 3.14", []),
        ("www.news.com", ["news.com"]),
        ("https://", []),
        ("", []),
    ],
)
def test_links_are_found_with_their_hosts(text: str, hosts: list[str]) -> None:
    assert find_hosts(text) == hosts


def test_a_host_is_written_as_lists_write_it() -> None:
    assert host_of("HTTPS://WWW.Example.COM.:443/path") == "example.com"
    assert host_of("cdn.example/picture.png") == "cdn.example"
    assert host_of("/relative") == ""


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@ann and @bob@social.example!", 2),
        ("你好@小明", 1),
        ("mail ann@example.org", 0),
        ("@ alone, @@", 0),
        ("(@ann)", 1),
    ],
)
def test_mentions_are_counted(text: str, mentions: int) -> None:
    assert count_mentions(text) == mentions
