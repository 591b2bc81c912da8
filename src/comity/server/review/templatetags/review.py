"""Filters of the reviewers' pages."""

from datetime import timedelta

from django import template

from comity.server.console import words
from comity.server.review.lifecycles import CaseState, RemedyState

register = template.Library()


@register.filter
def in_hours(length: timedelta | None) -> int | str:
    """A length of time in whole hours; empty where there is none."""
    return int(length.total_seconds()) // 3600 if length else ""


@register.filter
def case_state(state: str) -> words.Words:
    return words.CASE_STATES[CaseState(state).value]


@register.filter
def remedy_state(state: str) -> words.Words:
    return words.REMEDY_STATES[RemedyState(state).value]
