"""What the comparison of accounts puts on the page of an information system (第11条第1項)."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from files_registry.accounts import policies
from files_registry.accounts.models import AccountComparison, ComparisonStatus
from files_registry.catalogue.panels import Offer
from files_registry.systems.models import InformationSystem
from files_registry.systems.offers import register_offers
from nerima_privacy.calendars.eras import wareki
from roles.models import Person


@register_offers
def offers_for(system: InformationSystem, person: Person) -> list[Offer]:
    """The way to the system's comparisons, for those who may know of them; one query."""
    operated = policies.can_compare(person, system)
    recorded = AccountComparison.objects.filter(system=OuterRef("pk"), status=ComparisonStatus.RECORDED)
    known = InformationSystem.objects.all() if operated else policies.systems_for(person)
    last_of = known.filter(pk=system.pk).annotate(last=Subquery(recorded.order_by("-pk").values("as_of")[:1]))
    for last in last_of.order_by().values_list("last", flat=True):
        words = f"前回の基準日は{wareki(last)}です。" if last else "まだ突き合わせがありません。"
        does = (
            "アカウントの一覧を、ここで許可された権限と照らします。" if operated else "指摘と、なにをしたかを見ます。"
        )
        return [
            Offer(
                label="アカウントの突き合わせ",
                consequence=f"{does}{words}",
                url=reverse("accounts:system", args=[system.pk]),
                article="第11条第1項",
            )
        ]
    return []
