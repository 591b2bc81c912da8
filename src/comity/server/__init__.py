"""The same rooms for people and platforms over HTTP: a Django project of small apps.

The main noun is `Runtime`: the charter in force, the scorer and the committer of one server; the
main verb is the committer's `commit`, which turns events into recorded decisions.
"""
