# Everything sets itself up: git, make and Python 3.11 or newer are all that is needed.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := run
.PHONY: setup run test check format catalogues pictures docs clean

.venv/run.stamp: requirements/build.txt requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# A catalogue is compiled when its source is newer than the compiled file.
.venv/catalogues.stamp: .venv/run.stamp $(wildcard locales/*/LC_MESSAGES/*.po)
	@for po in $(wildcard locales/*/LC_MESSAGES/*.po); do $(BIN)/pybabel --quiet compile --use-fuzzy -i $$po -o $${po%.po}.mo; done
	@touch $@

setup: .venv/catalogues.stamp

run: setup
	@exec $(BIN)/sharewise run

test: setup .venv/dev.stamp
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: setup .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.catalogues

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
