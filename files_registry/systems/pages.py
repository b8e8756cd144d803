"""What each page of this area is given to print."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.systems import listing, policies, presenters
from files_registry.systems.administering import can_be_withdrawn
from files_registry.systems.forms import AgreeForm, ReasonForm
from files_registry.systems.listing import TABS
from files_registry.systems.models import (
    AgreementStatus,
    InformationSystem,
    Side,
    SystemAgreement,
    SystemFile,
)
from files_registry.systems.offers import offers_of
from files_registry.systems.queries import in_office, topics
from files_registry.systems.sides import can_answer, can_withdraw, pair_of, who_has_it
from nerima_privacy.activity.presenters import timeline, timeline_of
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.law.parameters import rows as parameter_rows
from nerima_privacy.law.presenters import note_of
from nerima_privacy.web.objects import objects
from nerima_privacy.web.together import how_many, number, read, reading
from roles.holdings import holdings_of
from roles.models import Person, Unit

TOPICS = "system.agreement_topics"
UNIT = ("name", "code", "is_department", "parent__name")
ADMINISTRATOR = (
    *("valid_from", "valid_to", "named_at", "withdrawn_at", "withdrawn_reason", "person__name"),
    *("unit__name", "unit__is_department", "unit__parent__name"),
)
AGREEMENT = ("unit", "topic", "status", "valid_from", "valid_to", "review_on")


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
        "rows": [presenters.line(line, on) for line in listing.lines(list(page.object_list), on, topics())],
        "can_register": bool(holdings_of(request.user).seat_units(*UNIT_SEATS)),
    }


def system(found: InformationSystem, user: Person, asked: str | None = None) -> dict[str, Any]:
    """One system: its administrator and those before, its files page by page, what is agreed with their units."""
    on = today()
    shown = policies.links_visible_to(user, found)
    listed = parameter_rows([TOPICS])[TOPICS]
    units = Unit.objects.filter(Exists(shown.on(on).filter(file__unit=OuterRef("pk"))))
    agreements = found.agreements.filter(unit__in=units.values("pk"))
    counts = [how_many(shown), how_many(shown.on(on)), how_many(SystemFile.objects.on(on).filter(system=found))]
    serving = reading(in_office(on).filter(system=found), "pk")
    named = objects(found.administrators.all(), *ADMINISTRATOR)
    *many, places, said, rows, serves = read(
        [*counts, objects(units, *UNIT), objects(agreements, *AGREEMENT), named, serving]
    )
    people = sorted(rows, key=lambda row: (row.valid_from, row.pk), reverse=True)
    last = next((row for row in people if row.withdrawn_at is None), None)
    in_place = {pk for (pk,) in serves}
    total, live, every = map(number, many)
    page = listing.links_page(shown, total, user).get_page(asked)
    return {
        "system": found,
        "state": presenters.state(found, on),
        "facts": presenters.facts(found),
        "administrators": [presenters.administrator_row(row, row.pk in in_place, on) for row in people],
        "serving": next((row for row in people if row.pk in in_place), None),
        "last": last,
        "withdrawable": can_be_withdrawn(last),
        "page": page,
        "links": link_rows(page, user),
        "hidden": every - live,
        "pairs": pairs(found, places, said, {row["code"]: row["label"] for row in listed.value}),
        "can_manage": policies.can_manage(user, found),
        "in_use": found.valid_to is None or found.valid_to >= on,
        "offers": offers_of(found, user),
        "timeline": timeline(found),
    }


def link_rows(page: Page, user: Person) -> list[dict[str, Any]]:
    """The files of a page; the end is offered to the seats of the file's unit."""
    own, on = holdings_of(user).unit_ids(*UNIT_SEATS), today()
    return [presenters.link_row(link, mine=link.file.unit_id in own, on=on) for link in page.object_list]


def pairs(
    found: InformationSystem, units: Iterable[Unit], agreements: Iterable[SystemAgreement], topics: dict[str, str]
) -> list[dict[str, Any]]:
    """How the agreement with each unit stands whose files are in the system."""
    on = today()
    by_unit: dict[int, list[SystemAgreement]] = defaultdict(list)
    for agreement in agreements:
        by_unit[agreement.unit_id].append(agreement)
    return [
        presenters.pair_row(unit, topics, by_unit[unit.pk], on)
        | {"url": reverse("systems:pair", args=[found.pk, unit.pk])}
        for unit in sorted(units, key=lambda unit: unit.code)
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
