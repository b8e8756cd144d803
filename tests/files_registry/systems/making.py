"""Systems, administrators, links and agreements for tests, made by the verbs themselves.

The system is 税務課's; `clerk` administers it, 税務課's file is in it, `manager` speaks for the file.
"""

from datetime import timedelta

from files_registry.systems import workflow
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemAgreement, SystemFile
from nerima_privacy.calendars.periods import today
from tests.files_registry import ledger_steps
from tests.interruption import every_row as everything  # noqa: F401 - what a refusal must leave

NAMED = {"name": "税務システム", "purpose": "賦課と収納"}
MODELS = (InformationSystem, SystemAdministrator, SystemFile, SystemAgreement)


def day(days):
    return today() + timedelta(days=days)


def facts(**data):
    """What a proposal says."""
    return {"words": "毎月点検する。", "valid_from": today(), "review_on": day(300), **data}


def registered(cast, unit=None, actor=None, **data):
    unit = unit or cast.tax
    begins = data.pop("valid_from", day(-400))
    return workflow.register_system(unit.pk, data={**NAMED, **data}, valid_from=begins, actor=actor or cast.officer)


def administered(cast, who="clerk", on=None, system=None, actor=None):
    """A system that somebody administers, since yesterday."""
    system = system or registered(cast)
    workflow.name_administrator(
        system.pk, person_pk=cast.people[who].pk, valid_from=on or day(-1), actor=actor or cast.officer
    )
    return system


def linked(cast, system=None, file=None, actor=None):
    """A file of 税務課, held since today, in an administered system."""
    system = system or administered(cast)
    file = file or ledger_steps.held(cast)
    return workflow.link_file(file.pk, system_pk=system.pk, valid_from=today(), actor=actor or cast.officer)


def proposed(cast, who="manager", topic="accounts", link=None, **data):
    link = link or linked(cast)
    return workflow.propose(link.system_id, link.file.unit_id, topic, data=facts(**data), actor=cast.people[who])


def agreed(cast, topic="accounts", link=None, **data):
    agreement = proposed(cast, topic=topic, link=link, **data)
    return workflow.agree(agreement.pk, actor=cast.clerk)
