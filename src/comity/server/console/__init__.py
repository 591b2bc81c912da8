"""What all pages share: the frame, the words, the icons, and how evidence is drawn.

The nouns are `Segment` (a piece of a post, marked or not) and `Reading` (a value beside what an
article asks of it). Pages themselves live in the app whose matter they show.
"""
