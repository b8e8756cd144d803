"""How a comparison and its findings are said on a page; templates only print."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from files_registry.access.presenters import rights_words
from files_registry.accounts.models import AccountComparison, AccountFinding, ComparisonStatus, FindingKind, Why
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.eras import wareki, wareki_time
from nerima_privacy.documents.tables import Column
from roles.models import Person

S, K = ComparisonStatus, FindingKind
STATUS_KIND = {S.UPLOADED: "today", S.WRONG: "late", S.CHECKED: "today", S.RECORDED: "done", S.DISCARDED: "calm"}
KIND_COLOUR = {K.GONE: "late", K.EXCESS: "late", K.WIDER: "soon", K.UNKNOWN: "soon", K.MISSING: "info"}


def kind_counts(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The kinds with how many there are, in words."""
    return [{"kind": kind, "label": kind.label, "count": counts.get(kind.value, 0)} for kind in K]


def why(finding_why: str, over: Iterable[Right]) -> str:
    """「許可された権限をこえています（削除、出力）」."""
    words = str(Why(finding_why).label)
    beyond = rights_words(over)
    return f"{words}（{beyond}）" if beyond and finding_why == Why.BEYOND else words


def row(finding: AccountFinding, user: Person, on: date, *, answerable: bool) -> dict[str, Any]:
    """A line of the findings: whose, what is amiss, what was done."""
    answer = finding.answer
    lapsed = bool(answer and answer.until and answer.until < on)
    may = answerable and finding.kind != K.MISSING and finding.closed_in_id is None and finding.person_id != user.pk
    return {
        "finding": finding,
        "value": f"{finding.pk}:{finding.answer_id or ''}",
        "may": may,
        "own": answerable and finding.person_id == user.pk,
        "who": who(finding.person, finding.staff_number),
        "why": why(finding.why, finding.over_rights),
        "colour": KIND_COLOUR[FindingKind(finding.kind)],
        "last_login": wareki(finding.last_login) if finding.last_login else "",
        "state": state(finding, lapsed),
        "answer": answer,
        "answered": f"{answer.answered_by.name}　{wareki_time(answer.answered_at)}" if answer else "",
        "until": wareki(answer.until) if answer and answer.until else "",
        "earlier": _earlier(finding),
    }


def who(person: Person | None, number: str) -> str:
    """「例田 太郎（12345）」, or the number as the list has it."""
    if person is not None:
        return f"{person.name}（{person.staff_number}）"
    return f"職員番号 {number}" if number else "職員番号なし"


def state(finding: AccountFinding, lapsed: bool) -> tuple[str, str]:
    """Where a finding stands, in words and colour."""
    if finding.closed_in_id is not None:
        return ("次の突き合わせにもあった", "soon") if finding.lasts else ("解消", "done")
    if finding.kind == K.MISSING:
        return "お知らせ", "info"
    if lapsed:
        return "期限切れ", "late"
    return ("答えずみ", "done") if finding.answer_id else ("答え待ち", "today")


def _earlier(finding: AccountFinding) -> str:
    """What was answered the last time, where it has to be answered anew."""
    before = finding.continues.answer if finding.continues else None
    if before is None or before.pk == finding.answer_id:
        return ""
    return before.label


def dry_row(line: list[Any], kind: FindingKind, people: Mapping[int, Person]) -> dict[str, Any]:
    """A line of the dry run."""
    reason, account, number, person, words, over, last, lasts = line
    return {
        "account": account,
        "who": who(people.get(person), number),
        "words": words,
        "why": why(reason, [right for right in Right if right.value in over.split()]),
        "colour": KIND_COLOUR[kind],
        "last_login": wareki(date.fromisoformat(last)) if last else "",
        "lasts": lasts,
    }


def comparison_row(comparison: AccountComparison, whole: bool) -> dict[str, Any]:
    """A line of a system's comparisons."""
    amiss = sum(comparison.counts.get(kind.value, 0) for kind in K if kind != K.MISSING)
    return {
        "comparison": comparison,
        "status": comparison.get_status_display(),
        "colour": STATUS_KIND[ComparisonStatus(comparison.status)],
        "as_of": wareki(comparison.as_of),
        "found": amiss if whole and comparison.status == S.RECORDED else None,
        "accounts": comparison.counts.get("accounts"),
    }


def columns() -> list[Column]:
    """The findings in Excel."""
    return [
        Column("種類", lambda f: f.get_kind_display(), 18),
        Column("わけ", lambda f: why(f.why, f.over_rights), 40),
        Column("アカウント", "account", 20),
        Column("職員番号", lambda f: f.person.staff_number if f.person else f.staff_number, 14),
        Column("氏名", lambda f: f.person.name if f.person else "", 20),
        Column("一覧の権限", "words", 26),
        Column("許可をこえる権限", lambda f: rights_words(f.over_rights) if f.why == Why.BEYOND else "", 26),
        Column("最後に使った日", "last_login", 20),
        Column("前回から続く", lambda f: "はい" if f.continues_id else "", 12),
        Column("いま", lambda f: state(f, bool(f.answer and f.answer.until and f.answer.until < _today()))[0], 20),
        Column("なにをしたか", lambda f: f.answer.label if f.answer else "", 30),
        Column("理由・経過", lambda f: f.answer.reason if f.answer else "", 40),
        Column("いつまで", lambda f: f.answer.until if f.answer else None, 20),
        Column("答えた人", lambda f: f.answer.answered_by.name if f.answer else "", 18),
        Column("答えた日時", lambda f: f.answer.answered_at if f.answer else None, 24),
    ]


def _today() -> date:
    return timezone.localdate()
