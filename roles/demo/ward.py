"""`load_ward()`: writes the demonstration ward into an empty database."""

from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from roles.demo import units as data
from roles.demo.staffing import START, Staffing
from roles.models import Appointment, Organ, Person, Posting, Unit
from roles.people import system_actor

M = TypeVar("M", bound=Model)
REASON = "デモンストレーションのデータの読み込み"


def load_ward() -> None:
    """Units, people, postings and appointments, with their history, in one transaction.

    Does nothing where there are units already. RuntimeError in production: its accounts have a public password.
    """
    if settings.PRODUCTION:
        raise RuntimeError("the demonstration ward is never loaded in production")
    with transaction.atomic():
        if Unit.objects.exists():
            return
        units = _load_units()
        staffing = Staffing(units)
        staffing.fill()
        _write(Person, staffing.people)
        _write(Posting, staffing.postings)
        _write(Appointment, staffing.appointments)
        record(
            "ward.demonstration_loaded",
            actor=system_actor(),
            subject=Organ.objects.get(code="10"),
            reason=REASON,
            facts={"units": len(units), "people": len(staffing.people), "appointments": len(staffing.appointments)},
        )


def _write(model: type[M], rows: list[M]) -> list[M]:
    return bulk_create_with_history(
        rows, model, batch_size=200, default_user=system_actor(), default_change_reason=REASON
    )


def _load_units() -> list[Unit]:
    organs = {
        organ.code: organ for organ in _write(Organ, [Organ(code=c, name=n, under_act=a) for c, n, a in data.ORGANS])
    }
    departments = _write(
        Unit,
        [
            _unit(code, name, organs[organ], is_department=True, is_section=dual)
            for rows, dual in ((data.DEPARTMENTS, False), (data.DUAL_UNITS, True))
            for code, name, organ, *_ in rows
        ],
    )
    above = {unit.code: unit for unit in departments}
    sections = [
        _unit(str(int(code) + 10 * n), section, organs[organ], is_section=True, parent=above[code])
        for code, _, organ, names in data.DEPARTMENTS
        for n, section in enumerate(names.split(), start=1)
    ]
    schools = [_unit(code, name, organs["20"], is_school=True) for code, name in data.SCHOOLS]
    ends = dict(zip(data.MERGERS, _fiscal_year_ends(), strict=True))
    for school in schools:
        school.valid_to = ends.get(school.code)
    lower = _write(Unit, [*sections, *schools])
    by_code = {unit.code: unit for unit in lower}
    for closed, taker in data.MERGERS.items():
        unit = attribute(by_code[closed], actor=system_actor(), reason="学校の統合（模擬）")
        unit.successors.add(by_code[taker])
    return [*departments, *lower]


def _fiscal_year_ends() -> tuple[date, date]:
    """The end of last fiscal year and of this one: one merger is over, one is to come."""
    april = Staffing([]).april
    return date(april.year, 3, 31), date(april.year + 1, 3, 31)


def _unit(code: str, name: str, organ: Organ, **facts: Any) -> Unit:
    return Unit(code=code, name=name, organ=organ, address=data.ADDRESS, valid_from=START, **facts)
