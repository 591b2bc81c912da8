"""Template tags of the console; `{% load comity %}`."""
