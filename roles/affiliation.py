"""Which class a person belongs to, and which security policy binds the person (第2条第2項第5–8号).

The class follows the unit of the posting, not the employer: 区費 staff of a school are 教職員, a 指導主事 in
教育振興部 is 職員. 派遣 and 委託先 are neither, wherever they work.
"""

from datetime import date

from django.db import models

from nerima_privacy.calendars.periods import today
from roles.models import Engagement, Person, Posting, Unit


class Affiliation(models.TextChoices):
    """The classes of people of the guideline, and the two it does not name."""

    STAFF = "staff", "職員"
    SCHOOL_STAFF = "school_staff", "教職員"
    DISPATCHED = "dispatched", "派遣"
    CONTRACTOR = "contractor", "委託先"
    SYSTEM = "system", "システム（自動処理）"


class SecurityPolicy(models.TextChoices):
    """The policy that says how information is secured, one for each person and unit."""

    WARD = "ward", "練馬区情報セキュリティポリシー"
    SCHOOL = "school", "練馬区学校情報セキュリティポリシー"


_BY_ENGAGEMENT = {
    Engagement.DISPATCHED: Affiliation.DISPATCHED,
    Engagement.CONTRACTOR: Affiliation.CONTRACTOR,
    Engagement.SYSTEM: Affiliation.SYSTEM,
}


def main_posting(person: Person, on: date | None = None) -> Posting | None:
    """The posting that counts on a day (today): 本務 first, then the latest."""
    rows = Posting.objects.on(on or today()).filter(person=person).select_related("unit__parent")
    found: Posting | None = rows.order_by("-is_main", "-valid_from", "pk").first()
    return found


def affiliation(engagement: str, unit: Unit | None) -> Affiliation:
    """The class of somebody so engaged who works in `unit`."""
    if engagement in _BY_ENGAGEMENT:
        return _BY_ENGAGEMENT[Engagement(engagement)]
    return Affiliation.SCHOOL_STAFF if unit is not None and unit.is_school else Affiliation.STAFF


def affiliation_of(person: Person, on: date | None = None) -> Affiliation:
    """The class of `person` on a day (today)."""
    posting = main_posting(person, on)
    return affiliation(person.engagement, posting.unit if posting else None)


def policy_of(person: Person, on: date | None = None) -> SecurityPolicy:
    """The policy that binds `person` on a day (today): that of the unit the person works in."""
    posting = main_posting(person, on)
    return policy_of_unit(posting.unit if posting else None)


def policy_of_unit(unit: Unit | None) -> SecurityPolicy:
    """The policy of a unit; the ward's for those who work in none, as 副区長 do."""
    return SecurityPolicy.SCHOOL if unit is not None and unit.is_school else SecurityPolicy.WARD
