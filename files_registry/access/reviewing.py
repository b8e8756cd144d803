"""The yearly answer for each right over a file: kept, narrowed or ended (第11条第1項)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from files_registry.access import policies
from files_registry.access.asking import Wish, less
from files_registry.access.granting import close_right, replace_by_less
from files_registry.access.models import Grant, GrantStatus
from files_registry.access.telling import tell
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.versions import lock_file
from nerima_privacy.activity.history import attribute
from nerima_privacy.activity.recording import record
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

S = GrantStatus


class Answer(models.TextChoices):
    """What 保護責任者 may say of a right in a round."""

    KEEP = "keep", "継続"
    NARROW = "narrow", "縮小"
    END = "end", "終える"


@dataclass(frozen=True)
class Answered:
    """The answer for one right; `rights` and `ends_on` are what is left of one that is narrowed."""

    answer: Answer
    rights: Collection[str] = ()
    ends_on: date | None = None


@transaction.atomic
def review(file_pk: int, *, answers: Mapping[int, Answered], note: str = "", actor: Person) -> PersonalInformationFile:
    """Answer for rights over a file: each is kept, narrowed or ended. By 保護責任者 of the unit, else the seat above.

    What is left unanswered stays as it is and goes on waiting. MoveRefused when one of them is no right any more;
    Invalid, with `rights-<grant>`, where narrowing makes nothing less. Nobody answers for a right of one's own.
    """
    file = lock_file(file_pk)
    post = policies.reviewing_post(actor, file)
    if post is None:
        raise PermissionDenied
    if not answers:
        raise Invalid({"answers": "継続、縮小または終えるを選んでください。"})
    rows = _locked(file, answers)
    if any(row.person_id == actor.pk for row in rows):
        raise PermissionDenied
    left = _left(rows, answers)
    given: dict[Answer, list[int]] = {answer: [] for answer in Answer}
    for row in rows:
        given[answers[row.pk].answer].append(row.pk)
        _answer(row, answers[row.pk].answer, left.get(row.pk), note, actor, post)
    facts = {"kept": len(given[Answer.KEEP]), "narrowed": given[Answer.NARROW], "ended": given[Answer.END]}
    record("access.reviewed", actor=actor, subject=file, post=post, reason=note, facts=facts)
    return file


def _locked(file: PersonalInformationFile, answers: Mapping[int, Answered]) -> list[Grant]:
    rows = list(
        Grant.objects.select_for_update(of=("self",), no_key=True)
        .filter(file=file, pk__in=answers, status=S.GRANTED)
        .select_related("person", "group__unit", "group__group", "unit", "asked_by", "file")
        .order_by("pk")
    )
    if len(rows) != len(answers):
        raise MoveRefused("選んだアクセス権のなかに、すでに終わったものがあります。画面を開き直して確かめてください。")
    return rows


def _left(rows: list[Grant], answers: Mapping[int, Answered]) -> dict[int, Wish]:
    """What is left of those to be narrowed, all of them read before anything is written."""
    left, errors = {}, {}
    for row in rows:
        said = answers[row.pk]
        if said.answer == Answer.NARROW:
            try:
                left[row.pk] = less(row, said.rights, said.ends_on)
            except Invalid as invalid:
                errors[f"rights-{row.pk}"] = next(iter(invalid.errors.values()))
    if errors:
        raise Invalid(errors)
    return left


def _answer(row: Grant, answer: Answer, left: Wish | None, note: str, actor: Person, post: Appointment) -> None:
    if left is not None:
        reason = note.strip()[:1000] or "棚卸しで縮小"
        new = replace_by_less(row, left, actor=actor, post=post, reason=reason)
        tell("access.narrowed", new, title="アクセス権が縮小されました（棚卸し）", actor=actor, body=reason)
    elif answer == Answer.KEEP:
        row.kept_at = timezone.now()
        attribute(row, actor=actor, reason="棚卸しで継続").save()
    else:
        reason = note.strip()[:1000] or "棚卸しで不要と確かめたため"
        close_right(row, status=S.REVOKED, reason=reason, actor=actor)
        tell("access.revoked", row, title="アクセス権が終わりました（棚卸し）", actor=actor, body=reason)
