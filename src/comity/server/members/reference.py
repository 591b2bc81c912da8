"""The page of the docs that says who may do what, made from the table of permissions."""

import os
from typing import Final

_HEAD: Final = """# Roles and permissions

Each role is held in one community, and a person may hold several: what they may do adds up. A **juror** is no role that anyone gives: it is a seat in one jury, drawn by lot, and counts for that jury alone. An **auditor** reads everything and changes nothing.

Whoever tries more than they may is answered 403, on a page or in JSON, with what role it takes and who can give it. [Sign-in and roles](../guides/people.md) says how people get theirs.

"""  # noqa: E501  a paragraph is a line

_TAIL: Final = """
Appealing and objecting take no role: whoever holds the signed link of a letter can answer it.

The name is what programs and templates use (`Permission.READ_CASES`, `may.read_cases`). What takes the terminal of the server (`comity keys`, `comity webhooks`, `comity erase`) is open to whoever may read its data folder.
"""  # noqa: E501  a paragraph is a line


def reference_page() -> str:
    """Render the page; sets Django up where nobody has."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.server.settings")
    import django

    django.setup(set_prefix=False)
    from comity.server.members.permissions import GRANTS, ROLE_NAMES

    lines = [
        "| to | " + " | ".join(str(name) for name in ROLE_NAMES.values()) + " | name |",
        "|---|" + ":-:|" * len(ROLE_NAMES) + "---|",
    ]
    for permission, grant in GRANTS.items():
        marks = ("✓" if holder in grant.holders else "" for holder in ROLE_NAMES)
        lines.append(f"| {grant.meaning} | " + " | ".join(marks) + f" | `{permission}` |")
    return _HEAD + "\n".join(lines) + "\n" + _TAIL
