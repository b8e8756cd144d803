"""Audits of the demonstration: one under way, one that waits for approval, told by the verbs on their days."""

from datetime import timedelta

from audits.examinations import workflow
from audits.examinations.models import Audit
from audits.examinations.planning import Plan
from files_registry.access import opening
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.demo.load import settle_notices
from nerima_privacy.calendars import fiscal
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person, Unit
from roles.seats import Seat

OFFICER, TAX, SCHOOL = "kansa", "税務課", "豊玉小学校"
MATTERS = "アクセス権の付与と棚卸し\n取扱台帳の記載\n複製・送信・持出しの許可と返却\n記録媒体の保管場所と施錠"


def load_audits() -> None:
    """Call after the files are loaded; does nothing twice."""
    if Audit.objects.exists():
        return
    _under_way()
    _waiting()
    settle_notices()


def _ago(days: int) -> int:
    """So many days ago, or as many as there were since 監査責任者 of the demonstration took their seats."""
    return min(days, (today() - fiscal.start(fiscal.fiscal_year(today()))).days)


def _officer() -> Person:
    return Person.objects.get(staff_number=OFFICER)


def _plan(title: str, occasion: str, purpose: str, units: list[str], first: int, last: int) -> Plan:
    """`first` and `last` are days from the moment it is told."""
    chosen = Unit.objects.filter(name__in=units, valid_to=None, is_department=False)
    return Plan(
        title=f"{title}（模擬）",
        occasion=occasion,
        purpose=purpose,
        matters=MATTERS,
        officers=[_officer().pk],
        units=list(chosen.values_list("pk", flat=True)),
        begins_on=today() + timedelta(days=first),
        ends_on=today() + timedelta(days=last),
    )


def _under_way() -> None:
    """A regular one of a 課 and a school, in which the officer has opened a file already."""
    with days_ago(_ago(20), 10, 0):
        year = fiscal.label(fiscal.fiscal_year(today()))
        purpose = "住民の多くの記録を扱う課と学校で、保有個人情報が適切に管理されているかを確かめるため。"
        plan = _plan(f"{year}定期監査　税務・学校", "regular", purpose, [TAX, SCHOOL], 3, 60)
        audit = workflow.plan(plan, actor=_officer())
    with days_ago(_ago(19), 11, 0):
        audit = workflow.submit(audit.pk, actor=_officer())
    with days_ago(_ago(18), 15, 0):
        chief = holders(Seat.GENERAL_PROTECTION_MANAGER)[0]
        audit = workflow.approve(audit.pk, note="窓口の開いている時間の立入りは避けること。", actor=chief)
    if audit.begins_on <= today() - timedelta(days=2):
        file = PersonalInformationFile.objects.filter(unit__name=TAX, status="held").order_by("pk")[0]
        with days_ago(2, 14, 0):
            opening.open_file(file, purpose="取扱台帳の記載とアクセス権の突合", actor=_officer())


def _waiting() -> None:
    """One as need be, of two units, submitted two days ago."""
    purpose = "福祉の窓口で、記録媒体の持出しが増えていることから、その管理の状況を確かめるため。"
    with days_ago(_ago(3), 16, 0):
        plan = _plan(
            "随時監査　福祉の窓口の記録媒体", "special", purpose, ["障害者施策推進課", "練馬総合福祉事務所"], 14, 45
        )
        audit = workflow.plan(plan, actor=_officer())
    with days_ago(_ago(2), 9, 30):
        workflow.submit(audit.pk, actor=_officer())
