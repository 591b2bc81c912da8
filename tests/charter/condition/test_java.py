"""Patterns written for Java: what differs from RE2 is spelt out, and nothing else is touched."""

import pytest

from comity.charter.condition.java import for_java

_W = "[0-9A-Za-z_]"


@pytest.mark.parametrize(
    ("pattern", "java"),
    [
        ("call +now", "call +now"),
        ("^a$", r"\Aa\z"),
        ("(?m)^a$|b", r"(?:\A|(?<=\n))a(?=\n|\z)|b"),
        ("(?m:^)^", r"(?:(?:\A|(?<=\n)))\A"),
        ("((?m)$)$", r"((?=\n|\z))\z"),
        ("(?i)k(?-i)k", "(?iu)k(?-iu)k"),
        ("(?i-s:a.)", "(?iu-s:a.)"),
        ("(?U)a+", "a+"),
        ("(?P<name>a)(?<n>b)", "(a)(b)"),
        (r"\bé", f"(?:(?<={_W})(?!{_W})|(?<!{_W})(?={_W}))é"),
        (
            r"\s\v\101\x{4e00}\Qa.\E",
            r"[\x{9}-\x{A}\x{C}-\x{D}\x{20}-\x{20}]\x0B\x{41}\x{4e00}\Qa.\E",
        ),
        ("a{2}b{1,}c{0,3}", "a{2}b{1,}c{0,3}"),
        ("{a}{,2}", r"\{a\}\{,2\}"),
        ("[a[b&&^]", r"[a\[b\&\&\^]"),
        ("[]a][^]a]", r"[\]a][^\]a]"),
        ("[[:digit:]_]", r"[\x{30}-\x{39}_]"),
        ("[[:^digit:]]", r"[\x{0}-\x{2F}\x{3A}-\x{10FFFF}]"),
        ("[^[:ascii:]]", r"[^\x{0}-\x{7F}]"),
    ],
)
def test_a_pattern_for_java(pattern, java) -> None:
    assert for_java(pattern) == "(?d)" + java
