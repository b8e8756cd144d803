"""The verbs on rights over a file (第11条第1項). Each is one transaction that locks the file, then the grant, asks the
policy, checks the table of moves, writes grant and guardian's rows together, records once and tells those concerned.

PermissionDenied when the actor may not, MoveRefused in a wrong state, Invalid with a sentence for each field.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.access import policies
from files_registry.access.asking import Wish, check_file, fewer, ground, less, missing, part, wish
from files_registry.access.effective import grounds_of, takes_grants
from files_registry.access.granting import post_group, replace_by_less, write_grant
from files_registry.access.models import Grant, GrantStatus, GroupKind, Origin
from files_registry.access.moves import check, lock, step
from files_registry.access.telling import tell, tell_deciders
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import load_holdings
from roles.models import Appointment, Person, Unit
from roles.seats import Seat

S = GrantStatus


@transaction.atomic
def request(
    file_pk: int,
    *,
    rights: Collection[str],
    purpose: str,
    ends_on: date | None,
    begins_on: date | None = None,
    form_token: str | None = None,
    actor: Person,
) -> Grant:
    """Ask for rights for oneself. The 保護責任者 of the file's unit, or the seat above, is told.

    MoveRefused when the same person has a request waiting over the file, or holds all of it already.
    """
    file = lock_file(file_pk)
    if not policies.can_request(actor, file):
        raise PermissionDenied
    check_file(file)
    wanted = wish(rights, purpose, ends_on, begins_on)
    unit = ground(actor, file)
    if Grant.objects.filter(file=file, person=actor, status=S.REQUESTED).exists():
        raise MoveRefused("このファイルへのあなたの申請が、決定を待っています。取り下げてから出し直せます。")
    lacking = missing(wanted, file, person=actor, group=None)
    if lacking is None:
        raise MoveRefused("その権限は、その日まですでに許可されています。")
    grant = write_grant(file, lacking, unit, person=actor, origin=Origin.REQUEST, asked_by=actor, form_token=form_token)
    record("access.requested", actor=actor, subject=grant, reason=wanted.purpose, facts=_facts(grant))
    tell_deciders(grant, actor=actor)
    return grant


@transaction.atomic
def propose(
    file_pk: int,
    *,
    people: Collection[int] = (),
    group_unit_id: int | None = None,
    group_kind: str = "",
    rights: Collection[str],
    purpose: str,
    ends_on: date | None,
    begins_on: date | None = None,
    actor: Person,
) -> list[Grant]:
    """Propose rights for several people, or for the posts of a unit, at once. By 保護責任者 or 保護担当者 of the unit.

    From 保護責任者 it is the decision itself. What somebody holds already stays as it is: only what is missing is
    added, and nothing that was left blank here is taken away. One entry, on the file.
    """
    file = lock_file(file_pk)
    post = unit_post(actor, file.unit_id, Seat.PROTECTION_MANAGER) or unit_post(actor, file.unit_id)
    if post is None:
        raise PermissionDenied
    check_file(file)
    wanted = wish(rights, purpose, ends_on, begins_on)
    decides = post.seat == Seat.PROTECTION_MANAGER
    written = [
        write_grant(file, lacking, unit, person=person, group=group, origin=Origin.PROPOSAL, asked_by=actor,
                    decider=actor if decides else None, post=post)
        for person, group, unit, lacking in _meant(file, wanted, people, group_unit_id, group_kind)
    ]  # fmt: skip
    if not written:
        raise MoveRefused("選んだ人は、その権限をその日まですでに持っているか、申請が決定を待っています。")
    verb = "access.given" if decides else "access.proposed"
    facts = {"grants": [grant.pk for grant in written], "rights": sorted(wanted.rights)}
    record(verb, actor=actor, subject=file, post=post, reason=wanted.purpose, facts=facts)
    if decides:
        for grant in written:
            tell("access.given", grant, title="アクセス権が許可されました", actor=actor)
    else:
        tell_deciders(written[0], actor=actor, count=len(written))
    return written


def _meant(
    file: PersonalInformationFile, wanted: Wish, people: Collection[int], unit_id: int | None, kind: str
) -> Iterable[tuple[Person | None, Any, Unit, Wish]]:
    """(person, group, unit, what is missing) for each who is meant and lacks something."""
    if not people and unit_id is None:
        raise Invalid({"people": "だれに出すかを選んでください。"})
    waiting: set[tuple[int | None, int | None]] = set()
    waiting |= set(Grant.objects.filter(file=file, status=S.REQUESTED).values_list("person", "group"))
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        unit = ground(person, file)
        lacking = missing(wanted, file, person=person, group=None)
        if lacking is not None and (person.pk, None) not in waiting:
            yield person, None, unit, lacking
    if unit_id is not None:
        if kind not in GroupKind.values:
            raise Invalid({"group_kind": "どの人たちかを選んでください。"})
        unit = Unit.objects.get(pk=unit_id)
        group = post_group(unit, GroupKind(kind))
        lacking = missing(wanted, file, person=None, group=group)
        if lacking is not None and (None, group.pk) not in waiting:
            yield None, group, unit, lacking


@transaction.atomic
def grant(
    pk: int, *, rights: Collection[str] | None = None, ends_on: date | None = None, note: str = "", actor: Person
) -> Grant:
    """Allow what was asked for, with a condition where there is one. Whom it is for never decides.

    `rights` and `ends_on` allow only a part of it, and say why; without `rights` it is all. What was asked for stays in
    the history. Invalid for more than was asked for.
    """
    row = lock(pk)
    post = _post(actor, row)
    check(row, "grant")
    check_file(row.file)
    if row.person is not None:
        _still_there(row)
    given = None if rights is None else part(row, rights, ends_on)
    lesser = given is not None and fewer(row, given)
    if lesser:
        _reason(note, "申請より少なく許可する理由を書いてください。例　画面で見れば足りるため")
    values = _decided(actor, post, _short(note))
    if given is not None:
        values |= {field: value for field, value in given.fields().items() if getattr(row, field) != value}
    values["begins_at"] = max(row.begins_at, values["decided_at"])
    step(row, "grant", "access.granted", actor=actor, post=post, reason=note, values=values)
    title = "アクセス権が、申請より少なく許可されました" if lesser else "アクセス権が許可されました"
    tell("access.granted", row, title=title, actor=actor, body=note)
    return row


@transaction.atomic
def refuse(pk: int, *, note: str, actor: Person) -> Grant:
    """Do not allow it, and say why."""
    row = lock(pk)
    post = _post(actor, row)
    check(row, "refuse")
    reason = _reason(note, "許可しない理由を書いてください。例　この業務には名簿の写しで足りるため")
    values = _decided(actor, post, reason)
    step(row, "refuse", "access.refused", actor=actor, post=post, reason=reason, values=values)
    tell("access.refused", row, title="アクセス権は許可されませんでした", actor=actor, body=reason)
    return row


@transaction.atomic
def withdraw(pk: int, *, actor: Person) -> Grant:
    """Take a request back that waits for its decision: who asked, or whom it is for."""
    row = lock(pk)
    if not policies.can_withdraw(actor, row):
        raise PermissionDenied
    return step(row, "withdraw", "access.withdrawn", actor=actor, post=None)


@transaction.atomic
def narrow(pk: int, *, rights: Collection[str], ends_on: date | None, note: str, actor: Person) -> Grant:
    """Leave fewer rights, or a nearer end. The grant ends and another, which is answered, takes its place from now.

    Invalid when nothing gets less, or something would get more: more is asked for anew.
    """
    row = lock(pk)
    post = _post(actor, row)
    check(row, "narrow")
    reason = _reason(note, "縮小する理由を書いてください。例　担当する業務が変わったため")
    left = less(row, rights, ends_on)
    new = replace_by_less(row, left, actor=actor, post=post, reason=reason)
    changed = ["status", "status_since", "ended_at", "end_reason"]
    facts = {"grant": row.pk, "rights": sorted(left.rights)}
    record("access.narrowed", actor=actor, subject=row, post=post, reason=reason, changed=changed, facts=facts)
    tell("access.narrowed", new, title="アクセス権が縮小されました", actor=actor, body=reason)
    return new


@transaction.atomic
def revoke(pk: int, *, note: str, actor: Person) -> Grant:
    """Take a right away at once, and say why."""
    row = lock(pk)
    post = _post(actor, row)
    check(row, "revoke")
    reason = _reason(note, "取り消す理由を書いてください。例　担当を外れたため")
    values = {"ended_at": row.ended_at or timezone.now(), "end_reason": reason}
    step(row, "revoke", "access.revoked", actor=actor, post=post, reason=reason, values=values)
    tell("access.revoked", row, title="アクセス権が取り消されました", actor=actor, body=reason)
    return row


@transaction.atomic
def restore(pk: int, *, note: str, actor: Person) -> Grant:
    """Give back a right that was suspended for want of an answer, and say why."""
    row = lock(pk)
    post = _post(actor, row)
    check(row, "restore")
    check_file(row.file)
    _rests_on_something(row)
    reason = _reason(note, "戻す理由を書いてください。例　棚卸しの答えがおくれたが、業務に要るため")
    values = {"ended_at": None, "end_reason": "", "kept_at": timezone.now()}
    step(row, "restore", "access.restored", actor=actor, post=post, reason=reason, values=values)
    tell("access.restored", row, title="停止していたアクセス権が戻りました", actor=actor, body=reason)
    return row


def _post(actor: Person, row: Grant) -> Appointment:
    post = policies.deciding_post(actor, row)
    if post is None:
        raise PermissionDenied
    return post


def _decided(actor: Person, post: Appointment, note: str) -> dict[str, Any]:
    return {"decided_by": actor, "decided_post": post.label, "decided_at": timezone.now(), "decision_note": note}


def _still_there(row: Grant) -> None:
    """The person works where the request says. MoveRefused after a transfer: the new place asks anew."""
    person = row.person
    if person is not None and ground(person, row.file).pk != row.unit_id:
        raise MoveRefused(
            f"{person.name}さんは{row.unit.name}から異動したので、許可できません。新しい所属から申請します。"
        )


def _rests_on_something(row: Grant) -> None:
    """The right would open something again. MoveRefused where the person left, moved, or took a seat that bars it."""
    person = row.person
    if person is None:
        return
    holdings = load_holdings(person)
    if not takes_grants(person, holdings) or row.unit_id not in grounds_of(person, holdings):
        words = "異動したか、アクセス権をもてない役割についたので、戻せません。要るときは、いまの所属から申請します。"
        raise MoveRefused(f"{person.name}さんは{words}")


def _facts(row: Grant) -> dict[str, Any]:
    return {"rights": [right.value for right in row.rights], "ends_at": row.ends_at.isoformat()}


def _short(note: str) -> str:
    if len(note) > 1000:
        raise Invalid({"note": f"1,000字以内で書いてください。いま{len(note):,}字あります。"})
    return note.strip()


def _reason(note: str, missing_words: str) -> str:
    if not note.strip():
        raise Invalid({"note": missing_words})
    return _short(note)
