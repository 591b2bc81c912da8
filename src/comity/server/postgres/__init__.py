"""PostgreSQL as Comity uses it: Django's own backend, with one writer at a time.

The noun is the `DatabaseWrapper` in `base`, which is where Django looks for it.
"""
