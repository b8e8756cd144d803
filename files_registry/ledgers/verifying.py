"""The verbs of 第17条: write down that input was verified, and correct what was written."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers import policies
from files_registry.ledgers.checks import check_move, refuse, verification_errors
from files_registry.ledgers.models import Verification
from files_registry.ledgers.rules import class_of
from files_registry.ledgers.telling import tell_unit
from files_registry.ledgers.writing import lock_for_line
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki_time
from nerima_privacy.refusals import MoveRefused
from roles.models import Appointment, Person

FACTS = ("on", "way", "process", "total", "examined", "sampling", "errors", "remedy", "done_by", "remarks")


@transaction.atomic
def verify(file_pk: int, *, data: Mapping[str, Any], token: str = "", actor: Person) -> Verification:
    """Write down a verification: which way, how many of how many, errors found, what was done (第17条).

    By whoever has 入力・更新 over the file (第11条第1項). 保護責任者 is told where errors were found. Raises
    PermissionDenied, MoveRefused (not held; written already), Invalid.
    """
    file = lock_for_line(file_pk)
    policies.let(policies.can_write(actor, file))
    check_move(file, "verify")
    if token and Verification.objects.filter(form_token=token).exists():
        raise MoveRefused("この記入は、すでに記録されています。二度押されたものは記録していません。")
    refuse(verification_errors(data, file))
    post = policies.post_of(actor, file)
    done = _build(file, data, actor, post)
    done.form_token = token or None
    done.save()
    record("verification.recorded", actor=actor, subject=done, post=post, facts=_counts(done))
    if done.errors:
        tell_unit("verification.errors", file, done, actor=actor, title=f"照合で誤り{done.errors:,}件")
    return done


@transaction.atomic
def correct_verification(
    pk: int, *, data: Mapping[str, Any], reason: str, voids: bool = False, actor: Person
) -> Verification:
    """Write a verification that takes the place of an earlier one; both stay readable (第17条).

    By who wrote it, or 保護責任者・保護担当者 of the unit, with 入力・更新. Raises PermissionDenied, MoveRefused
    (corrected already), Invalid.
    """
    old = Verification.objects.select_related("file").get(pk=pk)
    file = lock_for_line(old.file_id)
    policies.let(policies.can_correct(actor, old, file))
    check_move(file, "correct")
    later = Verification.objects.filter(corrects=old).select_related("entered_by").first()
    if later is not None:
        raise MoveRefused(f"この記録は、{later.entered_by.name}さんが{wareki_time(later.entered_at)}に訂正しました。")
    facts: Mapping[str, Any] = {name: getattr(old, name) for name in FACTS} if voids else data
    missing = {} if reason.strip() else {"reason": "訂正の理由を書いてください。例　件数の写しまちがい"}
    too_long = {"reason": f"200字以内で書いてください（いま{len(reason):,}字）。"} if len(reason) > 200 else {}
    refuse(({} if voids else verification_errors(facts, file)) | missing | too_long)
    post = policies.post_of(actor, file)
    done = _build(file, facts, actor, post)
    done.corrects, done.voids, done.correction_reason = old, voids, reason.strip()
    done.save()
    record("verification.corrected", actor=actor, subject=done, post=post, reason=reason, facts=_counts(done))
    tell_unit("verification.corrected", file, done, actor=actor, title="入力の照合の記録の訂正", also=[old.entered_by])
    return done


def _build(
    file: PersonalInformationFile, data: Mapping[str, Any], actor: Person, post: Appointment | None
) -> Verification:
    return Verification(
        file=file,
        entered_by=actor,
        entered_post=post.label[:120] if post else "",
        confidentiality=class_of(file),
        **{name: data[name] for name in FACTS if name in data},
    )


def _counts(done: Verification) -> dict[str, Any]:
    return {"way": done.way, "on": done.on, "total": done.total, "examined": done.examined, "errors": done.errors}
