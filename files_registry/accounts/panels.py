"""What the comparison of accounts puts on the page of an information system (第11条第1項)."""

from django.urls import reverse

from files_registry.accounts import policies
from files_registry.accounts.comparing import last_recorded
from files_registry.catalogue.panels import Offer
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.eras import wareki
from roles.models import Person


def offers_for(system: InformationSystem, person: Person) -> list[Offer]:
    """The way to the system's comparisons, for those who may know of them; three queries at most."""
    if not policies.systems_for(person).filter(pk=system.pk).exists():
        return []
    last = last_recorded(system)
    words = f"前回の基準日は{wareki(last.as_of)}です。" if last else "まだ突き合わせがありません。"
    may = policies.can_compare(person, system)
    does = "アカウントの一覧を、ここで許可された権限と照らします。" if may else "指摘と、なにをしたかを見ます。"
    return [
        Offer(
            label="アカウントの突き合わせ",
            consequence=f"{does}{words}",
            url=reverse("accounts:system", args=[system.pk]),
            article="第11条第1項",
        )
    ]
