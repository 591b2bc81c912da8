"""Each figure that the README quotes, as a command: `python -m benchmarks [NAME…]`.

A module has a `main()` that measures and prints a small table. Speed is told as a ratio against a
named peer in the same run wherever there is one, because machines differ.
"""
