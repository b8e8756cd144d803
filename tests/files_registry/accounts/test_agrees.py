"""Whatever was granted and whoever moved: the whole list at once says what asking one person at a time would."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from files_registry.access import workflow as access
from files_registry.access.effective import rights_on
from files_registry.access.models import Grant
from files_registry.accounts.comparing import compare
from files_registry.accounts.reading import Account, Reading
from files_registry.accounts.rights_then import bits_of
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.holdings import load_holdings
from roles.models import Appointment, Person, Posting
from roles.seats import Seat
from tests.cast import build
from tests.files_registry.access import steps
from tests.files_registry.accounts import making

WHO = st.sampled_from(["clerk", "second_clerk", "dispatched", "neighbour", "teacher", "manager", "officer", "outsider"])
UNITS = st.sampled_from(["tax", "collection", "school"])
RIGHTS = st.lists(st.sampled_from([right.value for right in Right]), min_size=1, unique=True)
GRANTS = st.lists(st.tuples(WHO, st.integers(0, 2), RIGHTS, st.booleans()), max_size=6)
GROUPS = st.lists(st.tuples(UNITS, st.sampled_from(["staff", "officers", "dispatched"]), RIGHTS), max_size=2)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["move", "leave", "audit", "seat", "post", "cease"]), WHO, UNITS), max_size=4
)
LIST = st.lists(st.tuples(WHO, st.sets(st.sampled_from(list(Right))), st.booleans()), min_size=1, max_size=8)


def arrange(cast, grants, groups, events):
    """Three files in the system, one of which belongs to a unit that was merged, and one beside it that does not."""
    files = [
        steps.held_file(cast, cast.tax, number="T-1"),
        steps.held_file(cast, cast.collection, number="T-2"),
        steps.held_file(cast, cast.closed_school, number="T-3"),
    ]
    steps.held_file(cast, cast.tax, number="T-9")
    made = making.system(cast, files=files)
    for who, place, rights, revoked in grants:
        try:
            with transaction.atomic():
                grant = access.request(files[place % 2].pk, actor=cast.people[who], **steps.wish(rights=rights))
                decider = cast.manager if place % 2 == 0 else cast.neighbour
                access.grant(grant.pk, actor=decider)
                if revoked:
                    access.revoke(grant.pk, note="例", actor=decider)
        except (PermissionDenied, MoveRefused, Invalid):
            continue
    for unit, kind, rights in groups:
        try:
            with transaction.atomic():
                facts = steps.wish(rights=rights)
                place = getattr(cast, unit).pk
                access.propose(files[0].pk, group_unit_id=place, group_kind=kind, actor=cast.manager, **facts)
        except (MoveRefused, Invalid):
            continue
    for what, who, unit in events:
        happen(cast, what, cast.people[who], getattr(cast, unit), files[0])
    return made, files


def happen(cast, what, person, unit, file):
    yesterday = today() - timedelta(days=1)
    if what == "move":
        Posting.objects.on().filter(person=person, valid_from__lte=yesterday).update(valid_to=yesterday)
        Posting.objects.get_or_create(person=person, unit=unit, valid_from=today())
    elif what == "leave":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    elif what == "post":
        Posting.objects.filter(person=person, valid_from__lte=yesterday).update(valid_to=yesterday)
    elif what == "cease":
        PersonalInformationFile.objects.filter(pk=file.pk).update(status="ceased", ceased_on=today())
    else:
        seat, place = (Seat.AUDIT_OFFICER, None) if what == "audit" else (Seat.PROTECTION_OFFICER, unit)
        if not Appointment.objects.on().filter(person=person, seat=seat, unit=place).exists():
            Appointment.objects.create(
                person=person, seat=seat, unit=place, valid_from=today(), reason="例", appointed_by=cast.chief
            )


def naive(person, account, files):
    """The same question, put to one person by the rule that every page asks."""
    person = Person.objects.get(pk=person.pk)
    if not person.is_active:
        return "gone"
    posted = Posting.objects.on().filter(person=person).exists()
    if not posted and not load_holdings(person).appointments:
        return "gone"
    fresh = PersonalInformationFile.objects.filter(pk__in=[file.pk for file in files])
    has = frozenset().union(*rights_on(person, fresh).values())
    if has:
        return "wider" if set(account) - has else None
    return "gone" if moved(person, files) else "excess"


def moved(person, files):
    """Some right over a file of the system rested on working or sitting where the person no longer does."""
    places = set(Posting.objects.on().filter(person=person).values_list("unit", flat=True))
    places |= {a.unit_id for a in load_holdings(person).appointments}
    alive = [file.pk for file in files if PersonalInformationFile.objects.get(pk=file.pk).status == "held"]
    decided = Grant.objects.filter(person=person, file__in=alive, decided_at__isnull=False).exclude(status="refused")
    return any(grant.unit_id not in places for grant in decided)


@pytest.mark.django_db
@pytest.mark.article("11-1", "11-2")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(grants=GRANTS, groups=GROUPS, events=EVENTS, rows=LIST)
def test_the_list_at_once_agrees_with_one_person_at_a_time(grants, groups, events, rows):
    sid = transaction.savepoint()
    try:
        cast = build()
        made, files = arrange(cast, grants, groups, events)
        reading, expected = Reading(), {}
        for number, (who, rights, stopped) in enumerate(rows):
            person = cast.people[who]
            name = f"a{number}"
            reading.accounts[name] = Account(
                name, person.staff_number, "", bits_of(r.value for r in rights), "", None, stopped, "A1"
            )
            if not stopped and (kind := naive(person, rights, files)):
                expected[name] = kind
        result = compare(made, today(), reading)
        assert {f.account: f.kind for f in result.found if f.kind != "missing"} == expected
        listed = {cast.people[who].pk for who, _, _ in rows}
        fresh = list(PersonalInformationFile.objects.filter(pk__in=[file.pk for file in files]))
        may = {p.pk for p in Person.objects.all() if any(rights_on(p, fresh).values())}
        assert {f.person for f in result.found if f.kind == "missing"} == may - listed
    finally:
        transaction.savepoint_rollback(sid)
