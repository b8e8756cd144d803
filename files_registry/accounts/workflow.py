"""The verbs on account lists (第11条第1項・第5条第4項). Each is one transaction that locks the system, then the
comparison, asks the policy, checks the table of moves, writes, records once and tells those concerned.

PermissionDenied when the actor may not, MoveRefused in a wrong state or when somebody was first, Invalid with a
sentence for each field.
"""

from dataclasses import asdict
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from files_registry.accounts import answering, policies
from files_registry.accounts.columns import headed
from files_registry.accounts.comparing import STRANGERS_SHOWN, Result, compare, last_recorded
from files_registry.accounts.models import (
    AccountColumns,
    AccountComparison,
    AccountFinding,
    ComparisonStatus,
)
from files_registry.accounts.reading import PROBLEMS_SHOWN, Meaning, Reading, read_accounts
from files_registry.accounts.rights_then import files_of
from files_registry.accounts.telling import tell_answerers
from files_registry.systems.models import InformationSystem
from nerima_privacy.activity.recording import record
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.imports.kinds import Problem
from nerima_privacy.imports.tables import Unreadable
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

S = ComparisonStatus
MOVES = {
    ("check", S.UPLOADED): S.CHECKED,
    ("check", S.WRONG): S.CHECKED,
    ("check", S.CHECKED): S.CHECKED,
    ("record", S.CHECKED): S.RECORDED,
    ("discard", S.UPLOADED): S.DISCARDED,
    ("discard", S.WRONG): S.DISCARDED,
    ("discard", S.CHECKED): S.DISCARDED,
}
NAMES = {"check": "確かめること", "record": "記録すること", "discard": "取りやめること"}
CHUNK = 1_000


@transaction.atomic
def upload(
    system_pk: int, *, file_name: str, content: bytes, as_of: date | None, form_token: str | None = None, actor: Person
) -> AccountComparison:
    """Take a list in. It says nothing yet; the file is kept until it is recorded or given up.

    Invalid when it cannot be read or the day does not hold, MoveRefused when there is nothing to compare with.
    """
    system = _lock_system(system_pk)
    post = policies.operating_post(actor, system)
    if post is None:
        raise PermissionDenied
    if form_token and AccountComparison.objects.filter(form_token=form_token).exists():
        raise MoveRefused("この一覧は、もう読み込んであります。")
    day = _check_day(system, as_of)
    try:
        headed(file_name, content)
    except Unreadable as unreadable:
        raise Invalid({"table": str(unreadable)}) from unreadable
    row = AccountComparison.objects.create(
        system=system, as_of=day, file_name=file_name[:200], payload=content, uploaded_by=actor,
        form_token=form_token or None,
    )  # fmt: skip
    record("accounts.uploaded", actor=actor, subject=row, post=_seat(post), facts={"as_of": as_of})
    return row


def _check_day(system: InformationSystem, as_of: date | None) -> date:
    """The day, if a list of it may be recorded."""
    if as_of is None:
        raise Invalid({"as_of": "一覧を取り出した日を書いてください。"})
    if as_of > today():
        raise Invalid({"as_of": "きょうまでの日にしてください。"})
    if as_of < system.valid_from or (system.valid_to is not None and as_of > system.valid_to):
        raise Invalid({"as_of": "この情報システムを使っていた日にしてください。"})
    last = last_recorded(system)
    if last is not None and as_of < last.as_of:
        raise Invalid({"as_of": f"前回の基準日（{wareki(last.as_of)}）より前の一覧は、あとから記録できません。"})
    if not files_of(system, as_of).exists():
        words = "この情報システムには、その日にあったファイルの登録がありません。先にファイルを登録してください。"
        raise MoveRefused(words)
    return as_of


@transaction.atomic
def check(pk: int, *, meaning: Meaning, actor: Person) -> AccountComparison:
    """Say what the columns and words mean, and see what would be recorded: the dry run. No finding is written.

    The meaning is remembered for the system, even where rows are wrong: it need not be chosen anew.
    """
    row, post = _lock(pk, actor)
    after = _after(row, "check")
    chosen = {"columns": dict(meaning.columns), "words": dict(meaning.words), "stopped": dict(meaning.stopped)}
    reading, result = _dry_run(row, meaning)
    problems = [*reading.errors, *(problem for problem in reading.problems if problem.warning)]
    if result is not None:
        words = "職員番号の人と、氏名がちがいます。だれのアカウントか確かめてください。"
        problems += [Problem(cell, "氏名", words, warning=True) for cell in result.strangers[:STRANGERS_SHOWN]]
    row.status = after if result is not None else S.WRONG
    row.problems = [asdict(problem) for problem in problems[:PROBLEMS_SHOWN]]
    row.shown = result.shown() if result is not None else {}
    row.counts = result.counts() if result is not None else {"errors": len(reading.errors), "rows": reading.rows}
    row.digest = result.digest() if result is not None else ""
    for name, value in chosen.items():
        setattr(row, name, value)
    row.save(update_fields=["status", "problems", "shown", "counts", "digest", *chosen])
    AccountColumns.objects.update_or_create(system=row.system, defaults=chosen)
    record("accounts.checked", actor=actor, subject=row, post=post, facts={"counts": row.counts})
    return row


def _dry_run(row: AccountComparison, meaning: Meaning) -> tuple[Reading, Result | None]:
    """What the list says, and what it would make of it; nothing where a cell is wrong."""
    reading = read_accounts(headed(row.file_name, bytes(row.payload or b""), meaning.columns), meaning)
    return reading, None if reading.errors else compare(row.system, row.as_of, reading)


@transaction.atomic
def record_comparison(pk: int, *, digest: str, actor: Person) -> AccountComparison:
    """Write the comparison with all its findings, close those of the last one, and let go of the file.

    MoveRefused when the list and the rights no longer give what was shown (`digest`).
    """
    row, post = _lock(pk, actor)
    after = _after(row, "record")
    last = last_recorded(row.system)
    _check_day(row.system, row.as_of)
    result = _dry_run(row, Meaning(row.columns, row.words, row.stopped))[1]
    if result is None or result.digest() != row.digest or digest != row.digest:
        words = "確認したあとに、許可か列の意味が変わりました。「列の意味」からもう一度確かめてください。"
        raise MoveRefused(words)
    row.status, row.recorded_by, row.recorded_at = after, actor, timezone.now()
    row.recorded_post = policies.ADMINISTRATOR if post is None else post.label
    row.payload, row.shown, row.counts = None, {}, result.counts()
    row.problems = []
    row.save()
    _write_findings(row, result)
    if last is not None:
        _close(last, row)
    record("accounts.recorded", actor=actor, subject=row, post=post, facts={"counts": row.counts, "as_of": row.as_of})
    tell_answerers(row, actor=actor)
    return row


def _write_findings(row: AccountComparison, result: Result) -> None:
    AccountFinding.objects.bulk_create(
        (
            AccountFinding(
                comparison=row, kind=found.kind, why=found.why, account=found.account, over=found.over,
                staff_number="" if found.person else found.staff_number, person_id=found.person, words=found.words,
                last_login=found.last_login, continues_id=found.continues, answer_id=found.carried,
            )
            for found in result.found
        ),
        batch_size=CHUNK,
    )  # fmt: skip


def _close(last: AccountComparison, row: AccountComparison) -> None:
    """Every finding of the last comparison is closed by this one: still there, or gone."""
    still = Q(pk__in=AccountFinding.objects.filter(comparison=row, continues__isnull=False).values("continues"))
    lasts = Case(When(still, then=Value(True)), default=Value(False))
    AccountFinding.objects.filter(comparison=last, closed_in=None).update(closed_in=row, lasts=lasts)


@transaction.atomic
def discard(pk: int, *, actor: Person) -> AccountComparison:
    """Give an upload up; the file is not kept, nor what it said."""
    row, post = _lock(pk, actor)
    row.status = _after(row, "discard")
    row.payload, row.shown, row.problems = None, {}, []
    row.save(update_fields=["status", "payload", "shown", "problems"])
    record("accounts.discarded", actor=actor, subject=row, post=post)
    return row


@transaction.atomic
def answer(
    pk: int, *, seen: dict[int, int | None], code: str, reason: str = "", until: date | None = None, actor: Person
) -> AccountComparison:
    """Say what was done about findings, several at once. `seen`: finding → the answer that stood beside it.

    Nobody answers about an account of one's own. MoveRefused when somebody answered meanwhile, or the next comparison
    has taken their place.
    """
    row = _lock_row(pk)
    post = policies.answering_post(actor, row)
    if post is None:
        raise PermissionDenied
    answering.give(row, seen=seen, code=code, reason=reason, until=until, actor=actor, post=post)
    facts = {"findings": sorted(seen), "answer": code, "until": until}
    record("accounts.answered", actor=actor, subject=row, post=_seat(post), reason=reason, facts=facts)
    return row


def _lock_system(pk: int) -> InformationSystem:
    locked = InformationSystem.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("unit__parent").get(pk=pk)


def _lock_row(pk: int) -> AccountComparison:
    """The comparison, and its system before it: two lists of one system are recorded one after the other."""
    system = _lock_system(AccountComparison.objects.values_list("system", flat=True).get(pk=pk))
    row = AccountComparison.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    row.system = system
    return row


def _lock(pk: int, actor: Person) -> tuple[AccountComparison, Appointment | None]:
    row = _lock_row(pk)
    post = policies.operating_post(actor, row.system)
    if post is None:
        raise PermissionDenied
    return row, _seat(post)


def _seat(post: Appointment | str) -> Appointment | None:
    """The seat, for the record; an administrator is named, not seated."""
    return post if isinstance(post, Appointment) else None


def _after(row: AccountComparison, move: str) -> ComparisonStatus:
    after = MOVES.get((move, ComparisonStatus(row.status)))
    if after is None:
        raise MoveRefused(f"「{row.get_status_display()}」の突き合わせは、{NAMES[move]}ができません。")
    return after
