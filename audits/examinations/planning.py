"""What must hold of a plan before it is written, submitted and approved (第7条第2項・第24条)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from audits.examinations.approving import nobody_approves
from audits.examinations.independence import Conflict, conflicts
from audits.examinations.models import Audit, Occasion
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

SENTENCES = 5
KEEP, DROP = "keep", "drop"


@dataclass(frozen=True)
class Plan:
    """A plan as typed: texts, days, and the keys of people and units.

    `tied` says what becomes of a unit to which somebody sent is tied: KEEP it for the others alone, or DROP it.
    """

    title: str
    occasion: str
    purpose: str
    matters: str
    officers: Collection[int]
    units: Collection[int]
    begins_on: date | None
    ends_on: date | None
    tied: str = ""

    @property
    def texts(self) -> dict[str, Any]:
        """The plain fields, as an audit holds them."""
        return {
            "title": self.title.strip(),
            "occasion": self.occasion,
            "purpose": self.purpose.strip(),
            "matters": self.matters.strip(),
            "begins_on": self.begins_on,
            "ends_on": self.ends_on,
        }


def chosen(officers: Collection[int], units: Collection[int]) -> tuple[list[Person], list[Unit]]:
    """The people and units that are named by their keys."""
    people = list(Person.objects.filter(pk__in=officers).order_by("kana", "pk"))
    return people, list(Unit.objects.filter(pk__in=units).select_related("parent").order_by("code"))


def checked(plan: Plan, planner: Person) -> tuple[list[Person], list[Unit]]:
    """The people and units of a plan that holds. Invalid with a sentence for each field that does not."""
    people, units = chosen(plan.officers, plan.units)
    if plan.tied == DROP:
        tied = {conflict.unit for conflict in conflicts(people, units, today())}
        units = [unit for unit in units if unit not in tied]
    errors = _of_texts(plan) | _of_days(plan) | _of_people(people, plan.begins_on) | _of_units(units, plan.begins_on)
    if plan.begins_on is not None and plan.begins_on < today():
        errors["begins_on"] = "きょうからあとの日にしてください。"
    errors |= _independent(people, units, errors, kept=plan.tied == KEEP)
    _refuse(errors | _approvable(people, {planner.pk}, errors))
    return people, units


def check_again(audit: Audit, submitter: Person | None = None) -> None:
    """Ask of a plan what may have changed since it was written. Invalid when it does not hold any more.

    Who is tied to a unit by now does not examine it, as `sight` says; it is refused when nobody else does.
    """
    people = list(audit.officers.order_by("kana", "pk"))
    units = list(audit.units.select_related("parent").order_by("code"))
    errors = _of_people(people, audit.begins_on) | _of_units(units, audit.begins_on)
    errors |= _independent(people, units, errors, kept=True)
    if submitter is not None:
        errors |= _approvable(people, {audit.planned_by_id, submitter.pk}, errors)
    _refuse(errors)


def _refuse(errors: dict[str, str]) -> None:
    if errors:
        raise Invalid(errors)


def _of_texts(plan: Plan) -> dict[str, str]:
    found = {}
    texts = (
        ("title", "件名を書いてください。例　令和8年度　区民窓口の監査", 120),
        ("purpose", "何のために監査するかを書いてください。", 400),
        ("matters", "何を調べるかを書いてください。例　台帳の記載、アクセス権の棚卸し", 4000),
    )
    for name, missing, most in texts:
        text = getattr(plan, name)
        if not text.strip():
            found[name] = missing
        elif len(text) > most:
            found[name] = f"{most:,}字以内で書いてください。いま{len(text):,}字あります。"
    if plan.occasion not in Occasion.values:
        found["occasion"] = "定期か随時かを選んでください。"
    return found


def _of_days(plan: Plan) -> dict[str, str]:
    first, last = plan.begins_on, plan.ends_on
    if first is None:
        return {"begins_on": "いつからかを書いてください。例　令和8年12月1日"}
    if last is None:
        return {"ends_on": "いつまでかを書いてください。例　令和9年3月31日"}
    if last < first or last < today():
        return {"ends_on": f"{wareki(max(first, today()))}以後の日にしてください。"}
    longest = first + timedelta(days=int(parameter("audit.longest_days")))
    if last > longest:
        return {"ends_on": f"一度に承認を求められるのは{wareki(longest)}までです。のばすときは、別に承認を求めます。"}
    return {}


def _starts(begins_on: date | None) -> date:
    """The day people and units are asked about: the first of the audit, today once that has passed."""
    return max(begins_on or today(), today())


def _of_people(people: Iterable[Person], begins_on: date | None) -> dict[str, str]:
    people = list(people)
    if not people:
        return {"officers": "監査責任者を選んでください。"}
    on = _starts(begins_on)
    seats = Appointment.objects.filter(valid_on(on), seat=Seat.AUDIT_OFFICER, person__in=people)
    seated = set(seats.filter(person__is_active=True).values_list("person", flat=True))
    without = [person.name for person in people if person.pk not in seated]
    if without:
        return {"officers": f"{wareki(on)}に監査責任者でない人がいます：{'、'.join(without)}（第7条第2項）"}
    return {}


def _of_units(units: Iterable[Unit], begins_on: date | None) -> dict[str, str]:
    units = list(units)
    if not units:
        return {"units": "監査する組織を選んでください。"}
    on = _starts(begins_on)
    gone = [unit.full_name for unit in units if unit.valid_from > on or (unit.valid_to and unit.valid_to < on)]
    if gone:
        return {"units": f"{wareki(on)}にはない組織があります：{'、'.join(gone[:SENTENCES])}"}
    return {}


def _independent(people: list[Person], units: list[Unit], errors: dict[str, str], *, kept: bool) -> dict[str, str]:
    """Nobody examines the own unit, the 部 above it, or what is under the own 部 (第7条第2項).

    `kept`: a unit stays for those who are not tied to it. Each needs one, and each who is sent a unit to examine.
    """
    if "units" in errors or not people:
        return {}
    found = conflicts(people, units, today())
    bare, idle = left_alone(found, people, units)
    if bare:
        return {"units": _sentences([one for one in found if one.unit in bare])}
    if idle:
        names = "、".join(f"{person.name}さん" for person in idle)
        return {"officers": f"{names}は、選んだ組織のどれも監査できません（第7条第2項）。"}
    return {} if kept or not found else {"units": _sentences(found)}


def left_alone(found: list[Conflict], people: list[Person], units: list[Unit]) -> tuple[list[Unit], list[Person]]:
    """The units to which everybody is tied, and the people who are tied to every unit."""
    tied = {(one.person.pk, one.unit.pk) for one in found}
    bare = [unit for unit in units if all((person.pk, unit.pk) in tied for person in people)]
    return bare, [person for person in people if all((person.pk, unit.pk) in tied for unit in units)]


def _sentences(found: list[Conflict]) -> str:
    rest = f"ほかに{len(found) - SENTENCES}件あります。" if len(found) > SENTENCES else ""
    return "".join(one.sentence for one in found[:SENTENCES]) + rest


def _approvable(people: list[Person], hands: set[int], errors: dict[str, str]) -> dict[str, str]:
    """Somebody can approve it: not only who plans it or is sent on it sits as 総括保護管理者 (第7条第2項)."""
    if "officers" in errors:
        return {}
    holder = nobody_approves(hands | {person.pk for person in people})
    if holder is None:
        return {}
    if holder.pk in {person.pk for person in people}:
        change = "別の監査責任者を選んでください。"
    else:
        change = "別の監査責任者が計画し、承認を求めてください。"
    words = f"{holder.name}さんが総括保護管理者の職務を行っているので、この監査を承認できる人がいません。"
    return {"officers": words + change}
