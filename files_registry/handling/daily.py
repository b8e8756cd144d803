"""Each day: tell applicants of what they must bring back or erase (第12条). The seats above hear by the duty."""

from datetime import date, timedelta

from django.db import transaction

from files_registry.handling.models import HandlingRequest, HandlingStatus
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.duties.daily import register_daily
from nerima_privacy.law.parameters import parameters
from nerima_privacy.notices.outbox import queue
from roles.models import Person

LIMIT = 500


@register_daily
def remind_of_returns(on: date, actor: Person) -> int:
    """One notice a request and day, before and on its last day, and every few days after; a second run tells nobody."""
    values = parameters(["reminder.offsets", "reminder.overdue_every"], on)
    days = {on - timedelta(days=offset) for offset in values["reminder.offsets"]}
    every, told = int(values["reminder.overdue_every"]), 0
    out = HandlingRequest.objects.filter(status=HandlingStatus.DONE, return_due_on__lte=max(days))
    for request in out.select_related("file", "applicant").order_by("return_due_on").iterator(chunk_size=LIMIT):
        due = request.return_due_on
        if due is None or not (due in days or (due < on and (on - due).days % every == 1 % every)):
            continue
        words = "を過ぎています" if due < on else "です"
        title = f"返却・消去の期限（{wareki(due)}）{words}　{request.file.name}"
        key = f"handling.return_due:{request.pk}:{on.isoformat()}"
        with transaction.atomic():
            told += queue("handling.return_due", to=[request.applicant], subject=request, title=title, key=key)
    return told
