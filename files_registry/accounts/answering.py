"""What an answer to findings must hold, and how it is written (第11条第1項); the verb is in workflow.py."""

from datetime import date

from django.db.models import Q, QuerySet

from files_registry.accounts import policies
from files_registry.accounts.models import AccountAnswer, AccountComparison, AccountFinding, ComparisonStatus
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Person

MOST = 200
KEY = "accounts.answers"


def choices() -> list[dict[str, str]]:
    """The answers in force today: code, label, and what they need besides."""
    rows: list[dict[str, str]] = parameter(KEY)
    return rows


def waiting(findings: QuerySet[AccountFinding], on: date) -> QuerySet[AccountFinding]:
    """The findings that wait for an answer: without one, or with one whose day is over."""
    standing = findings.filter(closed_in=None).exclude(kind="missing")
    return standing.filter(Q(answer=None) | Q(answer__until__lt=on))


def give(
    row: AccountComparison,
    *,
    seen: dict[int, int | None],
    code: str,
    reason: str,
    until: date | None,
    actor: Person,
    post: Appointment | str,
) -> AccountAnswer:
    """Write one answer and put it to each finding. The comparison is locked by the verb."""
    if row.status != ComparisonStatus.RECORDED:
        raise MoveRefused(f"「{row.get_status_display()}」の突き合わせには、答えを記録できません。")
    label = _check(code, reason, until)
    findings = _locked(row, seen, actor)
    name = post.label if isinstance(post, Appointment) else post
    given = AccountAnswer.objects.create(
        comparison=row, code=code, label=label, reason=reason.strip(), until=until, answered_by=actor,
        answered_post=name[:120],
    )  # fmt: skip
    AccountFinding.objects.filter(pk__in=[finding.pk for finding in findings]).update(answer=given)
    return given


def _check(code: str, reason: str, until: date | None) -> str:
    """The label of the answer. Invalid where it lacks what it needs."""
    chosen = next((row for row in choices() if row["code"] == code), None)
    errors: dict[str, str] = {}
    if chosen is None:
        raise Invalid({"code": "なにをしたかを、選べるものから選んでください。"})
    needs = chosen.get("needs", "")
    if needs and not reason.strip():
        errors["reason"] = f"「{chosen['label']}」と答えるときは、理由を書いてください。例　夜間の一括処理に使うため"
    elif len(reason) > 1000:
        errors["reason"] = f"1,000字以内で書いてください。いま{len(reason):,}字あります。"
    if needs == "until" and until is None:
        errors["until"] = "いつまで残すかを書いてください。例　令和9年3月31日"
    elif needs == "until" and until is not None and until < today():
        errors["until"] = "きょうからあとの日にしてください。"
    elif needs != "until" and until is not None:
        errors["until"] = f"「{chosen['label']}」には、期限はありません。空にしてください。"
    if errors:
        raise Invalid(errors)
    return chosen["label"][:120]


def _locked(row: AccountComparison, seen: dict[int, int | None], actor: Person) -> list[AccountFinding]:
    """The findings chosen, those of one page, never of a whole list."""
    if not seen:
        raise Invalid({"findings": "答える指摘を、一覧から選んでください。"})
    if len(seen) > MOST:
        raise Invalid({"findings": f"一度に{MOST}件までにしてください。"})
    offered = policies.findings_for(actor, row).filter(pk__in=list(seen)).exclude(kind="missing").values("pk")
    locked = AccountFinding.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=offered)
    findings = list(locked.order_by("pk"))
    if len(findings) != len(seen):
        raise Invalid({"findings": "答えられない指摘が選ばれています。開き直して、選び直してください。"})
    if any(finding.person_id == actor.pk for finding in findings):
        raise Invalid({"findings": "自分のアカウントの指摘には、ほかの人が答えます。選択から外してください。"})
    if any(finding.closed_in_id is not None for finding in findings):
        raise MoveRefused("次の突き合わせが記録されています。新しい突き合わせの指摘に答えてください。")
    if any(finding.answer_id != seen[finding.pk] for finding in findings):
        raise MoveRefused("ほかの人が先に答えた指摘があります。その答えを確かめてください。なにも記録していません。")
    return findings
