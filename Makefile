# The two commands of the README are `make run` and `make test`; both set up what they need first.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo
PORT ?= 8000
PAGES := scripts/lint-pages
UV := .uv/bin/uv
UV_VERSION := 0.13.9
# What touches the database, and so runs on both.
SITE_TESTS := tests/architecture/test_routes.py tests/architecture/test_walls.py tests/audit tests/campaigns tests/config \
	tests/desk tests/organizations tests/register tests/tenancy tests/transfers tests/vault tests/web
EXAMPLES := --as-of 2023-12-15 --home 武汉市 --committee 中共湖北楚云地质职业学院委员会

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo-reset test lint lint-pages fuzz bench bench-web pictures pages format lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# uv comes from PyPI into a folder of its own: Debian's Python lets nothing be installed beside it.
$(UV):
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .uv uv==$(UV_VERSION)

$(VENV)/.run: requirements.lock pyproject.toml | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

# npm comes with the development lock; its packages are pinned, with hashes, by package-lock.json.
$(PAGES)/node_modules: $(PAGES)/package-lock.json $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund --prefix $(PAGES)
	@touch $@

setup: $(VENV)/.run ## make .venv with the command paicha

setup-dev: $(VENV)/.dev
	@scripts/debian-packages libreoffice-calc-nogui:soffice libreoffice-writer-nogui:soffice fonts-noto-cjk poppler-utils:pdftoppm postgresql chromium

run: setup ## the main job: collate examples/ into out/, then the site with a demonstration college (PORT=8001: elsewhere)
	@$(BIN)/paicha collate examples/forms --out out --branches examples/branches.xlsx $(EXAMPLES) || test $$? -eq 1
	@exec $(BIN)/python scripts/demo.py $(DEMO) $(PORT)

demo-reset: ## forget the demonstration college
	@rm -rf $(DEMO)

test: setup-dev ## the whole suite: on SQLite, then the site's part on a throw-away PostgreSQL
	@$(BIN)/python -m pytest -n 2 --maxschedchunk 2 --durations 5
	@scripts/with-postgresql $(BIN)/python -m pytest -n 2 --maxschedchunk 2 --durations 5 $(SITE_TESTS)

lint: setup-dev lint-pages ## ruff, mypy --strict, import-linter; stylelint and eslint on the pages
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

lint-pages: setup-dev $(PAGES)/node_modules ## the pages' CSS and JavaScript, held to Chromium 86 (.browserslistrc)
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; \
	$(PAGES)/node_modules/.bin/stylelint --config $(PAGES)/.stylelintrc.json 'paicha/*/static/**/*.css' '!**/vendor/**' && \
	$(PAGES)/node_modules/.bin/eslint --config $(PAGES)/eslint.config.js --no-error-on-unmatched-pattern 'paicha/*/static/**/*.js'

fuzz: setup-dev ## 50,000 bent files against the readers; 50,000 campaigns and transfers in any order (hours)
	@$(BIN)/python -m tests.formats.fuzz --count 50000 --seed 1
	@PAICHA_EXAMPLES=50000 $(BIN)/python -m pytest -n 2 -q tests/campaigns/test_machine.py tests/transfers/test_any_order.py

bench: setup-dev ## speed and memory beside the usual ways; writes docs/benchmarks.md (some 10 minutes)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m bench

bench-web: setup-dev ## speed of the site: imports, and pages over 1,000,000 entries; writes docs/benchmarks-web.md (some 20 minutes)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m bench.web --out docs/benchmarks-web.md

pictures: setup-dev ## the guide anew: what its commands print, and its pictures
	@$(BIN)/python scripts/pictures.py

pages: setup-dev ## a picture of every page of the site, into docs/pictures
	@$(BIN)/python scripts/pages.py

format: setup-dev ## put the code in its standard form
	@$(BIN)/ruff check --fix --exit-zero . && $(BIN)/ruff format .

lock: $(UV) ## pin every dependency anew, with hashes
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements.lock pyproject.toml --group build
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.lock -o requirements-dev.lock pyproject.toml --group dev
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements-dev.lock -o requirements-bench.lock pyproject.toml --group bench

clean: ## remove what these commands made
	rm -rf $(VENV) .uv $(PAGES)/node_modules out .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
