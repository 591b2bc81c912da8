# The front door: every chore of the project, each a target. `make` alone lists them.
PYTHON ?= python3
BIN    := .venv/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
DATA   ?= .comity

# The JavaScript clients of the Perspective API that the tests ask through.
CLIENTS := tests/server/perspective/clients

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lock train bench docs messages clean

help:            ## list what there is
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: .venv/run ## install what the server needs into .venv

run: .venv/run   ## start the server with the demo community on http://127.0.0.1:8000
	@$(BIN)/comity serve --demo --data $(DATA) --host $(HOST) --port $(PORT)

test: .venv/dev  ## install what the tests need, and run them
	@$(BIN)/python -m pytest -n auto
	@$(BIN)/python -m pytest -n auto --database postgres -m postgres

check: .venv/dev ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:            ## resolve the dependencies anew into requirements/
	scripts/lock

train: .venv/dev ## make the shipped models from the data in ../shared/data, in about an hour on two cores
	$(BIN)/pip install --quiet --no-build-isolation -e '.[training]'
	$(BIN)/python -m training

bench: .venv/dev ## measure each figure of the README
	$(BIN)/python -m benchmarks

docs: .venv/dev  ## build the documentation into site/
	$(BIN)/mkdocs build --strict

messages: .venv/dev ## collect and compile the translations
	$(BIN)/python scripts/messages.py

clean:           ## remove everything that make made, but for the data
	rm -rf .venv site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# The set-up leaves a stamp; a newer lock file makes it run again.
.venv/run: requirements/run.txt pyproject.toml
	@scripts/install requirements/run.txt $(PYTHON)
	@touch $@

.venv/dev: requirements/dev.txt pyproject.toml scripts/system-packages $(CLIENTS)/package-lock.json
	@scripts/system-packages & packages=$$!; \
	scripts/install requirements/dev.txt $(PYTHON) && wait $$packages
	@npm ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@ .venv/run
