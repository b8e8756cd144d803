"""The verbs of 第13条: an error is found, ordered to be corrected, corrected, and checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from files_registry.catalogue.policies import unit_post
from files_registry.catalogue.versions import lock_file
from files_registry.handling import facts, policies
from files_registry.handling.models import Correction
from files_registry.handling.moves import allowed, begin, check, lock, step
from files_registry.handling.policies import checking_post, deciding_post
from files_registry.handling.telling import deciders, tell
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Person


def _lock(pk: int) -> Correction:
    return lock(Correction, pk, "file", "unit__parent", "found_by", "instructed_by", "done_by")


@transaction.atomic
def find(file_pk: int, data: Mapping[str, Any], *, token: str | None = None, actor: Person) -> Correction:
    """Tell 保護責任者 of an error in what a file holds: whoever works with the file (第13条).

    `data`: `found_on`, `items`, `persons` (may be unknown), `description`. Raises PermissionDenied, Invalid,
    MoveRefused (this page has told it already).
    """
    file = lock_file(file_pk)
    if not policies.can_find(actor, file):
        raise PermissionDenied
    if token and Correction.objects.filter(form_token=token).exists():
        raise MoveRefused("この画面からの知らせは、もう出されています。")
    errors = {}
    found_on: Any = data.get("found_on")
    if found_on is None or found_on > today():
        errors["found_on"] = "見つけた日（きょうまでの日付）を書いてください。"
    if not str(data.get("items") or "").strip():
        errors["items"] = "誤りのある記録項目を選んでください。"
    if not str(data.get("description") or "").strip():
        errors["description"] = "どのような誤りかを書いてください。"
    if errors:
        raise Invalid(errors)
    facts.text("description", data["description"])
    correction = Correction(
        file=file,
        unit=file.unit,
        found_by=actor,
        found_on=found_on,
        items=data["items"],
        persons=data.get("persons"),
        description=data["description"].strip(),
        form_token=token or None,
    )
    begin(correction, "correction.found", actor=actor, post=unit_post(actor, file.unit_id))
    tell("correction.found", correction, to=deciders(correction), actor=actor, title="誤りの訂正を指示してください")
    return correction


@transaction.atomic
def instruct(pk: int, *, instruction: str, due_on: date | None, stamp: int | None = None, actor: Person) -> Correction:
    """Order how it is to be corrected and by when: 保護責任者, or who stands in while the seat is vacant (第13条)."""
    correction = _lock(pk)
    post = allowed(deciding_post(actor, correction))
    check(correction, "instruct", stamp)
    instruction = facts.written("instruction", instruction, "訂正のしかたを書いてください。")
    if due_on is None or due_on < today():
        raise Invalid({"due_on": "訂正の期限（きょう以後の日付）を書いてください。"})
    values: dict[str, Any] = {"instruction": instruction, "due_on": due_on, "instructed_by": actor}
    values |= {"instructed_post": post.label[:120], "instructed_at": timezone.now()}
    step(correction, "instruct", "correction.instructed", actor=actor, post=post, reason=instruction, values=values)
    title = f"誤りの訂正を指示されました（{wareki(due_on)}まで）"
    tell("correction.instructed", correction, to=[correction.found_by], actor=actor, title=title, body=instruction)
    return correction


@transaction.atomic
def dismiss(pk: int, *, instruction: str, stamp: int | None = None, actor: Person) -> Correction:
    """Find that nothing is to be corrected, with the reason: the seats that could order it (第13条)."""
    correction = _lock(pk)
    post = allowed(deciding_post(actor, correction))
    check(correction, "dismiss", stamp)
    instruction = facts.written("instruction", instruction, "訂正不要とする理由を書いてください。")
    values: dict[str, Any] = {"instruction": instruction, "instructed_by": actor, "instructed_at": timezone.now()}
    values["instructed_post"] = post.label[:120]
    step(correction, "dismiss", "correction.dismissed", actor=actor, post=post, reason=instruction, values=values)
    title = "知らせた誤りは、訂正不要とされました"
    tell("correction.dismissed", correction, to=[correction.found_by], actor=actor, title=title, body=instruction)
    return correction


@transaction.atomic
def correct(pk: int, *, done_on: date | None, done_note: str, stamp: int | None = None, actor: Person) -> Correction:
    """Write down what was corrected by the order, and from what source: who works with the file (第13条)."""
    correction = _lock(pk)
    if not policies.can_correct(actor, correction):
        raise PermissionDenied
    check(correction, "correct", stamp)
    ordered = timezone.localdate(correction.instructed_at)
    if done_on is None or not ordered <= done_on <= today():
        raise Invalid(
            {
                "done_on": f"指示を受けた日（{wareki(ordered)}）からきょうまでの日付を書いてください。"
                "指示の前に直したときは、保護責任者に知らせてください。"
            }
        )
    done_note = facts.written("done_note", done_note, "訂正のしかたと、根拠とした資料を書いてください。")
    values: dict[str, Any] = {"done_on": done_on, "done_note": done_note, "done_by": actor}
    post = unit_post(actor, correction.unit_id)
    step(correction, "correct", "correction.done", actor=actor, post=post, values=values)
    tell("correction.done", correction, to=deciders(correction), actor=actor, title="訂正の結果を確かめてください")
    return correction


@transaction.atomic
def check_done(pk: int, *, note: str = "", stamp: int | None = None, actor: Person) -> Correction:
    """Compare what was corrected with the order: 保護責任者 or 保護担当者, never who corrected (第13条)."""
    correction = _lock(pk)
    post = allowed(checking_post(actor, correction))
    check(correction, "check", stamp)
    facts.text("note", note, 1000)
    values: dict[str, Any] = {"checked_by": actor, "checked_at": timezone.now()}
    step(correction, "check", "correction.checked", actor=actor, post=post, reason=note, values=values)
    tell("correction.checked", correction, to=_people(correction), actor=actor, title="訂正が確かめられました")
    return correction


@transaction.atomic
def send_back(pk: int, *, note: str, stamp: int | None = None, actor: Person) -> Correction:
    """Have it corrected again: the seats that check, never who corrected (第13条)."""
    correction = _lock(pk)
    post = allowed(checking_post(actor, correction))
    check(correction, "send_back", stamp)
    note = facts.written("note", note, "やり直す所を書いてください。", 1000)
    step(correction, "send_back", "correction.sent_back", actor=actor, post=post, reason=note)
    title = "訂正のやり直しを求められました"
    tell("correction.sent_back", correction, to=_people(correction), actor=actor, title=title, body=note)
    return correction


def _people(correction: Correction) -> list[Person]:
    return [person for person in (correction.found_by, correction.done_by) if person is not None]
