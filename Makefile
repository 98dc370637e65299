# Everything sets itself up: git, make and Python 3.11 or newer are all that is needed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CATALOGUES := $(wildcard locales/*/LC_MESSAGES/sharewise.po)

.DEFAULT_GOAL := run
.PHONY: setup run test check format catalogues pictures bench faults clean

.venv/run.stamp: requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. If it has another name here: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up in .venv. The first time this takes about a minute."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@echo "Setting up what the tests need."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# Only finished translations are compiled: a guess (fuzzy) may say the opposite, and English is shown instead.
.venv/catalogues.stamp: .venv/run.stamp $(CATALOGUES)
	@for po in $(CATALOGUES); do $(BIN)/pybabel --quiet compile -i $$po -o $${po%.po}.mo || exit 1; done
	@touch $@

setup: .venv/catalogues.stamp

run: setup
	@exec $(BIN)/sharewise run

# What is imported is compiled once, even where the surroundings forbid to keep it: the tests start hundreds of processes.
test faults: export PYTHONDONTWRITEBYTECODE =

test: setup .venv/dev.stamp
	$(BIN)/python -m pytest -n auto

# Kills the bot, lies to it and floods it, and checks that nothing is lost. KILLS=300 is short, KILLS=20000 takes hours.
KILLS ?= 2000
REPEATS ?= 200000
HOSTILE ?= 100000
DISK_FAULTS ?= all
PG_FAULTS ?= 500
CONTROLS ?= all
faults: setup .venv/dev.stamp
	$(BIN)/python -m tests.faults --kills $(KILLS) $(if $(CONTROLS),,--after-the-tests)
	$(if $(REPEATS),$(BIN)/python -m tests.faults.repeats --updates $(REPEATS))
	$(if $(REPEATS),$(BIN)/python -m tests.faults.repeats --updates $(REPEATS) --store postgresql)
	$(if $(HOSTILE),$(BIN)/python -m tests.faults.hostile --updates $(HOSTILE))
	$(if $(CONTROLS),$(BIN)/python -m tests.faults.repeats --updates 2000 --controls)
	$(if $(CONTROLS),$(BIN)/python -m tests.faults.hostile --updates 5000 --controls)
	$(if $(DISK_FAULTS),DISK_FAULTS=$(DISK_FAULTS) PG_FAULTS=$(PG_FAULTS) $(BIN)/python -m pytest \
		tests/store/test_disk_faults.py tests/store/test_postgresql_faults.py)

check: setup .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.catalogues

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The English sentences, and every language brought up to them.
catalogues: .venv/dev.stamp
	$(BIN)/python -m tests.catalogues refresh

# The README's pictures: the bot itself, in a browser. Needs Chromium.
pictures: setup .venv/dev.stamp
	$(BIN)/python -m tests.browser.pictures

# How fast the bot is, beside its peers, as a page in Markdown. The peers are installed apart, for they need older
# versions of what the bot is made of; the script with their conversation is no part of the project.
PEER_BENCH ?= ../shared/peer_bench.py

.venv/peers.stamp: .venv/dev.stamp requirements/bench.txt
	@echo "Setting up what the bot is measured beside."
	@rm -rf .venv/peers
	@$(PIP) --require-hashes --target .venv/peers -r requirements/bench.txt
	@touch $@

bench: setup .venv/peers.stamp
	@PEER_BENCH=$(abspath $(PEER_BENCH)) PYTHONPATH=.venv/peers $(BIN)/python -m benchmarks

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
