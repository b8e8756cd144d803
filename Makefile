# Every task of the project. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SCALE ?= 1
KEEP ?=
ONLY ?=
DATABASE_URL ?=
PY := .venv/bin/python
# One process for each core, but no more than Redis has databases for; PYTEST_XDIST_AUTO_NUM_WORKERS names another number.
SUITE := $(PY) -m pytest -q -p tests.workers -n auto --maxprocesses 8 --dist worksteal -m "not browser"
.DEFAULT_GOAL := help
.PHONY: help setup dev demo demo-reset test test-postgres test-browser lint bench guideline query-counts lock

help:  ## この一覧を表示する
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*##/  make \1\t/' | expand -t 24

.venv/.installed-%: %.lock
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

setup: .venv/.installed-requirements  ## 動かすのに要るものを .venv に入れる

dev: .venv/.installed-requirements-dev  ## 開発とテストに要るものも入れる

demo: export MODE = demo
demo: setup  ## 見本の区を読み込み、サイトを始める（PORT=8000）
	@$(PY) manage.py load_demo --migrate --accounts
	@echo; echo "  http://$(HOST):$(PORT)/ を開いてください（止めるときは Ctrl+C）"; echo
	@.venv/bin/celery -A nerima_privacy --skip-checks beat --pidfile= --loglevel error >/dev/null & beat=$$!; \
	trap 'kill $$beat 2>/dev/null' EXIT; \
	.venv/bin/gunicorn nerima_privacy.wsgi --bind $(HOST):$(PORT) --workers 1 --threads 8 --log-level warning

demo-reset: export MODE = demo
demo-reset: setup  ## 見本の区を初めの状態に戻す
	@rm -rf var/nerima.sqlite3* var/anchor var/media var/celerybeat-schedule*
	@$(PY) manage.py load_demo --migrate

test: export MODE = test
test: dev  ## 全テスト（SQLite、外のサービスなし）
	$(SUITE)

test-postgres: export MODE = test
test-postgres: export DATABASE_URL := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/postgres)
test-postgres: export REDIS_URL := $(or $(REDIS_URL),redis://127.0.0.1:6379/5)
test-postgres: dev  ## 同じテストを PostgreSQL と Redis 上の Celery で
	$(SUITE)

test-browser: export MODE = test
test-browser: dev  ## 本物の Chromium で通しの操作と axe
	$(PY) -m pytest -q -m browser

lint: export MODE = test
lint: dev  ## 書き方・型・層・テンプレート・移行・文書の検査
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	@# Without --check: its formatter breaks lines inside sentences and buttons, and Japanese shows each break as a blank.
	.venv/bin/djlint --lint --quiet templates
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py guideline --check

bench: export MODE = test
bench: dev  ## 速さを測る（SCALE=10、DATABASE_URL で PostgreSQL、KEEP=1 で測るだけ、ONLY=題の語）
	$(PY) -m tests.bench --scale $(SCALE) $(if $(KEEP),--keep) $(if $(ONLY),--only '$(ONLY)')

guideline: dev  ## docs/guideline.md を作り直す
	$(PY) manage.py guideline

query-counts: dev  ## tests/query_counts.json を作り直す
	UPDATE_QUERY_COUNTS=1 MODE=test $(PY) -m pytest -q tests/test_query_counts.py

lock: dev  ## requirements*.lock を作り直す（ハッシュつき、取得先の名なし）
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements-dev.lock
