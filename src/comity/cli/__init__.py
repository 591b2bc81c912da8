"""The command line: the rooms of the house for the terminal.

Data goes to standard output, everything else to standard error.
Exit 0: done. 1: the input is wrong. 2: the usage is wrong.
"""

from comity.cli.app import main

__all__ = ["main"]
