"""Comity: software with which an online community governs itself.

What is named here is what other programs may import; everything else is private.
"""
