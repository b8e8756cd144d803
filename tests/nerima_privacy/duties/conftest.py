"""An empty registry for tests that declare duties of their own."""

import pytest

from nerima_privacy.duties import desk, registry


@pytest.fixture
def no_duties(monkeypatch):
    """Nothing is declared but what the test declares."""
    monkeypatch.setattr(registry, "_duties", {})


@pytest.fixture
def no_work(monkeypatch):
    """No area puts work on a desk but the test."""
    monkeypatch.setattr(desk, "_providers", [])
