"""Every verb on systems once: how to come to it, how to do it, who may, and from where."""

from files_registry.systems import workflow
from files_registry.systems.models import AgreementStatus as S
from nerima_privacy.calendars.periods import today
from tests.every_verb import Example, with_starts
from tests.files_registry.systems import making

UNIT = {"manager", "officer", "second_officer"}


def _edit(cast, system, actor):
    data = {**making.NAMED, "purpose": "賦課"}
    return workflow.edit_system(system.pk, data=data, valid_from=system.valid_from, actor=actor)


def _name(cast, system, actor):
    return workflow.name_administrator(system.pk, person_pk=cast.second_clerk.pk, valid_from=today(), actor=actor)


def _propose(cast, link, actor):
    return workflow.propose(link.system_id, link.file.unit_id, "logs", data=making.facts(), actor=actor)


EXAMPLES: dict[str, Example] = {
    "register_system": Example(
        lambda cast: cast.tax,
        lambda cast, unit, actor: workflow.register_system(unit.pk, data=making.NAMED, valid_from=today(), actor=actor),
        UNIT,
        quiet=True,
    ),
    "edit_system": Example(making.registered, _edit, UNIT),
    "retire_system": Example(
        making.administered,
        lambda cast, system, actor: workflow.retire_system(
            system.pk, last_day=today(), reason="移行した。", actor=actor
        ),
        UNIT,
    ),
    "name_administrator": Example(making.administered, _name, UNIT),
    "end_administrator": Example(
        making.administered,
        lambda cast, system, actor: workflow.end_administrator(
            system.pk, last_day=today(), reason="担当替え", actor=actor
        ),
        UNIT,
    ),
    "withdraw_administrator": Example(
        making.administered,
        lambda cast, system, actor: workflow.withdraw_administrator(system.pk, reason="人ちがい", actor=actor),
        UNIT,
    ),
    "link_file": Example(
        lambda cast: (making.administered(cast), making.ledger_steps.held(cast)),
        lambda cast, both, actor: workflow.link_file(both[1].pk, system_pk=both[0].pk, valid_from=today(), actor=actor),
        UNIT,
    ),
    "unlink_file": Example(
        making.linked,
        lambda cast, link, actor: workflow.unlink_file(link.pk, last_day=today(), reason="移した。", actor=actor),
        UNIT,
    ),
    "propose": Example(making.linked, _propose, {"manager", "clerk"}),
    "agree": Example(
        making.proposed,
        lambda cast, agreement, actor: workflow.agree(agreement.pk, actor=actor),
        {"clerk"},
        {S.PROPOSED},
    ),
    "refuse": Example(
        making.proposed,
        lambda cast, agreement, actor: workflow.refuse(agreement.pk, reason="足りない。", actor=actor),
        {"clerk"},
        {S.PROPOSED},
    ),
    "withdraw": Example(
        making.proposed,
        lambda cast, agreement, actor: workflow.withdraw(agreement.pk, reason="書き直す。", actor=actor),
        {"manager"},
        {S.PROPOSED},
    ),
}
ON_AGREEMENTS = with_starts(EXAMPLES)
