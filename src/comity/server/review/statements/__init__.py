"""Statements of reasons as people get to read them: by a signed link, without an account.

The noun is `Link`. A statement is found anew from the decision or the ruling that it explains
whenever it is asked for, so nothing is stored twice and nothing is computed while posts come in.
"""

from comity.server.review.statements.links import Kind, Link, LinkError, path_of, read_link

__all__ = ["Kind", "Link", "LinkError", "path_of", "read_link"]
