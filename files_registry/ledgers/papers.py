"""媒体処分証明書: that a medium, or many together, were disposed of, as it was recorded (第15条)."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from files_registry.catalogue.turns import manager_turn
from files_registry.ledgers.media_queries import disposed_together
from files_registry.ledgers.models import JointDisposal, StoredMedium
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.forms import DisposalCertificate, DisposedMedium, JointDisposalCertificate, Office
from nerima_privacy.documents.typst_pdf import render
from nerima_privacy.law import choices
from roles.models import Unit

DISPOSED = "medium.disposed"


def certificate(medium: StoredMedium) -> bytes:
    """The PDF of a medium disposed of, issued on the day it is printed by who is 保護責任者 of the file's unit then."""
    return render("disposal", certified(medium))


def filename(medium: StoredMedium) -> str:
    """「媒体処分証明書_12_申告書綴り.pdf」."""
    return f"媒体処分証明書_{medium.pk}_{medium.label[:60]}.pdf"


def certified(medium: StoredMedium) -> DisposalCertificate:
    """What the form is filled with."""
    file = medium.file
    return {
        "number": f"媒体番号{medium.pk}",
        "date": wareki(today()),
        "sender": _sender(file.unit),
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
        "recorded": _recorded(medium),
        "dated": today().isoformat(),
    }


def joint_certificate(disposal: JointDisposal) -> bytes:
    """The PDF of all that was disposed of by one act, with one proof."""
    return render("disposals", jointly_certified(disposal))


def jointly_certified(disposal: JointDisposal) -> JointDisposalCertificate:
    """What that form is filled with."""
    media = list(disposed_together(disposal))
    first, retention = media[0], dict(choices.retention())
    return {
        "number": f"まとめて処分{disposal.pk}",
        "date": wareki(today()),
        "sender": _sender(disposal.unit),
        "count": f"{len(media):,}件",
        "disposed_on": wareki(first.disposed_on) if first.disposed_on else "",
        "way": str(first.get_disposal_way_display()),
        "disposed_by": first.disposed_by,
        "witness": first.witness,
        "certificate": first.certificate,
        "early_reason": next((medium.early_reason for medium in media if medium.early_reason), ""),
        "recorded": _named(disposal.entered_by.name, disposal.entered_post, disposal.entered_at),
        "rows": [_row(medium, retention) for medium in media],
        "dated": today().isoformat(),
    }


def _row(medium: StoredMedium, retention: Mapping[str, str]) -> DisposedMedium:
    until = wareki(medium.keep_until) if medium.keep_until else ""
    return {
        "no": str(medium.pk),
        "file": f"{medium.file.name}（{medium.file.number}）",
        "label": medium.label,
        "medium": f"{medium.get_medium_display()}　{medium.count:,}点",
        "place": medium.place,
        "retention": "　".join(part for part in (retention.get(medium.retention, medium.retention), until) if part),
        "early": bool(medium.early_reason),
    }


def _sender(unit: Unit) -> Office:
    """保護責任者 of the unit when it is printed, or the seat above where that is vacant."""
    turn = manager_turn(unit)
    return {
        "unit": turn.unit.full_name if turn.unit else "",
        "post": str(turn.seat.label),
        "name": "" if turn.vacant else turn.people[0].name,
    }


def _recorded(medium: StoredMedium) -> str:
    """Who recorded the disposal, with the name and post of that day."""
    if medium.disposal:
        together = medium.disposal
        return _named(together.entered_by.name, together.entered_post, together.entered_at)
    of_medium = Entry.objects.filter(
        subject_type=ContentType.objects.get_for_model(medium), subject_id=medium.pk, verb=DISPOSED
    )
    entry = of_medium.order_by("-pk").first()
    return _named(entry.actor_name, entry.post_label, entry.at) if entry else ""


def _named(name: str, post: str, at: datetime) -> str:
    return f"{name}{f'（{post}）' if post else ''}　{wareki(timezone.localdate(at))}"
