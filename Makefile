PYTHON ?= python3
ARGS ?=
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help run test lint soak bench demo-pictures lock wheel clean .run .dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: .run ## start the program; ARGS="demo --headless" and the like are passed on
	@$(BIN)/oms-desktop $(ARGS)

test: .dev ## run the tests on two cores; ARGS are passed to pytest
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

lint: .dev ## check style, format, types and import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

soak: .dev ## run the long, repeated tests
	@$(BIN)/pytest -m soak --timeout 5400 $(ARGS)

bench: .dev ## measure imports, the queue, scans and promises against their goals; ends 1 when one is missed
	@missed=0; for name in import queue reserve scan wave; do \
		echo "$$name" >&2; $(BIN)/python -m benchmarks.$$name $(ARGS) || missed=1; done; exit $$missed

demo-pictures: .dev ## grab the screens of the demo into build/pictures; ARGS="--beside DIR" compares
	@$(BIN)/python -m tools.demo_pictures $(ARGS)

lock: .dev ## pin all dependencies anew, with hashes
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

wheel: .dev ## build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation

clean: ## remove what was built or cached; .venv stays
	@rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.run:
	@$(PYTHON) tools/bootstrap.py run

.dev:
	@$(PYTHON) tools/bootstrap.py dev
