"""How standing permissions and corrections are said on a page (第12条・第13条)."""

from files_registry.catalogue.presenters import Fact
from files_registry.handling.models import Correction, StandingPermission
from files_registry.handling.presenters import day, period
from files_registry.handling.turns import correction_waits


def scope_facts(permission: StandingPermission) -> list[Fact]:
    """What a standing permission covers, and what was decided on it."""
    rows = [
        ("使える所属", f"{permission.users_unit.name}の職員等"),
        ("行為の種類", permission.acts_label),
        ("取り扱う記録項目", permission.items),
        ("送り先", permission.recipients),
        ("場所", permission.places),
        ("1回の本人の数の上限", f"{permission.max_persons:,}人"),
        ("暗号化", "条件とする" if permission.encrypted else "条件としない"),
        ("期間", period(permission.valid_from, permission.valid_to)),
        ("必要な理由", permission.reason),
        ("申請者", permission.applicant.name),
        ("決めた人", f"{permission.decided_by.name}（{permission.decided_post}）" if permission.decided_by else ""),
        ("決めた日", day(permission.decided_at)),
        ("条件・指示・理由", permission.conditions),
        ("取り消した日", day(permission.ended_on)),
        ("取り消した理由", permission.end_reason),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def correction_facts(correction: Correction) -> list[Fact]:
    """What was found, ordered, done and checked."""
    persons = f"{correction.persons:,}人" if correction.persons is not None else "分かっていません"
    rows = [
        ("見つけた人", correction.found_by.name),
        ("見つけた日", day(correction.found_on)),
        ("誤りのある記録項目", correction.items),
        ("誤りのある本人の数", persons),
        ("どのような誤りか", correction.description),
        (
            "指示した人",
            f"{correction.instructed_by.name}（{correction.instructed_post}）" if correction.instructed_by else "",
        ),
        ("指示した日", day(correction.instructed_at)),
        ("指示・訂正不要の理由", correction.instruction),
        ("訂正の期限", day(correction.due_on)),
        ("訂正した人", correction.done_by.name if correction.done_by else ""),
        ("訂正した日", day(correction.done_on)),
        ("訂正のしかた、根拠とした資料", correction.done_note),
        ("確かめた人", correction.checked_by.name if correction.checked_by else ""),
        ("確かめた日", day(correction.checked_at)),
    ]
    return [Fact(None, label, value) for label, value in rows if value]


def correction_holder(correction: Correction) -> str:
    """Who has it, in a list (after `turns.seat_all`)."""
    waiting = correction_waits(correction)
    return waiting.seat if waiting else "―"
