"""What the package offers to other programs."""

import subprocess
import sys

import pytest

import comity


def test_every_name_that_is_offered_is_there() -> None:
    for name in comity.__all__:
        assert getattr(comity, name).__name__ == name


def test_a_name_that_is_not_there_is_said_so() -> None:
    with pytest.raises(AttributeError, match="wisdom"):
        _ = comity.wisdom


def test_asking_for_help_loads_no_heavy_parts() -> None:
    script = (
        "import sys; from comity.cli.app import app\n"
        "heavy = {'numba', 'duckdb', 'sqlglot', 'django', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
