# Every task of the project. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test test-postgres test-browser lint bench lock

help:  ## この一覧
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.installed-%: %.lock
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

setup: .venv/.installed-requirements  ## 動かすのに要るものを .venv に入れる

test: .venv/.installed-requirements-dev  ## 全テスト（SQLite、外のサービスなし）
	MODE=test $(PY) -m pytest -q -m "not browser"

lint: .venv/.installed-requirements-dev  ## 書き方・型・層の検査
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run

lock:  ## requirements*.lock を作り直す（ハッシュつき、取得先なし）
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements-dev.lock
