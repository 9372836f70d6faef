# Two commands are all you need: `make run` and `make test`. Each sets up what it needs first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PAGE := localslack/page
UV := $(shell command -v uv || echo .bootstrap/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help setup run test lint check format drill bench chaos sbom audit

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Make the environment from the lock file

run: setup ## The whole system on this machine: Temporal, worker, listener, a local Slack
	@$(VENV)/bin/python -m onemachine

test: setup ## Every test
	@$(VENV)/bin/pytest --numprocesses 4 --dist worksteal

check: lint test ## Everything a reviewer would check: format, lint, types (strict), tests

lint: setup ## Format, lint (security rules too) and types, without the tests
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy .
	@$(VENV)/bin/oxfmt --check $(PAGE)
	@$(VENV)/bin/oxlint $(PAGE)

format: setup ## Put the code into its format
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/oxfmt $(PAGE)

drill: setup ## Play breaches through all their stages, in skipped time
	@$(VENV)/bin/python -m drill

bench: setup ## Measure what people feel, on this machine
	@$(VENV)/bin/python -m bench

chaos: setup ## Break everything while people report and decide; nothing may get lost
	@$(VENV)/bin/python -m chaos

sbom: setup ## The bill of materials of what is locked: sbom.cdx.json (CycloneDX)
	@UV="$(UV)" $(VENV)/bin/python -m supply.sbom sbom.cdx.json

audit: setup ## Ask whether a locked package has a known vulnerability (needs the network)
	@UV="$(UV)" $(VENV)/bin/python -m supply.audit

$(VENV)/.ready: uv.lock pyproject.toml
	@test -x "$(UV)" || { $(PYTHON) -m venv .bootstrap && .bootstrap/bin/pip install --quiet --disable-pip-version-check uv; }
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@
