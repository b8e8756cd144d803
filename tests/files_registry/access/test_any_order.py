"""Whatever is granted, narrowed, moved, expired, revoked, confirmed, appointed and audited in whatever order: after
every step exactly the people whom the seats, the grants and the audits allow can open the file (第11条・第24条)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from audits.examinations import daily as audits_daily
from audits.examinations import workflow as audits
from audits.examinations.models import Audit
from files_registry.access import daily, reviewing, workflow
from files_registry.access.effective import allowed_files
from files_registry.access.holders import holders_of
from files_registry.access.models import Grant, GroupKind
from files_registry.access.reconciling import differences
from files_registry.access.reviewing import Answer, Answered
from files_registry.catalogue.models import FileStatus
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.refusals import Invalid, MoveRefused
from roles.models import Appointment, Engagement, Person, Posting
from roles.people import system_actor
from roles.seats import Seat
from tests.audits import steps as audit_steps
from tests.cast import build
from tests.files_registry.access import steps

WHO = st.sampled_from(["clerk", "second_clerk", "dispatched", "neighbour", "teacher", "manager", "department_manager"])
DECIDERS = st.sampled_from(["manager", "neighbour", "department_manager", "chief", "clerk"])
RIGHTS = st.lists(st.sampled_from([right.value for right in Right]), min_size=1, max_size=3, unique=True)
DAYS = st.sampled_from([0, 1, 30, 200])
UNITS = st.sampled_from(["tax", "collection", "school"])
EXAMINED = st.lists(st.sampled_from(["tax", "collection", "citizens", "school"]), min_size=1, max_size=2, unique=True)
OFFICERS = st.sampled_from([("audit_officer",), ("audit_officer", "acting"), ("acting",)])
MOVED = st.one_of(WHO, st.sampled_from(["audit_officer", "acting"]))
BEGIN = datetime(2026, 11, 25, 9, tzinfo=timezone.get_default_timezone())


class AnyOrder(RuleBasedStateMachine):
    """One file of 税務課. The model: every grant and audit ever decided, and who works and sits where, read from plain
    rows. 監査責任者 are two: one of 福祉部, one who heads its 管理課 for somebody else."""

    @initialize()
    def begin(self):
        self.sid = transaction.savepoint()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.now = self.clock.start()
        self.cast = build()
        self.file = steps.held_file(self.cast)
        audit_steps.appoint(self.cast, "acting")

    def teardown(self):
        if hasattr(self, "sid"):
            self.clock.stop()
            transaction.savepoint_rollback(self.sid)

    def attempt(self, verb, *args, **facts):
        try:
            with transaction.atomic():
                verb(*args, **facts)
        except (PermissionDenied, MoveRefused, Invalid):
            pass

    def some(self, data, *statuses):
        grants = list(Grant.objects.filter(status__in=statuses).order_by("pk"))
        return data.draw(st.sampled_from(grants)) if grants else None

    @rule(who=WHO, rights=RIGHTS, days=DAYS)
    def request(self, who, rights, days):
        wish = steps.wish(rights=rights, ends_on=today() + timedelta(days=days))
        self.attempt(workflow.request, self.file.pk, actor=self.cast.people[who], **wish)

    @rule(who=WHO, other=WHO, kind=st.sampled_from(["", *GroupKind.values]), unit=UNITS, days=DAYS)
    def propose(self, who, other, kind, unit, days):
        facts = steps.wish(ends_on=today() + timedelta(days=days))
        people = [self.cast.people[name].pk for name in {who, other}]
        group = getattr(self.cast, unit).pk if kind else None
        actor = self.cast.manager
        self.attempt(
            workflow.propose, self.file.pk, people=people, group_unit_id=group, group_kind=kind, actor=actor, **facts
        )

    @rule(data=st.data(), who=DECIDERS, verb=st.sampled_from([workflow.grant, workflow.refuse]))
    def decide(self, data, who, verb):
        if grant := self.some(data, "requested"):
            self.attempt(verb, grant.pk, note="例", actor=self.cast.people[who])

    @rule(data=st.data(), who=DECIDERS, rights=RIGHTS, days=DAYS)
    def narrow(self, data, who, rights, days):
        if grant := self.some(data, "granted"):
            ends_on = today() + timedelta(days=days)
            actor = self.cast.people[who]
            self.attempt(workflow.narrow, grant.pk, rights=rights, ends_on=ends_on, note="例", actor=actor)

    @rule(data=st.data(), who=DECIDERS, verb=st.sampled_from([workflow.revoke, workflow.restore]))
    def take_or_give_back(self, data, who, verb):
        if grant := self.some(data, "granted", "suspended"):
            self.attempt(verb, grant.pk, note="例", actor=self.cast.people[who])

    @rule(data=st.data(), who=DECIDERS, answer=st.sampled_from(Answer), rights=RIGHTS, days=DAYS)
    def review(self, data, who, answer, rights, days):
        if grant := self.some(data, "granted"):
            said = Answered(answer, rights, today() + timedelta(days=days), "例")
            self.attempt(reviewing.review, self.file.pk, answers={grant.pk: said}, actor=self.cast.people[who])

    @rule(days=st.sampled_from([1, 29, 31, 120, 250]))
    def time_passes(self, days):
        self.now.move_to(timezone.now() + timedelta(days=days))

    @rule()
    def the_night_comes(self):
        daily.end_what_ran_out(today(), system_actor())
        daily.suspend_unanswered(today(), system_actor())
        audits_daily.close_what_is_over(today(), system_actor())

    @rule(officers=OFFICERS, units=EXAMINED, first=DAYS, days=DAYS)
    def audit(self, officers, units, first, days):
        begins_on = today() + timedelta(days=first)
        ends_on = begins_on + timedelta(days=days)
        plan = audit_steps.plan(self.cast, officers=officers, units=units, begins_on=begins_on, ends_on=ends_on)
        self.attempt(lambda: self.approved(plan, self.cast.people[officers[0]]))

    def approved(self, plan, officer):
        audit = audits.submit(audits.plan(plan, actor=officer).pk, actor=officer)
        return audits.approve(audit.pk, actor=self.cast.chief)

    @rule(data=st.data(), who=st.sampled_from(["chief", "audit_officer", "acting", "manager"]))
    def end_an_audit(self, data, who):
        if going := list(Audit.objects.filter(status="under_way").order_by("pk")):
            self.attempt(audits.end, data.draw(st.sampled_from(going)).pk, note="例", actor=self.cast.people[who])

    @rule()
    def an_officer_steps_down(self):
        yesterday = today() - timedelta(days=1)
        seats = Appointment.objects.on().filter(seat=Seat.AUDIT_OFFICER, person=self.cast.audit_officer)
        seats.filter(valid_from__lte=yesterday).update(valid_to=yesterday)

    @rule(who=MOVED, unit=UNITS)
    def transfer(self, who, unit):
        person, yesterday = self.cast.people[who], today() - timedelta(days=1)
        Posting.objects.on().filter(person=person, valid_from__lte=yesterday).update(valid_to=yesterday)
        Posting.objects.get_or_create(person=person, unit=getattr(self.cast, unit), valid_from=today())

    @rule(who=MOVED, seat=st.sampled_from([Seat.PROTECTION_OFFICER, Seat.SYSTEM_ADMINISTRATOR]), unit=UNITS)
    def appoint(self, who, seat, unit):
        ward = seat == Seat.SYSTEM_ADMINISTRATOR
        person, place = self.cast.people[who], None if ward else getattr(self.cast, unit)
        if not Appointment.objects.on().filter(person=person, seat=seat, unit=place).exists():
            Appointment.objects.create(person=person, seat=seat, unit=place, valid_from=today(), valid_to=today())

    @rule()
    def the_manager_goes(self):
        yesterday = today() - timedelta(days=1)
        Appointment.objects.on().filter(person=self.cast.manager, valid_from__lte=yesterday).update(valid_to=yesterday)

    @rule(who=MOVED)
    def leave(self, who):
        Person.objects.filter(pk=self.cast.people[who].pk).update(is_active=False)

    @rule(on=st.booleans())
    def cease(self, on):
        status, day = (FileStatus.CEASED, today()) if on else (FileStatus.HELD, None)
        type(self.file).objects.filter(pk=self.file.pk).update(status=status, ceased_on=day)

    def expected(self):
        """Who may open the file now, from the grants and the rows of people, said once more in plain words."""
        now, day = timezone.now(), today()
        file = type(self.file).objects.get(pk=self.file.pk)
        found = set()
        for name, person in self.cast.people.items():
            active = Person.objects.get(pk=person.pk).is_active
            seats = list(Appointment.objects.filter(valid_on(day), person=person))
            places = {p.unit_id for p in Posting.objects.filter(valid_on(day), person=person)}
            manages = any(s.seat in (Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER) and s.unit_id == file.unit_id
                          for s in seats)  # fmt: skip
            barred = any(s.seat in (Seat.SYSTEM_ADMINISTRATOR, Seat.AUDIT_OFFICER) for s in seats)
            mine = [
                g for g in Grant.objects.filter(file=file, status="granted", may_open=True)
                if g.begins_at <= now < g.ends_at and self.meant(g, person, places, seats)
            ]  # fmt: skip
            granted = mine and not barred and file.status == FileStatus.HELD
            if active and (manages or granted or self.examines(person, places, seats)):
                found.add(name)
        return found

    def examines(self, person, places, seats):
        """Whether an audit of 税務課 or of its 部 opens the file, which is held or has ceased here."""
        tax, above = self.cast.tax.pk, self.cast.citizens.pk
        own = places | {s.unit_id for s in seats if s.unit_id}
        if not any(s.seat == Seat.AUDIT_OFFICER for s in seats) or tax in own or above in own:
            return False
        sections = {self.cast.tax.pk, self.cast.collection.pk}
        for audit in Audit.objects.filter(officers=person, status="under_way"):
            named = set(audit.units.values_list("pk", flat=True))
            whole = above in named and not own & sections  # the 部 is not above the own unit
            if audit.begins_on <= today() <= audit.ends_on and (tax in named or whole):
                return True
        return False

    def meant(self, grant, person, places, seats):
        if grant.person_id:
            return grant.person_id == person.pk and grant.unit_id in places | {s.unit_id for s in seats}
        kind, unit = grant.group.kind, grant.group.unit_id
        if kind == GroupKind.OFFICERS:
            return any(s.seat == Seat.PROTECTION_OFFICER and s.unit_id == unit for s in seats)
        staff = person.engagement == Engagement.WARD
        return unit in places and staff == (kind == GroupKind.STAFF)

    @invariant()
    def exactly_those_who_are_allowed_can_open_it(self):
        if not hasattr(self, "file"):
            return
        file = type(self.file).objects.get(pk=self.file.pk)
        people = {name: Person.objects.get(pk=person.pk) for name, person in self.cast.people.items()}
        asked = {name for name, person in people.items() if person.has_perm("files_registry.open_file", file)}
        listed = {name for name, person in people.items() if allowed_files(person).filter(pk=file.pk).exists()}
        assert asked == listed == self.expected()

    @invariant()
    def grants_and_rights_agree(self):
        if hasattr(self, "file"):
            assert not list(differences())

    @invariant()
    def the_list_of_rights_names_nobody_else_and_misses_only_members_of_groups(self):
        if not hasattr(self, "file"):
            return
        file = type(self.file).objects.get(pk=self.file.pk)
        named = {holder.person for holder in holders_of(file) if holder.person}
        allowed = {self.cast.people[name] for name in self.expected()}
        assert named <= allowed
        if not Grant.objects.filter(file=file, status="granted", group__isnull=False).exists():
            assert named == allowed

    @invariant()
    def the_list_of_rights_names_whom_an_audit_allows(self):
        if not hasattr(self, "file"):
            return
        day, expected = today(), set()
        for person in Person.objects.filter(is_active=True, appointments__seat=Seat.AUDIT_OFFICER).distinct():
            seats = list(Appointment.objects.filter(valid_on(day), person=person))
            places = {p.unit_id for p in Posting.objects.filter(valid_on(day), person=person)}
            if self.examines(person, places, seats):
                expected.add(person.pk)
        file = type(self.file).objects.get(pk=self.file.pk)
        assert {h.person.pk for h in holders_of(file) if h.ground.startswith("監査")} == expected


@pytest.mark.django_db
@pytest.mark.article("11-1", "11-2", "24-1")
def test_exactly_those_who_are_allowed_can_open_a_file_whatever_was_done():
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
