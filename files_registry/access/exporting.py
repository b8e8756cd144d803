"""権限一覧 as Excel and as a PDF (第11条第1項)."""

from datetime import datetime

from django.http.response import HttpResponseBase
from django.utils import timezone

from files_registry.access.holders import holders_of
from files_registry.access.models import last_day
from files_registry.access.presenters import SEATED, holder_row, rights_words
from files_registry.catalogue.models import PersonalInformationFile
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.documents.forms import RightsForm
from nerima_privacy.documents.responses import pdf_response
from nerima_privacy.documents.tables import Column, xlsx_response
from nerima_privacy.documents.typst_pdf import MOST_ON_PAPER, render
from nerima_privacy.refusals import MoveRefused

TABLE = [
    Column("氏名・職のまとまり", "name", 24),
    Column("所属", "unit", 30),
    Column("権限の内容", lambda holder: rights_words(holder.rights), 26),
    Column("根拠", "ground", 34),
    Column("利用の目的", "purpose", 40),
    Column("はじまり", "begins_at", 24),
    Column("終わり", lambda holder: last_day(holder.ends_at) if holder.ends_at else SEATED, 24),
    Column("最後に開いた日時", "last_used", 24),
]


def table(file: PersonalInformationFile, at: datetime | None) -> HttpResponseBase:
    """Excel, however many."""
    return xlsx_response(f"権限一覧_{file.number}.xlsx", TABLE, holders_of(file, at))


def paper(file: PersonalInformationFile, at: datetime | None) -> HttpResponseBase:
    """The PDF. MoveRefused where there are more lines than a paper is read with."""
    holders = holders_of(file, at)
    if len(holders) > MOST_ON_PAPER:
        raise MoveRefused(
            f"{len(holders):,}件あります。PDF にできるのは{MOST_ON_PAPER:,}件までです。Excel で受け取ってください。"
        )
    day = timezone.localtime(at).date() if at else today()
    data: RightsForm = {
        "title": file.name,
        "number": file.number,
        "unit": file.unit.full_name,
        "moment": f"{wareki(day)}の終わり" if at else f"{wareki(day)}現在",
        "printed": wareki(today()),
        "count": f"{len(holders):,}件",
        "rows": [holder_row(holder) for holder in holders],
        "dated": today().isoformat(),
    }
    return pdf_response(render("rights", data), f"権限一覧_{file.number}.pdf", inline=True)
