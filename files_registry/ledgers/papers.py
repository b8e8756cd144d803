"""媒体処分証明書: that a medium was disposed of, as it was recorded (第15条)."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from files_registry.catalogue.turns import manager_turn
from files_registry.ledgers.models import StoredMedium
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.forms import DisposalCertificate
from nerima_privacy.documents.typst_pdf import render
from nerima_privacy.law import choices

DISPOSED = "medium.disposed"


def certificate(medium: StoredMedium) -> bytes:
    """The PDF of a medium disposed of, issued on the day it is printed by who is 保護責任者 of the file's unit then."""
    return render("disposal", certified(medium))


def filename(medium: StoredMedium) -> str:
    """「媒体処分証明書_12_申告書綴り.pdf」."""
    return f"媒体処分証明書_{medium.pk}_{medium.label[:60]}.pdf"


def certified(medium: StoredMedium) -> DisposalCertificate:
    """What the form is filled with."""
    file, entry = medium.file, _recorded(medium)
    turn = manager_turn(file.unit)
    return {
        "number": f"媒体番号{medium.pk}",
        "date": wareki(today()),
        "sender": {
            "unit": turn.unit.full_name if turn.unit else "",
            "post": str(turn.seat.label),
            "name": "" if turn.vacant else turn.people[0].name,
        },
        "file_name": file.name,
        "file_number": file.number,
        "label": medium.label,
        "medium": str(medium.get_medium_display()),
        "count": f"{medium.count:,}点",
        "place": medium.place,
        "retention": dict(choices.retention()).get(medium.retention, medium.retention),
        "completed_on": wareki(medium.completed_on) if medium.completed_on else "",
        "keep_until": wareki(medium.keep_until) if medium.keep_until else "",
        "disposed_on": wareki(medium.disposed_on) if medium.disposed_on else "",
        "way": str(medium.get_disposal_way_display()),
        "disposed_by": medium.disposed_by,
        "witness": medium.witness,
        "certificate": medium.certificate,
        "early_reason": medium.early_reason,
        "recorded": _who(entry) if entry else "",
        "dated": today().isoformat(),
    }


def _recorded(medium: StoredMedium) -> Entry | None:
    """The entry of the disposal, which keeps name and post of who recorded it."""
    of_medium = Entry.objects.filter(
        subject_type=ContentType.objects.get_for_model(medium), subject_id=medium.pk, verb=DISPOSED
    )
    return of_medium.order_by("-pk").first()


def _who(entry: Entry) -> str:
    post = f"（{entry.post_label}）" if entry.post_label else ""
    return f"{entry.actor_name}{post}　{wareki(timezone.localdate(entry.at))}"
