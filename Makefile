# Two commands: `make demo` and `make test`. Each sets up what it needs, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench lint types suite train docs clean

demo: $(VENV)/.ready
	@$(BIN)/memcon demo demo
	@$(BIN)/memcon --archive demo/moscow.db ledger --record moscow/6
	@echo
	@echo "The example archive is demo/moscow.db. Look around in it:"
	@echo "    $(BIN)/memcon --archive demo/moscow.db search fuel"
	@echo "    $(BIN)/memcon --archive demo/moscow.db show moscow/6"
	@echo "    $(BIN)/memcon --archive demo/moscow.db matters"

test: lint types suite

lint: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.ready
	$(BIN)/mypy

# Branch coverage is measured while the tests run; the report names what no test has reached.
suite: $(VENV)/.ready
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --show-missing --skip-covered

bench: $(VENV)/.ready
	$(BIN)/python benchmarks/run.py

# The learned weights of acts, made again from the annotated records and the project's own labels of FRUS volumes:
# make train VOLUMES=folder-of-tei-volumes
GOLD ?= ../shared/gold
train: $(VENV)/.ready
	@test -n "$(VOLUMES)" || { echo "name the folder of the FRUS volumes: make train VOLUMES=..."; exit 2; }
	$(BIN)/python eval/annotated/lay_out.py "$(VOLUMES)" build/annotated
	$(BIN)/python -m memcon.reading.model.train $(GOLD)/train build/annotated --check $(GOLD)/dev

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "memcon needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov
