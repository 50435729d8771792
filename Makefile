# Two commands are enough: `make run` starts the app, `make test` checks it. `make help` names the rest.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
# The locks hold for every platform and for Python 3.11 and later; packages are named, never where they come from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --annotation-style line \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test test-deploy test-office test-image fuzz bench evaluate docs screenshots lock clean

help: ## name every command
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-18s %s\n' "$$name" "$$what"; done

run: $(VENV)/run.stamp ## start the app on http://localhost:8501 (another port: make run PORT=8502)
	$(BIN)/streamlit run app.py --server.port=$(PORT)

test: $(VENV)/dev.stamp ## every check: style, types, core, pages, and a real browser
	$(BIN)/python tests/browser/chromium.py --get
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n logical --maxprocesses 4 --dist worksteal --cov=nps_core --cov-branch --cov-report=term

test-deploy: $(VENV)/dev.stamp ## hosted views with PostgreSQL, two replicas behind nginx, sign-in, kills and load
	$(BIN)/python tests/browser/chromium.py --get
	$(PIP) 'oidc-provider-mock>=0.3,<1'
	$(BIN)/python -m tests.deploy.services --get
	$(BIN)/python -m pytest -q --override-ini 'addopts=--strict-markers --import-mode=importlib' tests/deploy
	@cat build/deploy/figures.txt

test-office: $(VENV)/dev.stamp ## decks and workbooks opened by LibreOffice; the slides as pictures into build/office
	$(BIN)/python -m tests.office.programs --get
	$(BIN)/python -m pytest -q --override-ini 'addopts=--strict-markers --import-mode=importlib' tests/office

test-image: $(VENV)/dev.stamp ## the Dockerfile built and run, the unit under systemd, the compose file read by Docker's own; needs root
	$(BIN)/python tests/browser/chromium.py --get
	$(BIN)/python -m tests.image.programs --get
	$(BIN)/python -m pytest -q --override-ini 'addopts=--strict-markers --import-mode=importlib' tests/image

SECONDS ?= 300
fuzz: $(VENV)/dev.stamp ## look for bytes that break the reading, for 300 seconds and more (longer: make fuzz SECONDS=3600)
	$(PIP) 'atheris>=3,<4'
	@mkdir -p build/fuzz
	$(BIN)/python -m tests.fuzz.mutate_reading 2000
	$(BIN)/python tests/fuzz/fuzz_reading.py -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -max_len=8192 -artifact_prefix=build/fuzz/

bench: $(VENV)/dev.stamp ## speed, memory and scale beside their peers, in one run
	$(BIN)/python tests/browser/chromium.py --get
	$(BIN)/python -m benchmarks.bench

evaluate: $(VENV)/run.stamp ## how well the codebooks read comments that people labelled
	$(BIN)/python -m evaluation.evaluate

docs: $(VENV)/run.stamp ## write docs/glossary.md from the docstrings and docs/files.md from made-up files
	$(BIN)/python docs/make_glossary.py
	$(BIN)/python docs/make_files.py

screenshots: $(VENV)/dev.stamp ## every page, both themes, narrow and wide, into build/screenshots
	$(BIN)/python tests/browser/chromium.py --get
	$(BIN)/python -m tests.browser.screenshots

lock: $(VENV)/run.stamp ## pin the newest fitting versions of requirements*.in in requirements*.txt
	$(PIP) uv
	$(COMPILE) --upgrade requirements.in --output-file requirements.txt
	$(COMPILE) --upgrade requirements-dev.in --output-file requirements-dev.txt

clean: ## remove what these commands made, the environment too
	rm -rf $(VENV) build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment is made once; when a lock changes, what it pins is installed into it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and f"Python 3.11 or later is needed; {sys.executable} is {v[0]}.{v[1]}. Name another one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'Python could not make an environment. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
