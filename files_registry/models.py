"""Re-exports the areas' models for Django; inside an area import the area's own module."""

from files_registry.access.models import FileGroupRight, FileUserRight, Grant, Opening, PostGroup
from files_registry.accounts.models import AccountAnswer, AccountColumns, AccountComparison, AccountFinding
from files_registry.catalogue.models import FileVersion, NumberSeries, PersonalInformationFile
from files_registry.filings.models import Filing
from files_registry.handling.models import (
    Correction,
    Extension,
    HandlingRequest,
    SendingCheck,
    StandingPermission,
    UnitRules,
)
from files_registry.ledgers.models import JointDisposal, LedgerEntry, StoredMedium, Verification
from files_registry.register.models import Edition, EditionEntry, ListingDecision
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemAgreement, SystemFile

__all__ = [
    "AccountAnswer",
    "AccountColumns",
    "AccountComparison",
    "AccountFinding",
    "Correction",
    "Edition",
    "EditionEntry",
    "Extension",
    "FileGroupRight",
    "FileUserRight",
    "FileVersion",
    "Filing",
    "Grant",
    "HandlingRequest",
    "InformationSystem",
    "JointDisposal",
    "LedgerEntry",
    "ListingDecision",
    "NumberSeries",
    "Opening",
    "PersonalInformationFile",
    "PostGroup",
    "SendingCheck",
    "StandingPermission",
    "StoredMedium",
    "SystemAdministrator",
    "SystemAgreement",
    "SystemFile",
    "UnitRules",
    "Verification",
]
