"""The last thing that happened to a record: for a page somebody overtook, and for a button that was pressed twice."""

from django.db.models import Model

from nerima_privacy.activity.models import Entry
from nerima_privacy.activity.registry import sentence
from nerima_privacy.calendars.eras import wareki_time


def last_entry(subject: Model) -> Entry | None:
    """The latest entry on a record, with its actor; one query."""
    of = {"subject_type__app_label": subject._meta.app_label, "subject_type__model": subject._meta.model_name}
    entries = Entry.objects.filter(**of, subject_id=subject.pk)
    return entries.select_related("actor").order_by("-pk").first()


def told_since(subject: Model, otherwise: str) -> str:
    """「画面を開いたあとに、11月18日 10時に中村さんが差し戻しました。」; `otherwise` where nobody did it."""
    last = last_entry(subject)
    if last is None or last.actor is None:
        return f"画面を開いたあとに、{otherwise}。"
    return f"画面を開いたあとに、{wareki_time(last.at)}に{last.actor.name}さんが{sentence(last.verb)}。"
