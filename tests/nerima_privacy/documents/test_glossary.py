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
