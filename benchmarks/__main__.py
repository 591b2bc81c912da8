"""Run the benchmarks named on the command line, or all of them."""

import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter


def main() -> None:
    known = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem[0] != "_")
    names = sys.argv[1:] or known
    if unknown := sorted(set(names) - set(known)):
        sys.exit(f"unknown benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    for name in names:
        print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
        started = perf_counter()
        import_module(f"benchmarks.{name}").main()
        print(f"({perf_counter() - started:.0f} s)", flush=True)


main()
