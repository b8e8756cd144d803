"""The table: for each URL name who may, who may know of the thing (403), and for whom it does not exist (404).

One module an area, each with a part of the table; an address stands in one of them.
"""

from tests.access.rules import (
    accounts,
    audits,
    files,
    handling,
    ledgers,
    organisation,
    register,
    rights,
    shell,
    systems,
)
from tests.access.rules.building import EVERYONE, PUBLIC, Rule

__all__ = ["EVERYONE", "PUBLIC", "RULES", "Rule"]
AREAS = (accounts, audits, files, handling, ledgers, organisation, register, rights, shell, systems)
RULES: dict[str, Rule] = {name: rule for area in AREAS for name, rule in area.RULES.items()}
assert len(RULES) == sum(len(area.RULES) for area in AREAS), "an address is listed in two areas"
