"""Sentences written for this project against the known faults of such models, by templates.

Models learn that a group's name, a quotation of hate in order to condemn it, or a harsh word about
a thing is abuse. The noun is a `Pattern`: one idea in several wordings, and what readers would say
of it. The verb is `contrast()`: every sentence of the YAML files here. Whole patterns, and some
words, are held out of training. FORMAT.md tells how to write them.
"""

from training.contrast.sentences import TIMES, contrast

__all__ = ["TIMES", "contrast"]
