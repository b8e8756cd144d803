"""Account lists of real systems compared with the rights, told by the verbs on their days (第11条第1項)."""

from datetime import timedelta

from django.db import transaction

from files_registry.accounts import workflow
from files_registry.accounts.models import AccountComparison, AccountFinding
from files_registry.accounts.reading import Meaning
from files_registry.demo.clock import days_ago
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.seats import Seat

SYSTEM = "税務システム"
COLUMNS = {
    "account": "ユーザID",
    "staff": "職員番号",
    "rights": "ロール",
    "last_login": "最終ログイン日時",
    "stopped": "状態",
}
WORDS = {
    "照会": ["open_file"],
    "賦課担当": ["open_file", "enter_file", "output_file"],
    "業務管理者": ["open_file", "enter_file", "erase_file", "output_file"],
}
SPRING = [
    ("tax001", "zeimu-shokuin1", "賦課担当", 3, "有効"),
    ("tax002", "zeimu-shokuin2", "照会", 5, "有効"),
    ("tax003", "zeimu-haken", "賦課担当", 9, "有効"),
    ("tax019", "shuno-shokuin1", "照会", 60, "有効"),
    ("batch01", "", "業務管理者", 1, "有効"),
]
AUTUMN = [
    ("tax001", "zeimu-shokuin1", "業務管理者", 2, "有効"),
    ("tax002", "zeimu-shokuin2", "照会", 40, "有効"),
    ("tax003", "zeimu-haken", "賦課担当", 2, "有効"),
    ("tax011", "joho-tanto", "照会", 35, "有効"),
    ("tax012", "toyotama-kyoshi", "照会", 210, "停止"),
    ("tax015", "z99999", "照会", 300, "有効"),
    ("batch01", "", "業務管理者", 1, "有効"),
]


def load_accounts() -> int:
    """Two comparisons of one system: of the spring, answered; of last week, with one answer and others that wait."""
    if not AccountComparison.objects.exists():
        with transaction.atomic():
            _tell(InformationSystem.objects.select_related("unit").get(name=SYSTEM))
    return AccountComparison.objects.count()


def _tell(system: InformationSystem) -> None:
    _recorded(system, 150, SPRING)
    _answered(system, 145, "kept", "夜間の一括処理に使う共用のアカウントのため。", 380, "batch01")
    latest = _recorded(system, 9, AUTUMN)
    if latest.findings.filter(account="tax011").exists():
        _answered(system, 6, "stopped", "異動後も残っていたため、停止した。", None, "tax011")


def _recorded(
    system: InformationSystem, days: int, accounts: list[tuple[str, str, str, int, str]]
) -> AccountComparison:
    day = today() - timedelta(days=days)
    lines = [
        ",".join((account, number, role, (day - timedelta(days=used)).isoformat(), state))
        for account, number, role, used, state in accounts
    ]
    content = "\n".join([",".join(COLUMNS.values()), *lines]).encode("cp932")
    actor = holders(Seat.PROTECTION_OFFICER, system.unit).order_by("pk")[0]
    meaning = Meaning(COLUMNS, WORDS, {"有効": False, "停止": True})
    with days_ago(days, 10, 30):
        row = workflow.upload(
            system.pk, file_name=f"accounts-{day:%Y%m%d}.csv", content=content, as_of=day, actor=actor
        )
        row = workflow.check(row.pk, meaning=meaning, actor=actor)
        return workflow.record_comparison(row.pk, digest=row.digest, actor=actor)


def _answered(system: InformationSystem, days: int, code: str, reason: str, until: int | None, *accounts: str) -> None:
    last = AccountComparison.objects.filter(system=system).order_by("-pk")[0]
    found = AccountFinding.objects.filter(comparison=last, account__in=accounts).values_list("pk", "answer")
    with days_ago(days, 15, 20):
        workflow.answer(
            last.pk,
            seen=dict(found),
            code=code,
            reason=reason,
            until=today() + timedelta(days=until) if until else None,
            actor=holders(Seat.PROTECTION_MANAGER, system.unit)[0],
        )
