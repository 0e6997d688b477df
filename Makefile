# make report [SOURCE=folder]   from nothing to a report        make test    the whole suite and every check
# make lab                      JupyterLab on 127.0.0.1         make bench   side by side with the peers (long)
# make docs                     the documentation as a site, into docs/_build
SHELL := /bin/sh
UV_VERSION := 0.13.9
PYTHON ?= python3
BIN := .venv/bin
SOURCE ?=
NAME ?= $(if $(SOURCE),$(notdir $(patsubst %/,%,$(SOURCE))),demo)
STAMP := .venv/.ready

.PHONY: report test check lab bench docs lock demo clean wheel

report: $(STAMP)
ifeq ($(SOURCE),)
	@$(BIN)/analysis demo corpus/demo/raw
	@$(BIN)/analysis ingest corpus/demo/raw corpus/demo
else
	@$(BIN)/analysis ingest "$(SOURCE)" "corpus/$(NAME)"
endif
	@$(BIN)/analysis report all -p corpus "$(NAME)"

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: $(STAMP)
	$(BIN)/analysis lab

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# The environment: uv where it can be had (quick), else pip; both refuse a package whose hash is not in the lock.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}; say: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@if $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION); then \
	  $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --link-mode copy requirements.lock && \
	  $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/python -m pip install -q --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(STAMP)

docs: $(STAMP)
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build
	@echo "docs/_build/index.html"

lock: $(STAMP)
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install -q uv==$(UV_VERSION)
	.venv-lock/bin/uv pip compile pyproject.toml --group test --group check --group bench --group docs --group build --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	rm -rf .venv-lock

wheel: $(STAMP)
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache build dist docs/_build docs/reference *.egg-info
