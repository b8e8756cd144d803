"""How a new value takes the place of the one in force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from nerima_privacy.activity.history import attribute
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.refusals import MoveRefused

if TYPE_CHECKING:
    from roles.models import Person


@transaction.atomic
def make_room(new: LegalParameter, *, actor: Person, reason: str = "") -> LegalParameter | None:
    """End the open-ended value `new` follows on the day before it begins; answers that value.

    For システム管理者, by the administration page, which records it. Looks again under a lock: MoveRefused when
    somebody else has meanwhile given the key a value for the same days.
    """
    rows = list(LegalParameter.objects.select_for_update().filter(key=new.key))
    try:
        new.clean()
    except ValidationError as wrong:
        raise MoveRefused("".join(wrong.messages)) from wrong
    before = next((row for row in rows if row.valid_to is None and row.valid_from < new.valid_from), None)
    if before and new.pk is None:
        before.valid_to = new.valid_from - timedelta(days=1)
        attribute(before, actor=actor, reason=reason or "つぎの値を定めたため").save()
        return before
    return None
