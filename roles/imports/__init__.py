"""Import of units, people and appointments from one Excel or CSV file: the 4/1 transfer as one previewed batch."""

from nerima_privacy.imports.kinds import ImportKind, register
from roles.holdings import holdings_of
from roles.imports.apply import apply
from roles.imports.plan import plan
from roles.imports.sheets import SHEETS
from roles.models import Appointment, Person
from roles.seats import Seat


def importing_post(person: Person) -> Appointment | None:
    """システム管理者, by an appointment valid now."""
    return holdings_of(person).post(Seat.SYSTEM_ADMINISTRATOR)


register(
    ImportKind(
        key="ward",
        title="組織・職員・任命",
        article="第2条–第7条",
        lead=(
            "人事異動などを一つの表でまとめて取り込みます。Excel では「組織」「職員」「任命」のシートに、"
            "CSV では「種別」の列に書き分けます。空欄は、いまの値のままにします。"
        ),
        sheets=SHEETS,
        post_for=importing_post,
        plan=plan,
        apply=apply,
        reason="令和9年4月1日付けの人事異動",
        shown_at="units:list",
    )
)
