"""Grant and guardian's rows, always written together. The verbs that use this lock, allow and record (workflow.py).

For a verb of an upper area that opens a right and closes it again, as an allowed request does (第12条): `open_right`
and `close_right`, inside that verb's transaction; they record nothing of their own.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from files_registry.access.asking import Wish
from files_registry.access.models import (
    FileGroupRight,
    FileUserRight,
    Grant,
    GrantStatus,
    GroupKind,
    Origin,
    PostGroup,
)
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from nerima_privacy.activity.history import attribute, change_many
from roles.models import Appointment, Person, Unit


def post_group(unit: Unit, kind: GroupKind) -> PostGroup:
    """The group of a unit's posts, made when it is first named."""
    found = PostGroup.objects.filter(unit=unit, kind=kind).select_related("group", "unit").first()
    if found is None:
        group, _ = Group.objects.get_or_create(name=f"{unit.code}:{kind}")
        found, _ = PostGroup.objects.get_or_create(unit=unit, kind=kind, defaults={"group": group})
    return found


def permissions() -> dict[str, Permission]:
    """The permissions of a file by codename."""
    of_files = Permission.objects.filter(
        content_type__app_label="files_registry", content_type__model="personalinformationfile"
    )
    return {permission.codename: permission for permission in of_files.filter(codename__in=Right.values)}


def give_rights(grant: Grant, known: dict[str, Permission] | None = None) -> None:
    """Write guardian's rows of a grant just allowed."""
    known = known or permissions()
    shared: dict[str, Any] = {"grant": grant, "content_object": grant.file, "unit": grant.unit}
    shared |= {"begins_at": grant.begins_at, "ends_at": grant.ends_at}
    given = [known[right.value] for right in grant.rights]
    if grant.person_id is not None:
        FileUserRight.objects.bulk_create(FileUserRight(user=grant.person, permission=p, **shared) for p in given)
    elif grant.group is not None:
        FileGroupRight.objects.bulk_create(
            FileGroupRight(group=grant.group.group, permission=p, **shared) for p in given
        )


def take_rights(*grants: Grant) -> None:
    """Delete guardian's rows of grants that are no rights any more."""
    FileUserRight.objects.filter(grant__in=grants).delete()
    FileGroupRight.objects.filter(grant__in=grants).delete()


def write_grant(
    file: PersonalInformationFile,
    wanted: Wish,
    unit: Unit,
    *,
    person: Person | None = None,
    group: PostGroup | None = None,
    origin: Origin,
    asked_by: Person,
    decider: Person | None = None,
    post: Appointment | None = None,
    narrows: Grant | None = None,
    note: str = "",
    form_token: str | None = None,
) -> Grant:
    """A new grant with its rights: allowed where `decider` is named, waiting where nobody is. It records nothing."""
    now = timezone.now()
    row = Grant(file=file, person=person, group=group, unit=unit, origin=origin, asked_by=asked_by, asked_at=now,
                status_since=now, narrows=narrows, form_token=form_token, **wanted.fields())  # fmt: skip
    if decider is not None:
        row.status, row.decided_by, row.decided_at = GrantStatus.GRANTED, decider, now
        row.decided_post, row.decision_note = post.label if post else "", note
    attribute(row, actor=decider or asked_by, reason=note or wanted.purpose).save()
    if decider is not None:
        give_rights(row)
    return row


def open_right(
    file: PersonalInformationFile,
    person: Person,
    *,
    unit: Unit,
    rights: Collection[Right],
    purpose: str,
    begins_at: datetime,
    ends_at: datetime,
    actor: Person,
    post: Appointment | None,
    note: str = "",
) -> Grant:
    """Give a person rights over a file for as long as something allowed lasts. `actor` allowed it, never `person`.

    `unit` is where the person works. Called within the verb that allows it; that verb records.
    """
    wanted = Wish(frozenset(rights), purpose[:400], begins_at, ends_at)
    return write_grant(
        file, wanted, unit, person=person, origin=Origin.HANDLING, asked_by=person, decider=actor, post=post,
        note=note[:1000],
    )  # fmt: skip


def replace_by_less(row: Grant, less: Wish, *, actor: Person, post: Appointment, reason: str) -> Grant:
    """End a grant in force and write the lesser one that takes its place at once (the verb records)."""
    close_right(row, status=GrantStatus.NARROWED, reason=reason, actor=actor)
    return write_grant(
        row.file, less, row.unit, person=row.person, group=row.group, origin=Origin(row.origin), asked_by=row.asked_by,
        decider=actor, post=post, narrows=row, note=reason,
    )  # fmt: skip


def in_its_place(pk: int) -> Grant:
    """The grant `open_right` gave, locked; where it was narrowed since, the one that took its place."""
    locked = Grant.objects.select_for_update(of=("self",))
    grant = locked.get(pk=pk)
    while grant.status == GrantStatus.NARROWED:
        grant = locked.get(narrows=grant)
    return grant


def close_right(grant: Grant, *, status: GrantStatus = GrantStatus.ENDED, reason: str, actor: Person) -> bool:
    """Take back what `open_right` gave, or end any grant in force; False when it is none any more.

    One that is suspended ends too, for it could be restored. The row is expected locked by the verb, or found by it in
    this transaction.
    """
    if grant.status not in {GrantStatus.GRANTED, GrantStatus.SUSPENDED}:
        return False
    close_rights([grant], status=status, reason=reason, actor=actor)
    return True


def close_rights(grants: Sequence[Grant], *, status: GrantStatus, reason: str, actor: Person) -> None:
    """End many grants at once, for one reason, with guardian's rows. The caller has locked them.

    What was suspended ended then, and keeps that moment and why.
    """
    since: dict[str, Any] = {"status": status, "status_since": timezone.now()}
    ended = {**since, "ended_at": since["status_since"], "end_reason": reason[:1000]}
    stopped = [grant for grant in grants if grant.status == GrantStatus.SUSPENDED]
    lasting = [grant for grant in grants if grant.status != GrantStatus.SUSPENDED]
    for rows, values in ((stopped, since), (lasting, ended)):
        change_many(rows, values, actor=actor, reason=reason[:1000])
    take_rights(*grants)
