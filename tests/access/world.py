"""What the matrix walks over: for 税務課 and for 豊玉小学校 a file and a notification in each state."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from files_registry.access import workflow as access
from files_registry.access.models import FileUserRight, Grant
from files_registry.catalogue.cells import CELLS
from files_registry.catalogue.models import FileVersion, PersonalInformationFile
from files_registry.filings import workflow
from files_registry.filings.models import Filing
from files_registry.handling import checking, correcting, standing
from files_registry.handling import workflow as handling
from files_registry.ledgers import workflow as workflow_of_ledgers
from files_registry.register.models import Edition, EditionEntry
from files_registry.systems import workflow as workflow_of_systems
from nerima_privacy.calendars.periods import today
from nerima_privacy.imports import workflow as imports
from nerima_privacy.notices.models import Notice
from tests.audits import steps as audits
from tests.files_registry import ledger_steps, steps
from tests.files_registry.accounts import making as making_accounts
from tests.files_registry.handling import making
from tests.files_registry.steps import plan
from tests.interruption import SESSIONS


@dataclass
class Side:
    """One unit's people and things. `writers` write for it; `seat` is its 保護責任者."""

    unit: object
    writer: object
    seat: object
    staff: set[str]
    writers: set[str]
    above: set[str]
    examiners: set[str] = field(default_factory=set)
    filings: dict[str, Filing] = field(default_factory=dict)
    files: dict[str, PersonalInformationFile] = field(default_factory=dict)
    ledger: dict[str, Any] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    asker: str = ""
    handled: dict[str, object] = field(default_factory=dict)
    accounts: dict[str, Any] = field(default_factory=dict)
    systems: dict[str, object] = field(default_factory=dict)


class World:
    """Own and other."""

    def __init__(self, cast):
        self.cast = cast
        self.own = Side(
            cast.tax,
            cast.officer,
            cast.manager,
            staff={"clerk", "second_clerk"},
            writers={"manager", "officer", "second_officer"},
            above={"department_manager"},
            examiners={"audit_officer"},
            asker="clerk",
        )
        self.other = Side(
            cast.school,
            cast.school_officer,
            cast.principal,
            staff={"teacher"},
            writers={"principal", "school_officer"},
            above=set(),
            asker="teacher",
        )
        for side in (self.own, self.other):
            self.fill(side)
        # An audit in each state a page or verb is asked in; the one under way opens what 税務課 holds to its officer.
        self.audits = {
            "draft": audits.planned(cast),
            "submitted": audits.submitted(cast),
            "under_way": audits.approved(cast),
        }
        self.notice = Notice.objects.filter(to=cast.manager).first()
        self.run = imports.upload(kind="ward", file_name="a.csv", content=b"x", reason="-", actor=cast.administrator)
        self.edition = Edition.objects.create(
            number=1, as_of=today(), published_by=cast.disclosure_manager, entries_count=1, digest="0"
        )
        self.entry = EditionEntry.objects.create(
            edition=self.edition,
            key="1",
            position=1,
            name="公表ずみファイル",
            organ_name="練馬区長",
            unit_name="税務課",
            purpose="見本",
            sensitive=False,
            cells=[{"no": cell.no, "label": cell.label, "value": "公表ずみファイル"} for cell in CELLS],
            search_text="公表ずみファイル",
            digest="0",
        )

    def fill(self, side):
        """A notification in each state, by the verbs themselves."""
        manager = self.cast.disclosure_manager
        draft = self.draft(side, "下書き")
        submitted = workflow.submit(self.draft(side, "確認待ち").pk, actor=side.writer)
        filed = self.filed(side, "検討中")
        proposed = workflow.consider(self.filed(side, "発議").pk, propose=True, reason="新しい事務", actor=manager)
        decided = self.decided(side, "決定")
        notified = workflow.notify(self.decided(side, "通知").pk, actor=manager)
        held = workflow.hold(
            workflow.notify(self.decided(side, "保有").pk, actor=manager).pk, on=today(), actor=side.writer
        )
        change = self.changed(side, "変更")
        ceasing = self.ceasing(side, "廃止中")
        ceased = workflow.receive(self.ceasing(side, "廃止").pk, actor=manager)
        side.filings = {
            "draft": draft,
            "submitted": submitted,
            "filed": filed,
            "proposed": proposed,
            "decided": decided,
            "notified": notified,
            "change": change,
            "ceasing": ceasing,
            "ceased": ceased,
        }
        side.handled = self.handled(side, self.held(side, "複製").file)
        side.files = {"held": held.file, "ceased": ceased.file, "changed": self.second_version(side)}
        side.ledger = self.ledger(held.file, side.writer)
        side.systems = self.systems(side, self.held(side, "電算").file)
        self.give(side)
        side.accounts = self.accounts(side, held.file)

    def accounts(self, side, file):
        """A system that holds the file, administered by one of the staff, and an account list at each step."""
        system = making_accounts.system(self.cast, side.unit, f"{side.unit.name}のシステム", files=[file])
        system.administrators.update(person=self.cast.people[side.asker])
        lines = [making_accounts.line("A1", self.cast.people[min(side.staff)])]
        recorded = making_accounts.recorded(self.cast, system, *lines, actor=side.writer)
        return {
            "system": system,
            "recorded": recorded,
            "uploaded": making_accounts.uploaded(self.cast, system, *lines, actor=side.writer),
            "checked": making_accounts.checked(self.cast, system, *lines, actor=side.writer),
        }

    def systems(self, side, file):
        """A system of the unit, administered by one of its staff, with a file in it and a proposal of either side."""
        asker = self.cast.people[side.asker]
        system = workflow_of_systems.register_system(
            side.unit.pk,
            data={"name": f"{side.unit.name}システム", "purpose": "見本"},
            valid_from=today(),
            actor=side.writer,
        )
        workflow_of_systems.name_administrator(system.pk, person_pk=asker.pk, valid_from=today(), actor=side.writer)
        link = workflow_of_systems.link_file(file.pk, system_pk=system.pk, valid_from=today(), actor=side.writer)
        facts = {"words": "見本", "valid_from": today(), "review_on": today() + timedelta(days=30)}
        propose = workflow_of_systems.propose
        return {
            "system": system,
            "link": link,
            "of_manager": propose(system.pk, side.unit.pk, "logs", data=facts, actor=side.seat),
            "of_administrator": propose(system.pk, side.unit.pk, "backups", data=facts, actor=asker),
        }

    def ledger(self, file, writer):
        """A line, a verification and a medium of a held file."""
        name = next(name for name, person in self.cast.people.items() if person == writer)
        shelf = [ledger_steps.registered(self.cast, file, name, responsible=writer) for _ in range(2)]
        proof = {"on": today(), "way": "shred", "data": ledger_steps.DISPOSAL, "counted": 2, "actor": writer}
        return {
            "disposal": workflow_of_ledgers.dispose_media(file.unit_id, media=ledger_steps.seen(shelf), **proof),
            "entry": ledger_steps.wrote(self.cast, file, name),
            "verification": ledger_steps.verified(self.cast, file, name),
            "medium": ledger_steps.registered(self.cast, file, name, responsible=writer),
            "disposed": ledger_steps.disposed(self.cast, file, name, responsible=writer),
        }

    def give(self, side):
        """Rights over a file of the side: one asked for, one in force, one stopped."""
        file = self.held(side, "権限").file
        wish = {"rights": ["open_file", "output_file"], "purpose": "見本", "ends_on": today() + timedelta(days=30)}
        asked = access.request(file.pk, actor=self.cast.people[side.asker], **wish)
        people = [self.cast.dispatched.pk, self.cast.dual.pk]
        given, stopped = access.propose(file.pk, people=people, actor=side.seat, **wish)
        now = timezone.now()
        Grant.objects.filter(pk=stopped.pk).update(status="suspended", ended_at=now, end_reason="見本")
        FileUserRight.objects.filter(grant=stopped).delete()
        side.grants = {"requested": asked, "granted": given, "suspended": stopped}
        side.files["shared"] = file

    def handled(self, side, file):
        """A request, a standing permission, a check and a correction in each state a page or verb is asked in."""
        asker = self.cast.people[min(side.staff)]
        allowed = self.allowed(side, file, "take_out")
        done = handling.record_done(self.allowed(side, file, "take_out").pk, done_on=today(), actor=asker)
        back = handling.record_done(self.allowed(side, file, "take_out").pk, done_on=today(), actor=asker)
        late = handling.record_done(self.allowed(side, file, "take_out").pk, done_on=today(), actor=asker)
        sending = self.allowed(side, file, "send")
        corrected = correcting.instruct(
            self.found(file, asker).pk, instruction="直すこと。", due_on=making.days(5), actor=side.seat
        )
        scope = making.scope(places="書庫")
        stands = standing.ask(file.pk, scope, actor=asker)
        return {
            "draft": self.asked(file, asker, "take_out"),
            "submitted": handling.submit(self.asked(file, asker, "take_out").pk, actor=asker),
            "allowed": allowed,
            "done": done,
            "returned": handling.record_return(back.pk, **making.RETURN, actor=asker),
            "extending": handling.ask_extension(late.pk, due_on=making.days(9), reason="延びたため", actor=asker),
            "sending": self.allowed(side, file, "send"),
            "check": checking.fill(sending.pk, ticked=making.points(sending), asked_of=side.writer.pk, actor=asker),
            "unsent": self.unsent(side, asker),
            "standing": standing.ask(file.pk, scope, actor=asker),
            "in_force": standing.allow(stands.pk, actor=side.seat),
            "found": self.found(file, asker),
            "instructed": correcting.instruct(
                self.found(file, asker).pk, instruction="直すこと。", due_on=making.days(5), actor=side.seat
            ),
            "corrected": correcting.correct(corrected.pk, done_on=today(), done_note="原票と照らした。", actor=asker),
        }

    def unsent(self, side, asker):
        """A sending without a request that two people have checked."""
        light = self.held(side, "掲示").file
        FileVersion.objects.filter(pk=light.current_id).update(confidentiality="1")
        facts = making.sending(self.cast)
        points = making.channel_points(facts["channel"])
        check = checking.fill_without_request(light.pk, facts, ticked=points, asked_of=side.writer.pk, actor=asker)
        return checking.confirm(check.pk, ticked=points, actor=side.writer)

    def asked(self, file, asker, act):
        request = handling.draft(file.pk, act=act, actor=asker)
        return handling.save_draft(request.pk, making.facts(act), stamp=request.stamp, actor=asker)

    def allowed(self, side, file, act):
        asker = self.cast.people[min(side.staff)]
        return handling.allow(handling.submit(self.asked(file, asker, act).pk, actor=asker).pk, actor=side.seat)

    def found(self, file, asker):
        return correcting.find(file.pk, {"found_on": today(), **making.FOUND}, actor=asker)

    def draft(self, side, name):
        return workflow.draft_new(
            side.unit.pk, actor=side.writer, data={**steps.CELLS, **plan(), "name": f"{side.unit.name}{name}"}
        )

    def filed(self, side, name):
        return workflow.file(workflow.submit(self.draft(side, name).pk, actor=side.writer).pk, actor=side.seat)

    def decided(self, side, name):
        return self.decide(self.filed(side, name))

    def decide(self, filing):
        return workflow.consider(
            filing.pk,
            propose=False,
            reason="定例",
            result="no_objection",
            actor=self.cast.disclosure_manager,
        )

    def held(self, side, name):
        filing = workflow.notify(self.decided(side, name).pk, actor=self.cast.disclosure_manager)
        return workflow.hold(filing.pk, on=today(), actor=side.writer)

    def changed(self, side, name):
        data = {**plan(), "items": steps.CELLS["items"] + "\n森林環境税額"}
        change = workflow.draft_change(self.held(side, name).file_id, actor=side.writer, data=data)
        change = workflow.file(workflow.submit(change.pk, actor=side.writer).pk, actor=side.seat)
        return workflow.notify(self.decide(change).pk, actor=self.cast.disclosure_manager)

    def second_version(self, side):
        """A file whose change took effect."""
        return workflow.apply_change(self.changed(side, "二つの版").pk, on=today(), actor=side.writer).file

    def ceasing(self, side, name):
        ceasing = workflow.draft_cease(self.held(side, name).file_id, actor=side.writer, data={"planned_on": today()})
        return workflow.file(workflow.submit(ceasing.pk, actor=side.writer).pk, actor=side.seat)


def everything():
    """How many rows each table holds: a refusal must leave this as it was (sessions aside)."""
    tables = [name for name in connection.introspection.table_names() if name not in SESSIONS]
    counts = " UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM \"{name}\"" for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())
