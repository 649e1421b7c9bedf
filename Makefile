# Every target sets up what it needs in .venv. Packages are checked against the hashes in requirements/*.txt.

PYTHON ?= python3
SAMPLE := among_friends who_was_hit=someone_here place=small_group harm=stings safety=safe livelihood=no_risk

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header $(if $(UPGRADE),--upgrade)
EXTRAS := --extra cluster --extra fast --extra rows --extra sklearn --extra solver --extra team

.PHONY: help run test test-long conformance lint format words bench lock clean
.DELETE_ON_ERROR:

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp  ## open Poise in the browser, on this machine; without a terminal, weigh a sample moment
	@if [ -t 0 ]; then $(BIN)/poise open; else $(BIN)/poise weigh $(SAMPLE); fi

test: lint .venv/postgresql.stamp .venv/chromium.stamp  ## format, lint and type checks, then the tests
	$(BIN)/python -m pytest

test-long: lint .venv/postgresql.stamp .venv/chromium.stamp  ## the same, with the long tests and many more examples
	$(BIN)/python -m pytest -m "long or not long" --hypothesis-profile=long

# scikit-learn's own suite, on the release that is locked and on the oldest that is supported, with and without the
# checks of other kinds of arrays.
conformance: .venv/dev.stamp .venv/sklearn16.stamp  ## run scikit-learn's suite on its current release and on 1.6
	@set -e; for python in $(BIN)/python .venv/sklearn16/bin/python; do \
		env -u SCIPY_ARRAY_API $$python tests/learning/conformance.py; \
		SCIPY_ARRAY_API=1 $$python tests/learning/conformance.py; \
	done

lint: .venv/dev.stamp  ## format, lint and type checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/dev.stamp  ## rewrite the files in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

words: .venv/dev.stamp  ## renew the catalogues of the pages' words, and say what has no words yet
	$(BIN)/python -m tests.web.words

bench: .venv/bench.stamp  ## run every benchmark in bench/
	@set -e; for file in bench/bench_*.py; do \
		[ -e "$$file" ] || { echo "bench/ holds no benchmark yet"; exit 0; }; \
		echo "$$file"; $(BIN)/python "$$file"; \
	done

lock: .venv/lock.stamp  ## renew the locks; UPGRADE=1 takes the newest releases
	$(LOCK) requirements/lock.in -o requirements/lock.txt
	$(LOCK) pyproject.toml requirements/run.in -o requirements/run.txt
	$(LOCK) $(EXTRAS) pyproject.toml requirements/run.in requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) $(EXTRAS) pyproject.toml requirements/run.in requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt
	$(LOCK) requirements/sklearn16.in -c requirements/run.txt -o requirements/sklearn16.txt

clean:  ## remove .venv and everything else that was made
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist src/poise.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: .venv/made.stamp requirements/run.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/dev.stamp .venv/bench.stamp .venv/lock.stamp: .venv/%.stamp: .venv/run.stamp requirements/%.txt
	$(INSTALL) --require-hashes -r requirements/$*.txt
	@touch $@

.venv/sklearn16.stamp: .venv/made.stamp requirements/sklearn16.txt
	$(PYTHON) -m venv --clear .venv/sklearn16
	.venv/sklearn16/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/sklearn16.txt
	@touch $@

# A team's journals are tested on a real server, which the tests start. Root gets Debian's, without the database that
# it would set up and start; anyone else is told by the tests that they were left out. In CI they never are.
.venv/postgresql.stamp: .venv/made.stamp
	@there() { command -v postgres >/dev/null || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }; \
	if ! there && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-common && \
		sed -ri 's/^#?(create_main_cluster) .*/\1 = false/' /etc/postgresql-common/createcluster.conf && \
		apt-get install -y -qq --no-install-recommends postgresql || \
		echo "PostgreSQL could not be installed: its tests are left out" >&2; \
	fi; \
	if there; then touch $@; fi

# The pages are tested in a real browser: Debian's Chromium. It is had in the same way.
.venv/chromium.stamp: .venv/made.stamp
	@if ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium || \
		echo "Chromium could not be installed: the tests in a browser are left out" >&2; \
	fi; \
	if command -v chromium >/dev/null; then touch $@; fi

# Debian ships Python without what makes an environment. Root gets it; anyone else is told.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo >&2; \
		echo "Poise needs Python 3.11 or newer, and '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)" >&2; \
		echo "If you have a newer one, name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@can_make() { $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; }; \
	if ! can_make && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
	fi; \
	can_make || { echo >&2; \
		echo "'$(PYTHON)' cannot make an environment: its venv module is missing." >&2; \
		echo "On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@
