"""A request and a filled checklist as official pages (第12条・第14条)."""

from typing import Any

from django.utils import timezone

from files_registry.catalogue.presenters import Fact
from files_registry.handling import check_presenters, presenters
from files_registry.handling.listing import extensions_of
from files_registry.handling.models import HandlingRequest, HandlingStatus, SendingCheck
from files_registry.handling.models.requests import AFTER_ALLOWED
from files_registry.handling.pages import media_labels
from nerima_privacy.calendars.eras import wareki, wareki_time
from nerima_privacy.documents.forms import CheckForm, CheckPoint, FormPart, HandlingForm, NamedValue
from nerima_privacy.documents.typst_pdf import render
from nerima_privacy.law.parameters import parameters
from roles.seats import Seat

APPLICATION = "保有個人情報の取扱いに関する申請書"


def request_pdf(request: HandlingRequest) -> bytes:
    """申請書, which is the 許可書 too once it is allowed."""
    return render("handling", request_form(request))


def request_filename(request: HandlingRequest) -> str:
    """「許可書_申請12_課税台帳.pdf」."""
    return f"{_kind(request)}_申請{request.pk}_{request.file.name[:60]}.pdf"


def check_pdf(check: SendingCheck) -> bytes:
    """確認票: the checklist with both people and times."""
    return render("check", check_form(check))


def check_filename(check: SendingCheck) -> str:
    """「送付前確認票_確認5_課税台帳.pdf」."""
    return f"送付前確認票_確認{check.pk}_{check.file.name[:60]}.pdf"


def _kind(request: HandlingRequest) -> str:
    if request.status in AFTER_ALLOWED or (request.decided_at and request.basis):
        return "許可書"
    return "不許可書" if request.status == HandlingStatus.REFUSED else "申請書"


def request_form(request: HandlingRequest) -> HandlingForm:
    """What `handling.typ` prints."""
    values = parameters(["handling.media", "confidentiality.classes"])
    classes = media_labels(values["confidentiality.classes"])
    kind = _kind(request)
    parts = [
        ("申請の内容", presenters.facts(request, media_labels(values["handling.media"]))),
        ("許可の判断", presenters.decision(request, classes.get(request.class_code, "定められていません"))),
        ("実施と返却・消去", presenters.doings(request)),
        ("返却・消去の期限の延長", _extensions(request)),
    ]
    return {
        "title": APPLICATION if kind == "申請書" else f"{APPLICATION}（{kind}）",
        "number": f"申請 {request.pk}",
        "draft": request.submitted_at is None,
        "status": request.get_status_display(),
        "date": presenters.day(request.submitted_at),
        "to": {"unit": request.unit.full_name, "post": str(Seat.PROTECTION_MANAGER.label), "name": ""},
        "sender": {"unit": request.applicant_unit.full_name, "post": "", "name": request.applicant.name},
        "file_name": request.file.name,
        "file_number": request.file.number,
        "parts": [_part(title, rows) for title, rows in parts if rows],
        "dated": timezone.localtime(request.status_since).date().isoformat(),
    }


def _part(title: str, rows: list[Fact]) -> FormPart:
    return {"title": title, "rows": _rows(rows)}


def _rows(rows: list[Fact]) -> list[NamedValue]:
    return [{"label": row.label, "value": row.value} for row in rows]


def _extensions(request: HandlingRequest) -> list[Fact]:
    """Each later day of return in words, in the order they were asked for."""
    found = []
    for extension in reversed(extensions_of(request)):
        row: dict[str, Any] = presenters.extension_row(extension)
        said = [
            f"{wareki(extension.due_before)}を{wareki(extension.due_on)}に",
            f"理由　{extension.reason}",
            "　".join(filter(None, [row["status"], row["decided"]])),
            f"条件・理由　{extension.answer}" if extension.answer else "",
        ]
        late = "（期限を過ぎてからの求め）" if extension.late else ""
        found.append(Fact(None, f"{row['asked_on']}の求め{late}", "\n".join(filter(None, said))))
    return found


def check_form(check: SendingCheck) -> CheckForm:
    """What `check.typ` prints. The second column is ticked only when another person confirmed."""
    twice = check.confirmed_by is not None
    points: list[CheckPoint] = [
        {"label": point["label"], "note": point.get("note", ""), "first": True, "second": twice}
        for point in check.points
    ]
    people = check_presenters.check_people(check)
    if check.note:
        people.append(Fact(None, "やり直し・取りやめの理由", check.note))
    return {
        "number": f"確認 {check.pk}",
        "status": check.get_status_display(),
        "date": wareki_time(check.filled_at),
        "unit": check.unit.full_name,
        "file_name": check.file.name,
        "file_number": check.file.number,
        "facts": _rows(check_presenters.sending_facts(check)),
        "points": points,
        "people": _rows(people),
        "sent": _rows(check_presenters.sent_facts(check)),
        "dated": timezone.localtime(check.status_since).date().isoformat(),
    }
