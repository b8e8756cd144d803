"""The verbs of an import: upload, check (a full dry run that is rolled back), commit all or nothing, discard."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.utils import timezone

from nerima_privacy.activity.recording import record
from nerima_privacy.imports import kinds, progress
from nerima_privacy.imports.analysis import analyse
from nerima_privacy.imports.models import ImportRun, RunStatus
from nerima_privacy.imports.policies import can_finish, can_import
from nerima_privacy.imports.tables import Unreadable, read, refuse_too_many
from nerima_privacy.notices.outbox import queue
from nerima_privacy.refusals import MoveRefused

PROBLEMS_SHOWN = 1_000
MOVES = {
    ("check", RunStatus.WAITING): RunStatus.CHECKING,
    ("commit", RunStatus.CHECKED): RunStatus.COMMITTING,
    ("finish", RunStatus.COMMITTING): RunStatus.DONE,
    ("discard", RunStatus.CHECKED): RunStatus.DISCARDED,
    ("discard", RunStatus.WRONG): RunStatus.DISCARDED,
    ("discard", RunStatus.FAILED): RunStatus.DISCARDED,
    ("discard", RunStatus.WAITING): RunStatus.DISCARDED,
}


class _RolledBack(Exception):
    """Ends the dry run: everything it wrote is undone."""


def _move(run: ImportRun, move: str) -> None:
    after = MOVES.get((move, RunStatus(run.status)))
    if after is None:
        raise MoveRefused(f"「{run.get_status_display()}」の取込みには、この操作はできません。")
    run.status = after


@transaction.atomic
def upload(*, kind: str, file_name: str, content: bytes, reason: str, actor: Any) -> ImportRun:
    """Take a file in and wait for its check. Holders of the kind's seat; writes nothing else."""
    declared = kinds.kind(kind)
    if not can_import(actor, declared):
        raise PermissionDenied
    run = ImportRun.objects.create(
        kind=kind, file_name=file_name[:200], payload=content, reason=reason, uploaded_by=actor
    )
    record("import.uploaded", actor=actor, subject=run, post=declared.post_for(actor), reason=reason)
    return run


def check(pk: int, *, actor: Any) -> ImportRun:
    """The full dry run: read, plan, apply, and roll back. Part of the upload, so it leaves no entry of its own."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=pk)
        _move(run, "check")
        run.save(update_fields=["status"])
    kind, told = kinds.kind(run.kind), progress.reporter(run.pk)
    try:
        rows, plan = _plan(run, kind, told)
        if not plan.errors:
            plan.problems += _rehearse(kind, plan, actor, run.reason, told)
    except Unreadable as error:
        rows, plan = 0, kinds.Plan(problems=[kinds.Problem("", "", str(error))])
    run.rows, run.counts = rows, [asdict(counts) for counts in plan.counts]
    run.errors_count = len(plan.errors)
    ordered = sorted(plan.problems, key=lambda problem: problem.warning)
    run.problems = [asdict(problem) for problem in ordered[:PROBLEMS_SHOWN]]
    run.digest = "" if plan.errors else _digest(plan)
    run.status = RunStatus.WRONG if plan.errors else RunStatus.CHECKED
    run.save()
    return run


def _plan(run: ImportRun, kind: kinds.ImportKind, told: kinds.Progress) -> tuple[int, kinds.Plan]:
    """Read the file and ask the kind what it would do."""
    told(0, 4, "ファイルを読んでいます")
    tables = read(run.file_name, bytes(run.payload or b""))
    refuse_too_many(tables)
    told(1, 4, "行を確かめています")
    rows, problems, filled = analyse(kind, tables)
    plan = kind.plan(rows, run.uploaded_by)
    plan.problems = problems + plan.problems
    return filled, plan


def _rehearse(
    kind: kinds.ImportKind, plan: kinds.Plan, actor: Any, reason: str, told: kinds.Progress
) -> list[kinds.Problem]:
    """Do it all and undo it: what only the database knows shows up here."""
    told(2, 4, "ためしに取り込んでいます（あとで元に戻します）")
    try:
        with transaction.atomic():
            kind.apply(plan, actor, reason, told)
            raise _RolledBack
    except _RolledBack:
        return []
    except DatabaseError:
        message = "取り込むと、いまの記録と合わなくなる行があります。表の期間や重なりを確かめてください。"
        return [kinds.Problem("", "", message)]


def _digest(plan: kinds.Plan) -> str:
    """What was shown to the person, in one number."""
    told = [[asdict(counts) for counts in plan.counts], plan.digest_of]
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def begin_commit(pk: int, *, actor: Any) -> ImportRun:
    """Say that the checked import may go in; the second of two clicks finds it under way."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    if not can_finish(actor, run):
        raise PermissionDenied
    _move(run, "commit")
    run.save(update_fields=["status"])
    return run


def commit(pk: int, *, actor: Any) -> ImportRun:
    """Everything of a checked import in one transaction, or nothing.

    MoveRefused when the ward changed since the check in a way that would do something else than was shown.
    """
    told = progress.reporter(pk)
    try:
        with transaction.atomic():
            return _commit(pk, told, actor)
    except BaseException:
        ImportRun.objects.filter(pk=pk, status=RunStatus.COMMITTING).update(status=RunStatus.FAILED)
        raise


def _commit(pk: int, told: kinds.Progress, actor: Any) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=pk)
    kind = kinds.kind(run.kind)
    if not can_finish(actor, run):
        raise PermissionDenied
    _move(run, "finish")
    _, plan = _plan(run, kind, told)
    if plan.errors or _digest(plan) != run.digest:
        raise MoveRefused("確認したあとに区の記録が変わりました。もう一度、表を読み込ませてください。")
    told(3, 4, "取り込んでいます")
    kind.apply(plan, actor, run.reason, told)
    run.payload, run.committed_at = None, timezone.now()
    run.save()
    post, facts = kind.post_for(actor), {"counts": run.counts}
    record("import.committed", actor=actor, subject=run, post=post, reason=run.reason, facts=facts)
    queue("import.committed", to=[actor], subject=run, title=f"取込みが終わりました（{run.file_name}）")
    return run


@transaction.atomic
def discard(pk: int, *, actor: Any) -> ImportRun:
    """Give an import up; the file is not kept."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    kind = kinds.kind(run.kind)
    if not can_finish(actor, run):
        raise PermissionDenied
    _move(run, "discard")
    run.payload = None
    run.save()
    record("import.discarded", actor=actor, subject=run, post=kind.post_for(actor))
    return run
