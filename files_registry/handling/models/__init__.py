"""Nouns of this area, one file each."""

from files_registry.handling.models.checks import CheckStatus, SendingCheck
from files_registry.handling.models.corrections import Correction, CorrectionStatus
from files_registry.handling.models.extensions import Extension, ExtensionStatus
from files_registry.handling.models.requests import Basis, HandlingRequest, HandlingStatus, ReturnKind
from files_registry.handling.models.rules import UnitRules
from files_registry.handling.models.standing import StandingPermission, StandingStatus

__all__ = [
    "Basis",
    "CheckStatus",
    "Correction",
    "CorrectionStatus",
    "Extension",
    "ExtensionStatus",
    "HandlingRequest",
    "HandlingStatus",
    "ReturnKind",
    "SendingCheck",
    "StandingPermission",
    "StandingStatus",
    "UnitRules",
]
