"""What 監査責任者 are shown on the board: their audits and where each stands, and whose findings an audit opens."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from audits.examinations import policies
from audits.examinations.models import OPEN_STATUSES, Audit, AuditStatus
from audits.examinations.presenters import some_units, status
from audits.examinations.queries import for_board
from files_registry.catalogue.examining import examined_units
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.eras import wareki
from nerima_privacy.duties.board_parts import Line, Part, register_part
from nerima_privacy.duties.policies import register_examined
from roles.holdings import Holdings
from roles.seats import Seat

S = AuditStatus
MOST = 10


@register_examined
def examined(holdings: Holdings) -> frozenset[int]:
    """The units an approved audit opens to the person now, never the own ones (第7条第2項・第24条)."""
    return examined_units(holdings.person)


@register_part
def own_audits(holdings: Holdings, on: date) -> Part | None:
    """For 監査責任者 in that post: the plans and audits that are theirs, of this fiscal year or still open (第24条)."""
    post = holdings.appointments[0] if holdings.appointments else None
    if post is None or post.seat != Seat.AUDIT_OFFICER:
        return None
    person = holdings.person
    sent = Audit.officers.through.objects.filter(person=person).values("audit")
    recent = Q(status__in=OPEN_STATUSES) | Q(ends_on__gte=fiscal.start(fiscal.fiscal_year(on)))
    mine = policies.visible_to(person).filter(Q(planned_by=person) | Q(pk__in=sent)).filter(recent)
    audits = for_board(mine.exclude(status=S.WITHDRAWN)).order_by("-pk")[:MOST]
    return Part(
        heading="わたしの監査",
        article="第24条",
        lines=[_line(audit, on) for audit in sorted(audits, key=_open_first)],
        more=reverse("audits:list"),
        more_words="監査の一覧を見る",
        empty="ことしの監査は、まだ計画していません。",
    )


def _open_first(audit: Audit) -> tuple[bool, date, int]:
    return audit.status not in OPEN_STATUSES, audit.ends_on, audit.pk


def _line(audit: Audit, on: date) -> Line:
    return Line(audit.title, audit.get_absolute_url(), some_units(audit), *status(audit), _now(audit, on))


def _now(audit: Audit, on: date) -> str:
    """What its state means today."""
    if audit.status == S.UNDER_WAY and audit.begins_on > on:
        return f"{wareki(audit.begins_on)}に始まります"
    if audit.status == S.UNDER_WAY and audit.ends_on >= on:
        return f"{wareki(audit.ends_on)}まで（あと{(audit.ends_on - on).days}日）"
    return {
        S.DRAFT: "まだ承認を求めていません",
        S.SUBMITTED: "総括保護管理者の承認を待っています",
        S.REFUSED: "理由を確かめて、計画し直せます",
    }.get(S(audit.status), f"{wareki(audit.ends_on)}までの監査です")
