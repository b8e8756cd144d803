import re
from itertools import chain

import pytest
from django.conf import settings

from audits.examinations.models import AuditStatus, Occasion
from files_registry.accounts.models import ComparisonStatus, FindingKind
from files_registry.catalogue.models import Disposal, FileStatus, VersionStatus
from files_registry.filings.models import FilingKind, FilingStatus, Result
from files_registry.handling.acts import Act, Level
from files_registry.handling.models import (
    CheckStatus,
    CorrectionStatus,
    ExtensionStatus,
    HandlingStatus,
    StandingStatus,
)
from files_registry.ledgers.models import EntryKind, MediumStatus, Way
from files_registry.systems.models import AgreementStatus, Side
from roles.seats import Basis, Seat

HANDLING = (Act, Level, HandlingStatus, ExtensionStatus, StandingStatus, CheckStatus, CorrectionStatus)
GLOSSARY = (settings.BASE_DIR / "docs" / "glossary.md").read_text()
ROOMS = ("nerima_privacy", "roles", "files_registry", "incidents", "audits", "training", "templates")
ON_PAGES = GLOSSARY.split("## Words on pages")[1].split("\n## ")[0]
NOT_CHOSEN = [
    (chosen, other)
    for chosen, others in re.findall(r"^\| (\S+) \| .+ \| (\S+) \|$", ON_PAGES, re.M)
    if chosen != "chosen"
    for other in others.split("、")
]


def said():
    """Every line of a page or a message, with where it stands."""
    files = chain.from_iterable((settings.BASE_DIR / room).rglob("*") for room in ROOMS)
    for path in files:
        if path.suffix in {".py", ".html", ".js", ".txt", ".typ"} and "migrations" not in path.parts:
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                yield f"{path.relative_to(settings.BASE_DIR)}:{number}", line


@pytest.mark.parametrize(
    ("value", "label"),
    [
        choice
        for words in (
            *(Seat, Basis, FileStatus, VersionStatus, Disposal, FilingKind, FilingStatus, Result),
            *(EntryKind, Way, MediumStatus),
            *(FindingKind, ComparisonStatus),
            *HANDLING,
            *(AuditStatus, Occasion),
            *(Side, AgreementStatus),
        )
        for choice in words.choices
    ],
)
def test_every_seat_and_status_is_in_the_glossary(value, label):
    assert any(line.startswith(f"| {label} ") and f"`{value}`" in line for line in GLOSSARY.splitlines())


@pytest.mark.parametrize("body", ["第3条の委員会", "練馬区個人情報保護運営委員会", "個人情報保護委員会"])
def test_the_three_bodies_are_told_apart(body):
    assert f"| {body}" in GLOSSARY


def test_pages_and_messages_use_one_word_for_one_thing():
    assert len(NOT_CHOSEN) >= 8
    wrong = [
        f"{where} 「{other}」→「{chosen}」"
        for where, line in said()
        for chosen, other in NOT_CHOSEN
        if other in line.replace(chosen, "")
    ]
    assert wrong == []
