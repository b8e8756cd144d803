"""The verbs of the register of information systems (第5条第4項).

Those of administrators are in administering.py, those of agreements in agreeing.py.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.policies import unit_post
from files_registry.systems import checks, policies
from files_registry.systems.administering import end_administrator, name_administrator, withdraw_administrator
from files_registry.systems.agreeing import agree, propose, refuse, withdraw
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemFile
from files_registry.systems.telling import around, managers_of, tell
from nerima_privacy.activity.history import attribute, update_many
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person, Unit

__all__ = [
    "agree",
    "edit_system",
    "end_administrator",
    "link_file",
    "name_administrator",
    "propose",
    "refuse",
    "register_system",
    "retire_system",
    "unlink_file",
    "withdraw",
    "withdraw_administrator",
]


@transaction.atomic
def register_system(
    unit_pk: int, *, data: Mapping[str, Any], valid_from: date, token: str = "", actor: Person
) -> InformationSystem:
    """Put a system into the register: 保護責任者・保護担当者 of the unit that runs it (第5条第4項).

    `data`: name, purpose. Raises PermissionDenied, Invalid, MoveRefused (this page has registered it already).
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_pk)
    post = checks.allowed(policies.registering_post(actor, unit.pk))
    if token and InformationSystem.objects.filter(form_token=token).exists():
        raise MoveRefused("この情報システムは、もう登録されています。二度押されたものは登録していません。")
    said = checks.texts(data, "name", "purpose")
    checks.free_name(said["name"])
    system = InformationSystem(**said, unit=unit, valid_from=valid_from, registered_by=actor, form_token=token or None)
    _write(system, actor)
    record("system.registered", actor=actor, subject=system, post=post, facts={"from": valid_from})
    tell("system.registered", system, to=managers_of(system), actor=actor, title=f"情報システムの登録　{system.name}")
    return system


@transaction.atomic
def edit_system(
    pk: int, *, data: Mapping[str, Any], valid_from: date, stamp: int | None = None, actor: Person
) -> InformationSystem:
    """Correct name, purpose and first day: 保護責任者・保護担当者 of its unit (第5条第4項).

    Raises PermissionDenied, Invalid, MoveRefused (retired; changed since the page was opened).
    """
    system = checks.locked(pk)
    post = checks.allowed(policies.registering_post(actor, system.unit_id))
    checks.in_use(system, "記録を改める")
    checks.same_page(system, stamp)
    said = checks.texts(data, "name", "purpose")
    checks.free_name(said["name"], but=system.pk)
    checks.begins_before_its_parts(system, valid_from)
    facts: dict[str, Any] = {**said, "valid_from": valid_from}
    changed = [name for name, value in facts.items() if getattr(system, name) != value]
    if not changed:
        raise Invalid({"__all__": "改めたところがありません。"})
    for name in changed:
        setattr(system, name, facts[name])
    _save(system, actor)
    record("system.edited", actor=actor, subject=system, post=post, changed=changed)
    tell("system.edited", system, to=managers_of(system), actor=actor, title=f"記録の変更　{system.name}")
    return system


@transaction.atomic
def retire_system(
    pk: int, *, last_day: date, reason: str, stamp: int | None = None, actor: Person
) -> InformationSystem:
    """Say on which day a system is last used: 保護責任者・保護担当者 of its unit (第5条第4項).

    The links of files and the administrator end with that day; 保護責任者 of these files are told, for they have to
    say where the files are kept from then on. Raises PermissionDenied, Invalid, MoveRefused.
    """
    system = checks.locked(pk)
    post = checks.allowed(policies.registering_post(actor, system.unit_id))
    checks.same_page(system, stamp)
    if system.valid_to is not None:
        raise MoveRefused(f"この情報システムは、{wareki(system.valid_to)}で使い終えることになっています。")
    reason = checks.text("reason", reason)
    checks.ends_after(system, last_day, "last_day")
    open_on = Q(valid_to=None) | Q(valid_to__gt=last_day)
    links, people = list(system.system_files.filter(open_on)), list(system.administrators.standing().filter(open_on))
    rows: list[SystemFile | SystemAdministrator] = [*links, *people]
    for row in rows:
        checks.ends_after(row, last_day, "last_day")
        row.valid_to = last_day
    told = managers_of(system)
    update_many(SystemFile, links, ["valid_to"], actor=actor, reason=reason)
    update_many(SystemAdministrator, people, ["valid_to"], actor=actor, reason=reason)
    system.valid_to = last_day
    _save(system, actor, reason)
    facts = {"last_day": last_day, "files": len(links)}
    record("system.retired", actor=actor, subject=system, post=post, reason=reason, changed=["valid_to"], facts=facts)
    title = f"情報システムの使用の終わり　{system.name}　{wareki(last_day)}まで"
    tell("system.retired", system, to=told, actor=actor, title=title, body=reason)
    return system


@transaction.atomic
def link_file(file_pk: int, *, system_pk: int, valid_from: date, actor: Person) -> SystemFile:
    """Say that a file held is kept in a system from a day on: 保護責任者・保護担当者 of the file's unit (第5条第4項).

    The system may be of any unit. Raises PermissionDenied, Invalid, MoveRefused (not held; linked already; retired).
    """
    system, file = checks.locked(system_pk), _file(file_pk)
    post = checks.allowed(unit_post(actor, file.unit_id) if actor.is_active else None)
    if file.status != FileStatus.HELD:
        raise MoveRefused(f"「{file.get_status_display()}」のファイルは、情報システムに結びつけられません。")
    checks.in_use(system, "ファイルを結びつける")
    if file.held_from and valid_from < file.held_from:
        raise Invalid({"valid_from": f"保有をはじめた日（{wareki(file.held_from)}）以後の日付にしてください。"})
    checks.begins_within(system, "valid_from", valid_from)
    later = Q(valid_to=None) | Q(valid_to__gte=valid_from)
    there = SystemFile.objects.filter(later, system=system, file=file).first()
    if there:
        until = f"{wareki(there.valid_to)}まで" if there.valid_to else ""
        raise MoveRefused(f"このファイルは、{wareki(there.valid_from)}から{until}「{system.name}」に結びついています。")
    link = SystemFile(system=system, file=file, valid_from=valid_from, valid_to=system.valid_to, linked_by=actor)
    attribute(link, actor=actor).save()
    record("system.file_linked", actor=actor, subject=system, post=post, facts={"file": file.pk, "from": valid_from})
    title = f"ファイルの結びつけ　{system.name}　{file.name}"
    tell("system.file_linked", system, to=around(system, file), actor=actor, title=title)
    return link


@transaction.atomic
def unlink_file(pk: int, *, last_day: date, reason: str, actor: Person) -> SystemFile:
    """Say on which day a file was last kept in a system: 保護責任者・保護担当者 of the file's unit (第5条第4項).

    Raises PermissionDenied, Invalid, MoveRefused (ended already).
    """
    system_pk, file_pk = SystemFile.objects.values_list("system", "file").get(pk=pk)
    system, file = checks.locked(system_pk), _file(file_pk)
    link = SystemFile.objects.select_for_update().get(pk=pk)
    post = checks.allowed(unit_post(actor, file.unit_id) if actor.is_active else None)
    if link.valid_to is not None:
        raise MoveRefused(f"この結びつきは、{wareki(link.valid_to)}で終わることになっています。")
    reason = checks.text("reason", reason)
    checks.ends_after(link, last_day, "last_day")
    link.valid_to = last_day
    attribute(link, actor=actor, reason=reason).save()
    facts = {"file": file.pk, "last_day": last_day}
    record("system.file_unlinked", actor=actor, subject=system, post=post, reason=reason, facts=facts)
    title = f"ファイルの結びつきの終わり　{system.name}　{file.name}"
    tell("system.file_unlinked", system, to=around(system, file), actor=actor, title=title, body=reason)
    return link


def _file(pk: int) -> PersonalInformationFile:
    rows = PersonalInformationFile.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__parent").get(pk=pk)


def _save(system: InformationSystem, actor: Person, reason: str = "") -> None:
    system.stamp += 1
    _write(system, actor, reason)


def _write(system: InformationSystem, actor: Person, reason: str = "") -> None:
    """Two units may give one name at the same moment: the second is told as if it had come later."""
    try:
        with transaction.atomic():
            attribute(system, actor=actor, reason=reason).save()
    except IntegrityError:
        checks.free_name(system.name, but=system.pk)
        raise
