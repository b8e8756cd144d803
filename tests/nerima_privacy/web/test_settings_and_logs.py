"""Settings that are missing are named; logs tell nothing of people."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as site

from nerima_privacy.web import checks

SOUND = {
    "MODE": "production",
    "SECRET_KEY": "k9" * 20 + "abcdefghijklmnop-0123456789",
    "ALLOWED_HOSTS": "privacy.example.lg.jp",
    "PUBLIC_URL": "https://privacy.example.lg.jp",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}


def run(*command, **env):
    """A process with these variables and none of ours."""
    return subprocess.run(  # noqa: S603  our own interpreter and our own arguments
        [sys.executable, *command],
        cwd=site.BASE_DIR,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def in_production(script, folder):
    """What the script prints to its logs as the site in production would."""
    result = run(
        "-c",
        script,
        MODE="production",
        DJANGO_SETTINGS_MODULE="nerima_privacy.settings",
        SECRET_KEY=SOUND["SECRET_KEY"],
        ALLOWED_HOSTS="testserver",
        DATABASE_URL=f"sqlite:///{folder}/logs.sqlite3",
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stderr


def test_production_with_all_it_needs_checks_without_a_warning():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SOUND)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_the_site_does_not_start_in_production_with_nothing_and_names_each_thing_missing():
    result = run("-c", "import nerima_privacy.wsgi", MODE="production")
    assert result.returncode == 1
    for number in ("E001", "E002", "E003", "E004"):
        assert f"nerima_privacy.{number}" in result.stderr


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"MODE": "produktion"}, "nerima_privacy.E005"),
        ({"SECRET_KEY": ""}, "nerima_privacy.E001"),
        ({"PUBLIC_URL": "http://privacy.example.lg.jp"}, "nerima_privacy.E003"),
        ({"ALLOWED_HOSTS": ["*"]}, "nerima_privacy.E002"),
        ({"ACTIVITY_ANCHOR": "/dev/null/anchor.jsonl"}, "nerima_privacy.E006"),
    ],
)
def test_a_wrong_setting_is_named(settings, change, fault):
    sound = {
        "MODE": "production",
        "PRODUCTION": True,
        "PUBLIC_URL": "https://a.example",
        "ALLOWED_HOSTS": ["a.example"],
    }
    databases = {"default": {"ENGINE": "django.db.backends.postgresql"}}
    for name, value in {**sound, "DATABASES": databases, **change}.items():
        setattr(settings, name, value)
    found = [*checks.settings_of_production(None), *checks.anchor_is_writable(None)]
    assert [error.id for error in found] == [fault]


@pytest.mark.django_db
def test_the_database_of_the_suite_has_trigrams_of_japanese():
    assert checks.japanese_has_trigrams(None, databases=["default"]) == []


REQUESTS = """
import django, logging
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
from django.test import Client
from django.core.management import call_command
call_command("migrate", verbosity=0)
client = Client(raise_request_exception=False, headers={"x-forwarded-proto": "https"})
client.get("/login/?q=山田太郎", REMOTE_ADDR="10.9.8.7", HTTP_USER_AGENT="Browser of Hanako")
client.get("/register/nowhere/?q=山田太郎", REMOTE_ADDR="10.9.8.7")
client.post("/login/", {"username": "T-himitsu", "password": "aikotoba"}, REMOTE_ADDR="10.9.8.7")
try:
    raise ValueError("山田太郎")
except ValueError:
    logging.getLogger("django.request").exception("Internal Server Error: %s", "/files/")
"""


def test_logs_hold_no_query_no_address_no_name_and_no_words_of_an_exception(tmp_path):
    printed = in_production(REQUESTS, tmp_path)
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert any(line.get("request") == "GET /login/" for line in lines), printed[-2000:]
    assert all(line.get("request_id") for line in lines if line["event"] == "request_finished")
    for secret in ("山田太郎", "10.9.8.7", "T-himitsu", "aikotoba", "Hanako"):
        assert secret not in printed
    assert any("builtins.ValueError" in line.get("exception", "") for line in lines)


WORKER = """
import django
django.setup()
from nerima_privacy.celery import app
app.log.setup()  # as a worker and the beat do when they start


@app.task
def fails(typed):
    raise ValueError(f"Hanako {typed}")


fails.apply(args=["aikotoba"])
"""


def test_a_worker_logs_as_the_site_does(tmp_path):
    printed = in_production(WORKER, tmp_path)
    lines = [json.loads(line) for line in printed.splitlines()]
    assert any("fails" in line["event"] and "builtins.ValueError" in line["exception"] for line in lines)
    for secret in ("Hanako", "aikotoba"):
        assert secret not in printed
