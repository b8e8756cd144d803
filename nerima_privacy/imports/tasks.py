"""Long steps of an import run outside the request: by Celery, or in a thread where no broker is configured."""

import threading
from typing import Any

import structlog
from celery import shared_task
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from nerima_privacy.imports import workflow
from nerima_privacy.imports.models import ImportRun, RunStatus
from nerima_privacy.refusals import MoveRefused

log = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def check(pk: int, actor_pk: int) -> None:
    """The dry run of one upload."""
    _run(workflow.check, pk, actor_pk)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def commit(pk: int, actor_pk: int) -> None:
    """The commit of one checked import."""
    _run(workflow.commit, pk, actor_pk)


def _run(step: Any, pk: int, actor_pk: int) -> None:
    actor = get_user_model().objects.get(pk=actor_pk)
    try:
        step(pk, actor=actor)
    except MoveRefused as refusal:
        problem = {"cell": "", "header": "", "message": str(refusal), "warning": False}
        ImportRun.objects.filter(pk=pk).update(problems=[problem], errors_count=1)
    except Exception:
        log.exception("import_stopped", run=pk)
        busy = [RunStatus.CHECKING, RunStatus.COMMITTING]
        ImportRun.objects.filter(pk=pk, status__in=busy).update(status=RunStatus.FAILED)


def start(task: Any, pk: int, actor_pk: int) -> None:
    """Begin after commit. In tests tasks run at once; in the embedded site a thread does the work."""
    if settings.REDIS_URL:
        task.delay(pk, actor_pk)
    elif settings.MODE == "test":
        task(pk, actor_pk)
    else:
        threading.Thread(target=_in_thread, args=(task, pk, actor_pk), name=f"import-{pk}").start()


def _in_thread(task: Any, pk: int, actor_pk: int) -> None:
    try:
        task(pk, actor_pk)
    finally:
        connection.close()
