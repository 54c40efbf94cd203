# Two commands for a fresh machine:  make serve   and   make test
# Every recipe runs the tools as modules of .venv, so the checkout may live under any path.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PORT   ?= 8000

.PHONY: help serve build check test lint types layers unit bench-tools lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.portal ## build the portal and serve it on http://127.0.0.1:8000
	@$(PY) build.py serve --port $(PORT)

build: $(VENV)/.portal ## the whole build into _build/
	@$(PY) build.py

check: $(VENV)/.portal ## check the catalogue, change nothing
	@$(PY) build.py check

test: $(VENV)/.test .ci/chromium.sh ## install what the tests need and run them all
	@sh .ci/chromium.sh
	@$(MAKE) --no-print-directory lint types layers unit

lint: $(VENV)/.test ## format and lint
	@echo "== ruff: format and lint"
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .

types: $(VENV)/.test ## strict types on portal/
	@echo "== mypy --strict portal/"
	@$(PY) -m mypy

layers: $(VENV)/.test ## who may import whom
	@echo "== import-linter"
	@$(PY) -c "from importlinter.cli import lint_imports_command as run; run()"

unit: $(VENV)/.test ## the tests themselves
	@echo "== pytest"
	@$(PY) -m pytest -n auto

bench-tools: $(VENV)/.bench ## install what the benchmarks need

# The mark is set last: what was interrupted has no pip, and is made anew.
$(VENV)/.made:
	@sh .ci/venv.sh "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.%: requirements/%.txt | $(VENV)/.made
	@echo "== 安装 requirements/$*.txt，需要一两分钟 · installing it takes a minute or two"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@

lock: ## renew requirements/*.txt from pyproject.toml (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements/portal.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --extra test -c requirements/portal.txt pyproject.toml -o requirements/test.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --extra test --extra bench -c requirements/test.txt pyproject.toml -o requirements/bench.txt

clean: ## forget what was generated (keeps var/, where people's submissions live)
	@rm -rf _build
