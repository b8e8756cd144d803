"""Tells the legal parameters which kinds, columns and ways there are, so that an administrator can name only those."""

from files_registry.ledgers.models import EntryKind, Way
from files_registry.ledgers.rules import COLUMNS, label_of
from nerima_privacy.law.catalogue import offer_parts

offer_parts(
    "ledger.classes",
    {
        "kinds": {str(value): str(label) for value, label in EntryKind.choices},
        "fields": {name: label_of(name) for name in COLUMNS if name != "remarks"},
    },
)
offer_parts("verification.classes", {"ways": {str(value): str(label) for value, label in Way.choices}})
