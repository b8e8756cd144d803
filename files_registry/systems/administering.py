"""The verbs that say who administers a system (第5条第4項): 保護責任者・保護担当者 of its unit name, end and take back.

Nobody administers for a day they did not: a successor ends the one before the day before, and a naming that was a
mistake is taken back with its reason, which lets the one before go on as if nothing had happened.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from files_registry.systems import checks, policies
from files_registry.systems.acts import has_acted
from files_registry.systems.models import InformationSystem, SystemAdministrator
from files_registry.systems.telling import managers_of, tell
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person

DAY = timedelta(days=1)
TOO_LATE = "取り消せるのは、登録した日のうちか、はじまりの日の前までです。後任の登録か、登録の終わりで改めてください。"


@transaction.atomic
def name_administrator(
    pk: int, *, person_pk: int, valid_from: date, mistaken: str = "", seen: int | None = None, actor: Person
) -> SystemAdministrator:
    """Name who administers a system from a day on; whoever did ends the day before (第5条第4項).

    By 保護責任者・保護担当者 of its unit. `mistaken` is why the last naming was wrong: it is then withdrawn, not ended,
    as `withdraw_administrator` says. `seen` is the row of the administrator the page showed, 0 for none. Raises
    PermissionDenied, Invalid, MoveRefused (retired; somebody else was named since; too late to withdraw).
    """
    system = checks.locked(pk)
    post = checks.allowed(policies.registering_post(actor, system.unit_id))
    checks.in_use(system, "管理者を登録する")
    last = before = _named(system, seen)
    person = Person.objects.get(pk=person_pk)
    checks.begins_within(system, "valid_from", valid_from)
    place = checks.place_of(person, system, valid_from)
    if mistaken.strip():
        _take_back(system, last, checks.text("mistaken", mistaken), actor)
        before = _named(system, None)
    if before and before.person_id == person.pk and before.valid_to is None and before.unit_id == place.pk:
        raise Invalid({"person": f"{person.name}さんは、もう管理者として登録されています。"})
    named = SystemAdministrator(
        system=system, person=person, unit=place, valid_from=valid_from, valid_to=system.valid_to, named_by=actor
    )
    _end_before(named, before, actor)
    attribute(named, actor=actor).save()
    facts = {"from": valid_from, "succeeds": before is not None}
    if last and last is not before:
        facts["withdrawn"] = last.pk
    record("system.administrator_named", actor=actor, subject=system, post=post, reason=mistaken.strip(), facts=facts)
    people = [person, *managers_of(system), *(row.person for row in (before, last) if row)]
    title = f"情報システムの管理者の登録　{system.name}　{wareki(valid_from)}から"
    tell("system.administrator_named", system, to=people, actor=actor, title=title, body=mistaken.strip())
    return named


@transaction.atomic
def end_administrator(
    pk: int, *, last_day: date, reason: str, seen: int | None = None, actor: Person
) -> SystemAdministrator:
    """End the administrator with a day, without a successor: 保護責任者・保護担当者 of its unit (第5条第4項).

    From the next day the system has none, which is a finding while it holds files. Raises PermissionDenied, Invalid,
    MoveRefused (there is none; somebody else was named since).
    """
    system = checks.locked(pk)
    post = checks.allowed(policies.registering_post(actor, system.unit_id))
    named = _named(system, seen)
    if named is None or named.valid_to is not None:
        raise MoveRefused("終えることのできる管理者の登録はありません。")
    reason = checks.text("reason", reason)
    checks.ends_after(named, last_day, "last_day")
    named.valid_to = last_day
    attribute(named, actor=actor, reason=reason).save()
    facts = {"last_day": last_day}
    record("system.administrator_ended", actor=actor, subject=system, post=post, reason=reason, facts=facts)
    title = f"情報システムの管理者の終わり　{system.name}　{wareki(last_day)}まで"
    people = [named.person, *managers_of(system)]
    tell("system.administrator_ended", system, to=people, actor=actor, title=title, body=reason)
    return named


@transaction.atomic
def withdraw_administrator(pk: int, *, reason: str, seen: int | None = None, actor: Person) -> SystemAdministrator:
    """Take back a naming that was a mistake: 保護責任者・保護担当者 of the system's unit, as they named (第5条第4項).

    On the day it was written or before its first day, and only while nothing was done by it: who acted as
    administrator has administered. The one before goes on. Raises PermissionDenied, Invalid, MoveRefused.
    """
    system = checks.locked(pk)
    post = checks.allowed(policies.registering_post(actor, system.unit_id))
    checks.in_use(system, "管理者の登録を取り消す")
    named = _named(system, seen)
    reason = checks.text("reason", reason)
    wrong = _take_back(system, named, reason, actor)
    before = wrong.replaced
    facts = {"withdrawn": wrong.pk, "goes_on": wrong.replaced_id}
    record("system.administrator_withdrawn", actor=actor, subject=system, post=post, reason=reason, facts=facts)
    title = f"情報システムの管理者の登録の取消し　{system.name}"
    people = [wrong.person, *managers_of(system), *([before.person] if before else [])]
    tell("system.administrator_withdrawn", system, to=people, actor=actor, title=title, body=reason)
    return wrong


def can_be_withdrawn(named: SystemAdministrator | None) -> bool:
    """Whether a naming may still be a mistake to take back: nobody was to rely on it for longer than that day."""
    if named is None or named.withdrawn_at is not None:
        return False
    return timezone.localdate(named.named_at) == today() or named.valid_from > today()


def _named(system: InformationSystem, seen: int | None) -> SystemAdministrator | None:
    """The last who was named; MoveRefused when the page showed another."""
    last = system.administrators.standing().select_related("person", "replaced__person").first()
    if seen is not None and seen != (last.pk if last else 0):
        raise MoveRefused(checks.STALE)
    return last


def _take_back(
    system: InformationSystem, named: SystemAdministrator | None, reason: str, actor: Person
) -> SystemAdministrator:
    """Withdraw the naming and let whom it ended go on; answers what was withdrawn."""
    if named is None or not can_be_withdrawn(named):
        raise MoveRefused(TOO_LATE)
    if has_acted(named):
        raise MoveRefused(
            f"{named.person.name}さんは、登録のあとに管理者として行ったことがあるので、登録を取り消せません。"
            "後任の登録か、登録の終わりで改めてください。"
        )
    named.withdrawn_at, named.withdrawn_by, named.withdrawn_reason = timezone.now(), actor, reason
    attribute(named, actor=actor, reason=reason).save()
    before = named.replaced
    if before is not None:
        ends = [day for day in (named.replaced_until, system.valid_to) if day is not None]
        before.valid_to = min(ends, default=None)
        attribute(before, actor=actor, reason="後任の登録の取消しのため").save()
    return named


def _end_before(named: SystemAdministrator, before: SystemAdministrator | None, actor: Person) -> None:
    """End the one before with the day before; one at a time, whatever days are given."""
    if before is None or (before.valid_to is not None and before.valid_to < named.valid_from):
        return
    if before.valid_from >= named.valid_from:
        mistake = "誤って登録したときは、「前の登録が誤りのとき、その理由」も書いてください。"
        said = f"いまの登録は{wareki(before.valid_from)}からです。その翌日以後の日付にしてください。"
        raise Invalid({"valid_from": said + (mistake if can_be_withdrawn(before) else "")})
    named.replaced, named.replaced_until = before, before.valid_to
    before.valid_to = named.valid_from - DAY
    attribute(before, actor=actor, reason="後任の登録のため").save()
