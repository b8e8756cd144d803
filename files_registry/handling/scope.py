"""Whether a request lies within a standing permission (第12条)."""

import unicodedata
from datetime import date

from files_registry.handling.acts import Encryption
from files_registry.handling.models import HandlingRequest, StandingPermission
from nerima_privacy.calendars.eras import wareki


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def folded(text: str) -> str:
    """The text without what is only a matter of width or blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def outside(request: HandlingRequest, permission: StandingPermission, on: date) -> dict[str, str]:
    """What of the request lies outside, a sentence for each field; empty when all of it lies within."""
    found: dict[str, str] = {}
    if permission.file_id != request.file_id or permission.users_unit_id != request.applicant_unit_id:
        return {"standing": "この包括許可は、このファイル、またはこの所属のものではありません。"}
    if permission.decided_by_id in {request.applicant_id, request.prepared_by_id}:
        return {"standing": "あなたが許可した包括許可は、あなたの申請には使えません。その都度の許可を求めてください。"}
    if not permission.stands(on):
        found["standing"] = f"この包括許可は、いま有効ではありません（{permission.get_status_display()}）。"
    if request.act not in permission.acts:
        found["standing"] = f"この包括許可で行えるのは、{permission.acts_label}だけです。"
    found |= _of_period(request, permission) | _of_words(request, permission)
    extra = [item for item in lines(request.items) if item not in lines(permission.items)]
    if extra:
        found["items"] = f"包括許可にない項目があります：{'、'.join(extra)}"
    if request.persons is not None and request.persons > permission.max_persons:
        found["persons"] = f"包括許可は1回{permission.max_persons:,}人までです。"
    if permission.encrypted and request.encryption == Encryption.PLAIN:
        found["encryption"] = "この包括許可は、暗号化することが条件です。"
    return found


def _of_period(request: HandlingRequest, permission: StandingPermission) -> dict[str, str]:
    if request.ends_on and request.ends_on > permission.valid_to:
        return {"ends_on": f"包括許可の末日（{wareki(permission.valid_to)}）までにしてください。"}
    if request.begins_on and request.begins_on < permission.valid_from:
        return {"begins_on": f"包括許可の初日（{wareki(permission.valid_from)}）からにしてください。"}
    return {}


def _of_words(request: HandlingRequest, permission: StandingPermission) -> dict[str, str]:
    found = {}
    for field, allowed, label in (
        ("act_text", permission.other_acts, "その他の行為の内容"),
        ("recipient", permission.recipients, "送り先"),
        ("place", permission.places, "場所"),
    ):
        typed, known = getattr(request, field), lines(allowed)
        if typed and folded(typed) not in {folded(line) for line in known}:
            named = f"「{'」「'.join(known)}」のどれかにしてください。" if known else "定められていません。"
            found[field] = f"包括許可の{label}は、{named}"
    return found
