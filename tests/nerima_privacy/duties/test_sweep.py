"""The daily sweep reminds at the intervals of the law's table, steps up, and tells nobody twice for one day."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from nerima_privacy.activity.models import Entry
from nerima_privacy.duties import daily, tasks
from nerima_privacy.duties.daily import register_daily
from nerima_privacy.duties.registry import duty
from nerima_privacy.duties.sweep import sweep
from nerima_privacy.law.models import LegalParameter
from nerima_privacy.notices.models import Notice
from roles.models import Appointment
from roles.seats import Seat
from tests.nerima_privacy.duties.ward_of_duties import ON, declare, finding

pytestmark = [pytest.mark.article("3-3", "4-3"), pytest.mark.usefixtures("no_duties", "no_jobs")]


@pytest.fixture
def no_jobs(monkeypatch):
    monkeypatch.setattr(daily, "_jobs", [])


@pytest.fixture(autouse=True)
def intervals(db):
    for key, value in {"offsets": [-7, -3, -1, 0], "overdue_every": 7, "escalate_after": 14}.items():
        LegalParameter.objects.filter(key=f"reminder.{key}").delete()
        LegalParameter.objects.create(key=f"reminder.{key}", value=value, valid_from="2023-04-01", source="試験")


def told(kind="duties.reminder"):
    return {notice.to.staff_number for notice in Notice.objects.filter(kind=kind).select_related("to")}


@pytest.mark.parametrize(
    ("days", "reminded"),
    [
        (8, False),
        (7, True),
        (5, False),
        (3, True),
        (1, True),
        (0, True),
        (-1, False),
        (-7, True),
        (-8, False),
        (-14, True),
    ],
)
def test_the_days_of_reminding_are_those_of_the_table(cast, days, reminded):
    declare("filing.filed", [finding(cast.tax, days)])
    sweep(ON)
    assert told() == ({cast.manager.staff_number} if reminded else set())


def test_other_intervals_are_a_change_of_data(cast):
    LegalParameter.objects.filter(key="reminder.offsets").update(value=[-5])
    declare("filing.filed", [finding(cast.tax, 5)])
    sweep(ON)
    assert told() == {cast.manager.staff_number}


def test_a_finding_without_a_last_day_is_reminded_of_every_so_many_days(cast):
    declare("seats.filled", [finding(cast.tax, None)])
    since = ON - timedelta(days=60)
    for day in (since, since + timedelta(days=1), since + timedelta(days=7)):
        sweep(day)
    assert sorted(Notice.objects.values_list("key", flat=True)) == ["reminder:2026-09-25", "reminder:2026-10-02"]


def test_a_person_is_told_once_a_day_of_everything(cast):
    declare("filing.filed", [finding(cast.tax, 0, key=str(n)) for n in range(3)])
    declare("filing.decided", [finding(cast.tax, -7)], article="10-2")
    sweep(ON)
    notice = Notice.objects.get()
    assert notice.title == "期限をすぎたものが1件、期限の近いものが3件あります"
    assert notice.body == "第10条第1項　保有の届出　期限前3件\n第10条第2項　保有の届出　おくれ1件"
    assert [m.to for m in mail.outbox] == [[cast.manager.email]]


def test_run_twice_for_a_day_nobody_is_told_twice(cast):
    declare("filing.filed", [finding(cast.tax, -14)])
    first, second = sweep(ON), sweep(ON)
    assert (first.reminded, first.escalated) == (1, 1)
    assert (second.reminded, second.escalated) == (0, 0)
    assert Notice.objects.count() == 2
    assert len(mail.outbox) == 2


def test_days_on_which_no_sweep_ran_are_made_up_for(cast):
    declare("filing.filed", [finding(cast.tax, 2)])  # the day to remind was yesterday, three days before
    sweep(ON - timedelta(days=2))
    assert not told()
    sweep(ON)
    assert told() == {cast.manager.staff_number}


def test_a_past_day_swept_once_more_does_not_remind_again_of_what_came_after_it(cast):
    declare("filing.filed", [finding(cast.tax, 0)])  # the last day to remind is ON
    sweep(ON)
    sweep(ON - timedelta(days=5))
    sweep(ON + timedelta(days=1))
    assert not Notice.objects.filter(key=f"reminder:{ON + timedelta(days=1)}").exists()
    assert Notice.objects.filter(key=f"reminder:{ON}").count() == 1


def test_after_fourteen_days_it_is_brought_to_the_department_manager(cast):
    declare("filing.filed", [finding(cast.tax, -13)])
    sweep(ON)
    assert not told("duties.escalation")
    sweep(ON + timedelta(days=1))
    assert told("duties.escalation") == {cast.department_manager.staff_number}


def test_for_a_school_and_for_a_ward_wide_seat_it_is_brought_to_the_chief(cast):
    declare("filing.filed", [finding(cast.school, -14)])
    declare("filing.decided", [finding(None, -14)], seat=Seat.DISCLOSURE_MANAGER, article="10-2")
    sweep(ON)
    assert told() == {cast.principal.staff_number, cast.disclosure_manager.staff_number}
    assert told("duties.escalation") == {cast.chief.staff_number}
    assert "2件" in Notice.objects.get(kind="duties.escalation").title


@pytest.mark.parametrize(
    ("seat", "unit", "vacated", "instead"),
    [
        (Seat.PROTECTION_OFFICER, "tax", ["officer", "second_officer"], "manager"),
        (Seat.PROTECTION_MANAGER, "tax", ["manager"], "department_manager"),
        (Seat.PROTECTION_MANAGER, "tax", ["manager", "department_manager"], "chief"),
        (Seat.PROTECTION_MANAGER, "school", ["principal"], "chief"),
        (Seat.DISCLOSURE_STAFF, None, ["disclosure_staff"], "disclosure_manager"),
    ],
)
def test_what_a_vacant_seat_does_not_hear_goes_one_seat_up(cast, seat, unit, vacated, instead):
    Appointment.objects.filter(person__in=[cast.people[name] for name in vacated]).update(valid_to=date(2026, 3, 31))
    declare("filing.filed", [finding(getattr(cast, unit) if unit else None, 0)], seat=seat)
    sweep(ON)
    assert told() == {cast.people[instead].staff_number}
    assert "空席" in Notice.objects.get().body


def test_every_holder_of_a_shared_seat_is_told(cast):
    declare("filing.filed", [finding(cast.tax, 0)], seat=Seat.PROTECTION_OFFICER)
    sweep(ON)
    assert told() == {cast.officer.staff_number, cast.second_officer.staff_number}


def test_the_successor_of_a_closed_school_is_told(cast):
    declare("filing.filed", [finding(cast.closed_school, 0)])
    sweep(ON)
    assert told() == {cast.other_principal.staff_number}


def test_when_no_seat_is_held_the_run_says_so(cast):
    Appointment.objects.update(valid_to=date(2026, 3, 31))
    declare("filing.filed", [finding(cast.tax, 0)])
    assert sweep(ON).unreached == 1


def test_a_run_leaves_one_entry_of_the_system(cast):
    declare("filing.filed", [finding(cast.tax, 0)])
    sweep(ON)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor.staff_number) == ("sweep.ran", "SYSTEM")
    assert entry.facts["on"] == "2026-11-24"
    assert (entry.facts["findings"], entry.facts["reminded"]) == (1, 1)


def test_daily_jobs_run_and_one_that_breaks_holds_nothing_up(cast):
    done = []

    @register_daily
    def broken(on, actor):
        raise RuntimeError("no")

    @register_daily
    def ending(on, actor):
        done.append((on, actor.staff_number))
        return 3

    @duty("filing.broken", article="10-1", title="壊れた義務", seat=Seat.PROTECTION_MANAGER)
    def check(scope):
        raise RuntimeError("no")

    declare("filing.filed", [finding(cast.tax, 0)])
    swept = sweep(ON)
    assert done == [(ON, "SYSTEM")]
    assert [name.rpartition(".")[2] for name in swept.failed] == ["broken", "broken"]
    assert list(swept.jobs.values()) == [3]
    assert told() == {cast.manager.staff_number}
    with pytest.raises(CommandError) as refused:
        call_command("sweep", "--on", "2026-11-24", stdout=StringIO())
    assert refused.value.returncode == 1


def test_the_command_takes_a_day_either_way_and_refuses_nonsense(cast):
    declare("filing.filed", [finding(cast.tax, 0)])
    out = StringIO()
    call_command("sweep", "--on", "令和8年11月24日", stdout=out)
    assert "お知らせ 1人" in out.getvalue()
    with pytest.raises(CommandError) as refused:
        call_command("sweep", "--on", "きのう")
    assert refused.value.returncode == 2


def test_beat_sweeps_today_and_sends_what_was_left(cast):
    declare("filing.filed", [finding(cast.tax, 0)])
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        assert tasks.sweep()["on"] == "2026-11-24"
    assert len(mail.outbox) == 1
