# make audit and make test each do their own set-up; nothing else is needed on a fresh machine.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: audit test lint bench pictures clean

$(VENV)/.installed: pyproject.toml build_data.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

audit: $(VENV)/.installed
	$(BIN)/mtaudit run corpus

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mtaudit rules test

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/bench.py

pictures: $(VENV)/.installed
	$(BIN)/python docs/pictures/make.py

clean:
	rm -rf $(VENV) build dist
