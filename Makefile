# make status, make test and the rest set up .venv by themselves; a second run calls no pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# One environment, two stamps: what the program needs, and what its development needs besides.
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

# An environment remembers its folder; where the folder was moved or copied, it is made anew.
HERE := $(VENV)/.here
MOVED := $(shell test -f $(HERE) && test "$$(cat $(HERE))" != "$(CURDIR)" && echo moved)

.DEFAULT_GOAL := help
.PHONY: help status test check lint coverage bench docs clean moved
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

status: $(RUNTIME) ## where the plan stands today
	@$(BIN)/plan status

# CI hands RUN="-m coverage run" over, so that the tests run once for both.
RUN ?=
test: $(DEV) ## run the tests; ARGS="-k holidays" picks some
	@$(BIN)/python $(RUN) -m pytest $(ARGS)

check: lint ## format, lint, types, contracts, tests with coverage
	$(BIN)/coverage run -m pytest -m "not judge"
	@$(MAKE) --no-print-directory coverage

lint: $(DEV) ## format, lint, types, contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(DEV) ## how much of the code the last tests with coverage reached
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include="*/schedule/*,*/source.py,*/source/*"

docs: $(DEV) ## write the pages that are made from the program, and what others quote of it
	@$(BIN)/python docs/generate.py

bench: $(DEV) ## measure speed
	@$(BIN)/python tests/bench

clean: ## remove .venv and every cache
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): pyproject.toml constraints.txt $(MOVED)
	$(venv)
	@$(PIP) -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt $(MOVED)
	$(venv)
	@$(PIP) -e '.[dev]'
	@touch $(RUNTIME) $@

# Make .venv, unless a working one is there; first say plainly what is missing on this machine.
define venv
@command -v $(PYTHON) >/dev/null 2>&1 || { \
  echo "Python 3.11 atau lebih baru belum terpasang. Pasang dulu: sudo apt install python3 python3-venv" >&2; \
  echo "Python 3.11 or later is not installed. Install it first: sudo apt install python3 python3-venv" >&2; \
  exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "$$($(PYTHON) --version) terlalu lama; perlu 3.11 atau lebih baru. Pilih yang lain: make PYTHON=python3.12 ..." >&2; \
  echo "$$($(PYTHON) --version) is too old; 3.11 or later is needed. Choose another: make PYTHON=python3.12 ..." >&2; \
  exit 1; }
@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
  echo "Python ini belum punya venv. Pasang dulu: sudo apt install python3-venv" >&2; \
  echo "This Python has no venv. Install it first: sudo apt install python3-venv" >&2; \
  exit 1; }
@test -z "$(MOVED)" && $(BIN)/python -c 'import pip' 2>/dev/null || { \
  echo "Menyiapkan / setting up $(VENV) ..." >&2; $(PYTHON) -m venv --clear $(VENV); }
@printf %s "$(CURDIR)" >$(HERE)
endef
