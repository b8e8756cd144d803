"""Pages obey the content security policy: nothing inline, nothing from another host; what is vendored is unchanged."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

TEMPLATES = sorted(p for p in (settings.BASE_DIR / "templates").rglob("*.html"))
STATIC = settings.BASE_DIR / "nerima_privacy" / "web" / "static"
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I)
INLINE_STYLE = re.compile(r"<style|<[^>%{]+\sstyle\s*=", re.I)
HANDLER = re.compile(r"<[^>%{]+\son[a-z]+\s*=", re.I)
OTHER_HOST = re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I)


def name(path):
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_nothing_inline_and_asks_no_other_host(path):
    html = path.read_text()
    for what in (INLINE_SCRIPT, INLINE_STYLE, HANDLER, OTHER_HOST):
        assert not what.search(html), f"{path}: {what.search(html)[0]}"
    assert "javascript:" not in html


@pytest.mark.parametrize("path", [p for p in TEMPLATES if 'extends "base.html"' in p.read_text()], ids=name)
def test_a_page_names_itself_in_the_tab_and_in_its_heading(path):
    html = path.read_text()
    assert "{% block title %}" in html
    assert "{% block heading %}" in html or "{% block main %}" in html


@pytest.mark.parametrize("path", [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")], ids=name)
def test_a_style_or_script_asks_no_other_host(path):
    assert not re.search(r"https?://|url\(\s*[\"']?//|@import", path.read_text())


def test_the_policy_is_sent_with_every_answer(db):
    for path in ("/login/", "/nowhere/", "/"):
        policy = Client().get(path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy


def test_other_headers_are_strict(db):
    response = Client().get("/login/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_what_is_vendored_is_what_was_published():
    listed = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor/VENDORED.md").read_text(), re.M))
    there = {str(p.relative_to(STATIC / "vendor")): p for p in (STATIC / "vendor").rglob("*") if p.is_file()}
    there.pop("VENDORED.md")
    assert set(listed) == set(there)
    for file, path in there.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[file], file


def test_no_text_is_smaller_than_fourteen_pixels():
    for css in Path(STATIC / "web").glob("*.css"):
        for size in re.findall(r"font-size:\s*([^;]+);", css.read_text()):
            points = re.fullmatch(r"([\d.]+)(rem|em)", size.strip())
            assert not points or float(points[1]) >= 0.875, f"{css.name}: {size}"
            assert "px" not in size
