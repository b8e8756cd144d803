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
MOST = 1000  # characters of a reason


class Answer(models.TextChoices):
    """What 保護責任者 may say of a right in a round."""

    KEEP = "keep", "継続"
    NARROW = "narrow", "縮小"
    END = "end", "終える"


@dataclass(frozen=True)
class Answered:
    """The answer for one right; `rights` and `ends_on` are what is left of one that is narrowed, `note` its own reason.

    Without one the reason given for the whole answer is its reason.
    """

    answer: Answer
    rights: Collection[str] = ()
    ends_on: date | None = None
    note: str = ""


@transaction.atomic
def review(file_pk: int, *, answers: Mapping[int, Answered], note: str = "", actor: Person) -> PersonalInformationFile:
    """Answer for rights over a file: each is kept, narrowed or ended. By 保護責任者 of the unit, else the seat above.

    What is narrowed or ended has a reason: its own, or `note`, typed once for all of them; the person is told of it.
    What is left unanswered stays as it is and goes on waiting. MoveRefused when one of them is no right any more;
    Invalid for `note` where a reason is missing, `note-<grant>` where one is too long, `rights-<grant>` where narrowing
    makes nothing less. Nobody answers for a right of one's own.
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
    reasons, left = _reasons(rows, answers, note), _left(rows, answers)
    given: dict[Answer, list[int]] = {answer: [] for answer in Answer}
    for row in rows:
        given[answers[row.pk].answer].append(row.pk)
        _answer(row, answers[row.pk].answer, left.get(row.pk), reasons[row.pk], actor, post)
    facts = {"kept": len(given[Answer.KEEP]), "narrowed": given[Answer.NARROW], "ended": given[Answer.END]}
    said = dict.fromkeys(reason for pk, reason in reasons.items() if answers[pk].answer != Answer.KEEP)
    record("access.reviewed", actor=actor, subject=file, post=post, reason="／".join(said) or note.strip(), facts=facts)
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


def _reasons(rows: list[Grant], answers: Mapping[int, Answered], note: str) -> dict[int, str]:
    """Why, for each: its own reason, else the one of the whole answer; none is needed for what is kept."""
    shared, errors = note.strip(), {}
    reasons = {row.pk: answers[row.pk].note.strip() or shared for row in rows}
    lacking = [pk for pk, reason in reasons.items() if not reason and answers[pk].answer != Answer.KEEP]
    if lacking:
        errors["note"] = f"縮小し、または終えるもの（{len(lacking)}件）の理由を書いてください。例　担当を外れたため"
    for name, said in [("note", note), *((f"note-{row.pk}", answers[row.pk].note) for row in rows)]:
        if len(said) > MOST:
            errors[name] = f"{MOST:,}字以内で書いてください。いま{len(said):,}字あります。"
    if errors:
        raise Invalid(errors)
    return reasons


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


def _answer(row: Grant, answer: Answer, left: Wish | None, reason: str, actor: Person, post: Appointment) -> None:
    if left is not None:
        new = replace_by_less(row, left, actor=actor, post=post, reason=reason)
        tell("access.narrowed", new, title="アクセス権が縮小されました（棚卸し）", actor=actor, body=reason)
    elif answer == Answer.KEEP:
        row.kept_at = timezone.now()
        attribute(row, actor=actor, reason="棚卸しで継続").save()
    else:
        close_right(row, status=S.REVOKED, reason=reason, actor=actor)
        tell("access.revoked", row, title="アクセス権が終わりました（棚卸し）", actor=actor, body=reason)
