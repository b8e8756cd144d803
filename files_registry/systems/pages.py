"""What each page of this area is given to print."""

from collections import defaultdict
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS, seat_over
from files_registry.catalogue.policies import visible_to as files_visible_to
from files_registry.systems import policies, presenters
from files_registry.systems.forms import AgreeForm, ReasonForm
from files_registry.systems.listing import TABS
from files_registry.systems.models import (
    AgreementStatus,
    InformationSystem,
    Side,
    SystemAgreement,
)
from files_registry.systems.offers import offers_of
from files_registry.systems.queries import in_office
from files_registry.systems.sides import can_answer, can_withdraw, pair_of, who_has_it
from nerima_privacy.activity.presenters import timeline, timeline_of
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import rows as parameter_rows
from nerima_privacy.law.presenters import note_of
from roles.holdings import holdings_of
from roles.models import Person, Unit

TOPICS = "system.agreement_topics"


def register(request: PersonRequest, form: Any, wanted: dict[str, Any], tab: str, page: Page) -> dict[str, Any]:
    """The register under a tab."""
    on, query = today(), request.GET.copy()
    for name in ("page", "tab"):
        query.pop(name, None)
    return {
        "filter": form,
        "wanted": wanted,
        "tab": tab,
        "tabs": [{"key": key, "label": label, "current": key == tab} for key, label in TABS],
        "rest": query.urlencode(),
        "page": page,
        "rows": [presenters.line(system, on) for system in page.object_list],
        "can_register": bool(holdings_of(request.user).seat_units(*UNIT_SEATS)),
    }


def system(found: InformationSystem, user: Person) -> dict[str, Any]:
    """One system: its administrator and those before, its files, what is agreed with their units."""
    on = today()
    people = administrators(found)
    serving = next((row for row in people if row.serves), None)
    whole = policies.sees_all_files(user, found) or bool(serving and serving.person_id == user.pk)
    links = links_of(found, user)
    shown = [link for link in links if whole or link.own]
    kept = [link for link in shown if not link.ended]
    listed = parameter_rows([TOPICS])[TOPICS]
    return {
        "system": found,
        "state": presenters.state(found, on),
        "facts": presenters.facts(found),
        "administrators": [presenters.administrator_row(row, on) for row in people],
        "serving": serving,
        "last": people[0] if people else None,
        "links": [presenters.link_row(link) for link in kept],
        "ended": [presenters.link_row(link) for link in shown if link.ended],
        "hidden": sum(1 for link in links if not link.ended) - len(kept),
        "pairs": pairs(found, kept, {row["code"]: row["label"] for row in listed.value}),
        "can_manage": policies.can_manage(user, found),
        "in_use": found.valid_to is None or found.valid_to >= on,
        "offers": offers_of(found, user),
        "timeline": timeline(found),
    }


def administrators(found: InformationSystem) -> list[Any]:
    """Who administers it and who did, the newest first, with whether the person is in office today."""
    serves = Exists(in_office(today()).filter(pk=OuterRef("pk")))
    rows = found.administrators.annotate(serves=serves).select_related("person", "unit__parent")
    return list(rows)


def links_of(found: InformationSystem, user: Person) -> list[Any]:
    """The files in the system, with whether the reader knows of each and answers for its unit."""
    holdings = holdings_of(user)
    own = holdings.unit_ids(*UNIT_SEATS)
    rows = found.system_files.select_related("file__unit__parent").defer("file__search_text")
    rows = rows.annotate(known=Exists(files_visible_to(user, single=True).filter(pk=OuterRef("file"))))
    links: list[Any] = list(rows.order_by("file__name", "-pk"))
    for link in links:
        link.ended = link.valid_to is not None and link.valid_to < today()
        link.mine = link.file.unit_id in own
        link.own = link.mine or seat_over(user, link.file.unit) is not None
    return links


def pairs(found: InformationSystem, links: list[Any], topics: dict[str, str]) -> list[dict[str, Any]]:
    """How the agreement with each unit stands whose files are in the system."""
    units = {link.file.unit_id: link.file.unit for link in links}
    by_unit: dict[int, list[SystemAgreement]] = defaultdict(list)
    for agreement in found.agreements.filter(unit__in=units).defer("words"):
        by_unit[agreement.unit_id].append(agreement)
    return [
        presenters.pair_row(unit, topics, by_unit[pk], today()) | {"url": reverse("systems:pair", args=[found.pk, pk])}
        for pk, unit in sorted(units.items(), key=lambda item: item[1].code)
    ]


def pair(found: InformationSystem, unit: Unit, user: Person) -> dict[str, Any]:
    """What a unit and a system agree on: each topic, what was before, and the contacts in between (協議の記録)."""
    on, sides = today(), pair_of(found, unit)
    side = sides.side_of(user)
    words = side is not None or policies.can_read_words(user, found, unit)
    listed = parameter_rows([TOPICS])[TOPICS]
    rows = found.agreements.filter(unit=unit)
    agreements = list(rows.select_related("decided_by", "proposed_by"))
    topics = {row["code"]: row["label"] for row in listed.value}
    notes = {row["code"]: row.get("note", "") for row in listed.value}
    return {
        "system": found,
        "unit": unit,
        "sides": sides,
        "side": side,
        "side_label": Side(side).label if side else "",
        "manager": sides.label(Side.MANAGER),
        "administrator": presenters.named(sides.administrator),
        "words": words,
        "topics": presenters.topic_rows(topics, notes, agreements, on),
        "closed": presenters.closed(agreements, on) if words else [],
        "in_use": found.valid_to is None or found.valid_to >= on,
        "note": note_of(listed),
        "source": listed.source,
        "timeline": timeline_of(rows) if words else None,
    }


def agreement(found: SystemAgreement, user: Person, tried: dict[str, Any] | None = None) -> dict[str, Any]:
    """One agreement: what is proposed, what holds now, whose turn it is, and what the reader may do."""
    sides = pair_of(found.system, found.unit, found.proposed_by_id)
    waiting = who_has_it(found, sides)
    answers = waiting is not None and can_answer(user, found, sides)
    takes_back = waiting is not None and can_withdraw(user, found)
    before = None
    if waiting is not None:
        same = found.system.agreements.filter(unit=found.unit, topic=found.topic)
        before = same.filter(status=AgreementStatus.AGREED).first()
    stamp = {"stamp": found.stamp}
    forms = {
        "agree": AgreeForm(initial=stamp, auto_id="agree-%s") if answers else None,
        "refuse": ReasonForm(initial=stamp, auto_id="refuse-%s") if answers else None,
        "withdraw": ReasonForm(initial=stamp, auto_id="withdraw-%s") if takes_back else None,
    }
    forms |= {name: form for name, form in (tried or {}).items() if forms.get(name) is not None}
    return {
        "agreement": found,
        "kind": presenters.KIND[AgreementStatus(found.status)],
        "facts": presenters.agreement_facts(found),
        "waiting": waiting,
        "mine": answers,
        "before": before,
        "forms": forms,
        "refused": tried or {},
        "pair_url": reverse("systems:pair", args=[found.system_id, found.unit_id]),
        "timeline": timeline(found),
    }


def for_agreement(rows: QuerySet[SystemAgreement]) -> QuerySet[SystemAgreement]:
    """What the page of one agreement shows."""
    return rows.select_related("system__unit__parent", "unit__parent", "proposed_by", "decided_by")
