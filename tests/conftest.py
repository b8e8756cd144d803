"""Fixtures every test may use."""

import pytest

from tests.cast import Cast, build


@pytest.fixture
def cast(db) -> Cast:
    """The people of the suite, with their units and seats."""
    return build()


@pytest.fixture(autouse=True)
def anchor(tmp_path, settings):
    """Each test anchors its activity in a folder of its own."""
    settings.ACTIVITY_ANCHOR = str(tmp_path / "anchor.jsonl")
