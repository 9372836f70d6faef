# Two commands are all you need: `make run` and `make test`. Each sets up what it needs first.

PYTHON ?= python3.11
VENV := .venv
UV := $(shell command -v uv 2>/dev/null || echo $(VENV)/bootstrap/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help setup run test check format drill bench

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Make the environment from the lock file

run: setup ## The whole system on this machine: Temporal, worker, listener, a local Slack
	@$(VENV)/bin/python -m onemachine

test: setup ## Every test
	@$(VENV)/bin/pytest

check: setup ## Format, lint, types (strict), then every test
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy .
	@$(VENV)/bin/pytest

format: setup ## Put the code into its format
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .

drill: setup ## Play one breach through all its stages, in skipped time
	@$(VENV)/bin/python -m drill

bench: setup ## Measure what people feel, on this machine
	@$(VENV)/bin/python -m bench

$(VENV)/.ready: uv.lock pyproject.toml
	@test -x "$(UV)" || { $(PYTHON) -m venv $(VENV)/bootstrap && $(VENV)/bootstrap/bin/pip install --quiet --disable-pip-version-check uv; }
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@
