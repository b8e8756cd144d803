"""How versions come, take effect and go. Helpers of the verbs: they lock and write, but ask and record nothing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from files_registry.catalogue.cells import FORM_FIELDS
from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.catalogue.searching import search_text
from nerima_privacy.activity.history import attribute
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.refusals import Invalid
from roles.models import Person, Unit

MOST_PERSONS = 100_000_000


def propose(
    file: PersonalInformationFile, base: FileVersion | None, data: Mapping[str, Any], *, actor: Person
) -> FileVersion:
    """A version to be notified: a copy of `base`, or empty cells of the file's unit, with `data` written over it."""
    unit = file.unit
    version = FileVersion(file=file, number=_next_number(file), organ=unit.organ, unit=unit)
    if base is not None:
        for field in FORM_FIELDS:
            setattr(version, field, getattr(base, field))
    write_cells(version, data)
    attribute(version, actor=actor).save()
    return version


def _next_number(file: PersonalInformationFile) -> int:
    last = file.versions.aggregate(last=models.Max("number"))["last"] if file.pk else None
    return (last or 0) + 1


def write_cells(version: FileVersion, data: Mapping[str, Any]) -> list[str]:
    """Put `data` (model field → value) into the cells, unsaved; answers the fields that changed.

    Raises Invalid with a sentence per field: unknown field, too long, control characters, no living 課 or 学校.
    """
    unknown = set(data) - set(FORM_FIELDS)
    if unknown:
        raise Invalid(dict.fromkeys(unknown, "この欄はありません。"))
    before = {field: getattr(version, field) for field in data}
    for field, value in data.items():
        setattr(version, field, _clean(value))
    errors = {**_field_errors(version), **(_unit_errors(version.unit) if "unit" in data else {})}
    if errors:
        raise Invalid(errors)
    version.unit_label = version.unit.full_name
    return [field for field, value in before.items() if getattr(version, field) != value]


def _clean(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def _field_errors(version: FileVersion) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name in FORM_FIELDS:
        field, value = FileVersion._meta.get_field(name), getattr(version, name)
        if isinstance(value, str):
            limit = getattr(field, "max_length", None)
            if limit and len(value) > limit:
                errors[name] = f"{limit:,}字以内で書いてください（いま{len(value):,}字）。"
            elif any(character < " " and character not in "\n\t" for character in value):
                errors[name] = "使えない文字（制御文字）が含まれています。"
    if version.persons is not None and version.persons > MOST_PERSONS:
        errors["persons"] = f"{MOST_PERSONS:,}人以下の数を書いてください。"
    try:
        version.clean_fields(exclude=[f.name for f in FileVersion._meta.fields if f.name not in FORM_FIELDS])
    except ValidationError as error:
        errors = {name: " ".join(messages) for name, messages in error.message_dict.items()} | errors
    return errors


def _unit_errors(unit: Unit) -> dict[str, str]:
    if not (unit.is_section or unit.is_school):
        return {"unit": "課または学校を選んでください。"}
    return {}


def put_in_force(version: FileVersion, *, on: date, actor: Person, reason: str = "") -> PersonalInformationFile:
    """Make `version` the one in force from `on`; the one before stays readable as an old version.

    Raises Invalid when `on` is before the first day of the version in force. Two on one day: the later one counts.
    """
    file = lock_file(version.file_id)
    old = file.current
    if old is not None and old.pk != version.pk:
        first = old.in_force_from
        if first and on < first:
            raise Invalid({"on": f"いまの版が有効になった{wareki(first)}以後の日にしてください。"})
        last = on - timedelta(days=1)
        old.status, old.in_force_to = VersionStatus.SUPERSEDED, max(last, first) if first else last
        attribute(old, actor=actor, reason=reason).save(update_fields=["status", "in_force_to"])
    version.status, version.in_force_from = VersionStatus.IN_FORCE, on
    attribute(version, actor=actor, reason=reason).save(update_fields=["status", "in_force_from"])
    file.current, file.name, file.unit = version, version.name, version.unit
    file.search_text = search_text(version, file.number)
    if file.status != FileStatus.HELD:
        file.status, file.held_from = FileStatus.HELD, on
    attribute(file, actor=actor, reason=reason).save()
    return file


def lock_file(pk: int) -> PersonalInformationFile:
    """The file, locked until the transaction ends, with what verbs need of it."""
    return (
        PersonalInformationFile.objects.select_for_update(of=("self",))
        .select_related("current", "unit__parent", "unit__organ")
        .get(pk=pk)
    )


def drop(version: FileVersion, *, actor: Person, reason: str) -> None:
    """A proposed version whose notification was withdrawn; it stays readable."""
    version.status = VersionStatus.DROPPED
    attribute(version, actor=actor, reason=reason).save(update_fields=["status"])


def mark_filed(file: PersonalInformationFile, *, on: date, actor: Person) -> None:
    """Remember the first day the file was notified."""
    if file.first_filed_on is None:
        file.first_filed_on = on
        attribute(file, actor=actor).save(update_fields=["first_filed_on"])


def abandon(file_pk: int, *, actor: Person, reason: str) -> PersonalInformationFile:
    """A file that will not be held after all."""
    file = lock_file(file_pk)
    file.status = FileStatus.ABANDONED
    attribute(file, actor=actor, reason=reason).save(update_fields=["status"])
    return file


def cease(file_pk: int, *, on: date, actor: Person, reason: str) -> PersonalInformationFile:
    """The file is no longer held since `on`. Its last version stays where it can be read."""
    file = lock_file(file_pk)
    if file.current is not None:
        file.current.status, file.current.in_force_to = VersionStatus.SUPERSEDED, on
        attribute(file.current, actor=actor, reason=reason).save(update_fields=["status", "in_force_to"])
    file.status, file.ceased_on = FileStatus.CEASED, on
    attribute(file, actor=actor, reason=reason).save(update_fields=["status", "ceased_on"])
    return file
