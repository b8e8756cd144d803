"""The table: for each URL name who may, who may know of the thing (403), and for whom it does not exist (404)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from roles.models import Appointment

EVERYONE = "everyone logged in"
PUBLIC = "also without a login"
WARD_READERS = {"chief", "disclosure_manager", "disclosure_staff"}
DISCLOSURE = {"disclosure_manager", "disclosure_staff"}
ADMINS = {"administrator", "superuser"}


@dataclass(frozen=True)
class Rule:
    """`arguments(world, side)` fills the address; `may` and `knows` answer the names of people for a side.

    `methods`: which requests the address takes. `refused` is what people get who neither may nor know: 404 for things
    of a unit, 403 for pages that are nobody's thing.
    """

    may: Any = EVERYONE
    knows: Callable[..., set[str]] = field(default=lambda world, side: set())
    arguments: Callable[..., list[Any]] = field(default=lambda world, side: [])
    methods: tuple[str, ...] = ("get",)
    data: Callable[..., dict[str, Any]] = field(default=lambda world: {})
    refused: int = 403
    sided: bool = False
    notes_refusals: bool = False  # a refused attempt to open a file is itself on record

    def form(self, world):
        """What is sent along."""
        return self.data(world)

    def allowed(self, world, side):
        """The names of those who may, or None for everybody."""
        if self.may in (EVERYONE, PUBLIC):
            return None
        return self.may(world, side) if callable(self.may) else set(self.may)


def readers(side):
    """Who knows of a notification once it is filed, and of a file once it was; who examines the unit among them."""
    return side.staff | side.writers | side.above | WARD_READERS | side.examiners


def knowing(state):
    """Who knows of a notification in `state`."""

    def names(world, side):
        if state == "draft":
            return set(side.writers)
        if state == "submitted":
            schools_superior = {"chief"} if side.unit.is_school else set()
            return side.writers | side.above | schools_superior
        return readers(side)

    return names


def filing(may, state="filed", methods=("post",), **extra):
    """A page or verb of one notification in a state."""
    return Rule(
        may=may,
        knows=knowing(state),
        arguments=lambda world, side: [side.filings[state].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def file(may, which="held", methods=("get",), more=(), knows=None, **extra):
    """A page or verb of one file."""
    return Rule(
        may=may,
        knows=knows or (lambda world, side: readers(side)),
        arguments=lambda world, side: [side.files[which].pk, *more],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def of_ledger(part, may, methods=("get",)):
    """A page or verb of one line, verification or medium of a held file: by whoever has the right, here by seat."""
    return Rule(
        may=may,
        knows=lambda world, side: readers(side),
        arguments=lambda world, side: [side.files["held"].pk, side.ledger[part].pk],
        methods=methods,
        refused=404,
        sided=True,
        notes_refusals=True,
    )


def unit_ledgers():
    """The ledgers of a unit together: whoever may take one of them out, by seat or by a grant; all know of the unit."""

    def may(world, side):
        # Besides the seats: who was given 出力 over a file of the side, and whose request to take out was allowed.
        return side.writers | {"dispatched", side.asker}

    return Rule(may=may, arguments=unit, methods=("get", "post"), data=lambda world: {"form": "csv"}, sided=True)


def grant(may, state, methods=("post",), **extra):
    """A page or verb of one grant: known to whom it is for, who asked, the unit's seats, those above, who examines."""

    def knows(world, side):
        row = side.grants[state]
        parties = {who for who, p in world.cast.people.items() if p.pk in {row.person_id, row.asked_by_id}}
        return rights_overseers(world, side) | parties

    return Rule(
        may=may or knows,
        knows=knows,
        arguments=lambda world, side: [side.grants[state].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def handled(may, which, methods=("post",), knows=None, **extra):
    """A page or verb of a request, a standing permission, a check or a correction."""
    return Rule(
        may=may,
        knows=knows or concerned,
        arguments=lambda world, side: [side.handled[which].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def comparers(world, side):
    """The seats of the system's unit, and its named administrator."""
    return side.writers | {side.asker}


def comparison_readers(world, side):
    """Besides them, who oversees the unit; not 情報公開課, nor staff without a seat."""
    return comparers(world, side) | side.above | {"chief"}


def compared(may, which="recorded", methods=("post",), knows=comparison_readers, **extra):
    """A page or verb of a system's account lists; what is not recorded is known only to those who compare."""
    return Rule(
        may=may,
        knows=knows,
        arguments=lambda world, side: [side.accounts[which].pk],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def system(may=None, methods=("get",), more=lambda side: [], **extra):
    """A page or verb of one system: known to its unit's seats, the seats above, the ward's, and who administers it."""
    return Rule(
        may=may or system_readers,
        knows=system_readers,
        arguments=lambda world, side: [side.systems["system"].pk, *more(side)],
        methods=methods,
        refused=404,
        sided=True,
        **extra,
    )


def agreed(may, which, methods=("post",)):
    """A page or verb of one agreement: its words are for the two sides and those who oversee them."""
    return Rule(
        may=may,
        knows=agreement_readers,
        arguments=lambda world, side: [side.systems[which].pk],
        methods=methods,
        refused=404,
        sided=True,
    )


def system_readers(world, side):
    return side.writers | side.above | WARD_READERS | {side.asker}


def agreement_readers(world, side):
    """Not 情報公開課: how files are guarded is no matter of their notification."""
    return side.writers | side.above | {"chief", side.asker}


def two_sides(world, side):
    return seat(world, side) | {side.asker}


def asker(world, side):
    return {side.asker}


def audit(may, which, methods=("post",), knows=None):
    """A page or verb of one audit of 税務課."""
    return Rule(
        may=may,
        knows=knows or (lambda world, side: {"chief", "audit_officer"}),
        arguments=lambda world, side: [world.audits[which].pk],
        methods=methods,
        refused=404,
    )


def examined(world, side):
    """Who is told of an approved audit of 税務課, its officer and 総括保護管理者."""
    return {"audit_officer", "chief", "manager", "officer", "second_officer", "department_manager"}


def officers(world, side):
    return {"audit_officer"}


def applicants(world, side):
    """Whoever knows of the file, and neither holds a seat of its unit nor examines it."""
    return readers(side) - side.writers - side.examiners


def looking(world, side):
    """Who looks into what a file holds: the unit's seats, and who examines it."""
    return side.writers | side.examiners


def rights_overseers(world, side):
    """Not 情報公開課: who may open a file is no matter of its notification."""
    return side.writers | side.above | {"chief"} | side.examiners


def concerned(world, side):
    """The unit that holds the file, the seats above, and who examines it: who sees what was asked for."""
    return side.staff | side.writers | side.above | {"chief"} | side.examiners


def working(world, side):
    """Who works with the file."""
    return side.staff | side.writers


def others(world, side):
    """Who works with the file, but the applicant."""
    return working(world, side) - asker(world, side)


def unit_key(world, side):
    return [side.unit.pk]


def writers(world, side):
    return set(side.writers)


def seat(world, side):
    return {"manager"} if side is world.own else {"principal"}


def all_readers(world, side):
    return readers(side)


def overseers(world, side):
    """Who answers for the unit: not its staff without a seat."""
    return readers(side) - side.staff


def disclosure(world, side):
    return set(DISCLOSURE)


def disclosure_manager(world, side):
    return {"disclosure_manager"}


def run(world, side):
    return [world.run.pk]


def nobody(world, side):
    """Staff without a seat see one version, the one in force: to them there is nothing to compare."""
    return set()


def overseeing(world, side):
    """Who knows of a file that has ceased: its staff see only what is held."""
    return readers(side)


def edition(world, side):
    return [1]


def entry(world, side):
    return ["1"]


def edition_entry(world, side):
    return [1, "1"]


def unit(world, side):
    return [side.unit.code]


def an_appointment(world, side):
    return [Appointment.objects.get(person=world.cast.manager).pk]


def own_post(world):
    """A post is chosen by its holder; to others it does not exist."""
    return {"post": Appointment.objects.get(person=world.cast.manager).pk}


def audit_seat(world, side):
    return [Appointment.objects.get(person=world.cast.audit_officer).pk]


WRITERS = {
    "manager", "officer", "second_officer", "neighbour", "acting", "dual", "principal", "school_officer",
    "other_principal", "disclosure_manager", "disclosure_officer",
}  # fmt: skip
IMPORTERS = {"administrator", "disclosure_staff"} | WRITERS
BOARD = {
    "chief", "department_manager", "two_seats", "manager", "officer", "second_officer", "neighbour", "acting", "dual",
    "principal", "school_officer", "other_principal", "disclosure_manager", "disclosure_staff", "disclosure_officer",
    "audit_officer",
}  # fmt: skip

RULES: dict[str, Rule] = {
    # the shell
    "login": Rule(PUBLIC),
    "demo-login": Rule(PUBLIC, methods=("post",), refused=404),
    "logout": Rule(PUBLIC, methods=("post",)),
    "password": Rule(methods=("get", "post")),
    "password-done": Rule(),
    "keep-alive": Rule(methods=("post",)),
    "choose-post": Rule({"manager"}, methods=("post",), data=own_post, refused=404),
    "report-accident": Rule(),
    "pick-unit": Rule(data=lambda world: {"q": "税務"}),
    "pick-person": Rule({"administrator", "chief"}, methods=("post",), data=lambda world: {"q": "試験"}),
    "desk": Rule(),
    "board": Rule(BOARD),
    "board-findings": Rule(BOARD | {"administrator"}),
    "board-export": Rule(BOARD),
    "search:results": Rule(),
    "inbox:list": Rule(),
    "inbox:read-all": Rule(methods=("post",)),
    "inbox:open": Rule({"manager"}, arguments=lambda world, side: [world.notice.pk], methods=("post",), refused=404),
    # imports
    "imports:list": Rule(IMPORTERS),
    "imports:upload": Rule({"administrator"}, arguments=lambda world, side: ["ward"], methods=("get", "post")),
    "imports:template": Rule({"administrator"}, arguments=lambda world, side: ["ward"]),
    "imports:detail": Rule({"administrator"}, arguments=run, refused=404),
    "imports:state": Rule({"administrator"}, arguments=run, refused=404),
    "imports:problems": Rule({"administrator"}, arguments=run, refused=404),
    "imports:commit": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
    "imports:discard": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
    # files
    "files:list": Rule(),
    "files:export.xlsx": Rule(),
    "files:export.csv": Rule(),
    "files:detail": file(all_readers),
    "files:version": file(all_readers, more=(1,)),
    "files:compare": file(overseers, "changed", knows=nobody),
    "files:history": file(overseers),
    "files:disposal": file(writers, "ceased", knows=overseeing, methods=("get", "post")),
    # notifications
    "filings:list": Rule(),
    "filings:new": Rule(WRITERS, methods=("get", "post")),
    "filings:change": file(writers, methods=("post",)),
    "filings:cease": file(writers, methods=("post",)),
    "filings:take-in": file(writers, methods=("post",)),
    "filings:detail": filing(all_readers, methods=("get",)),
    "filings:edit": filing(writers, "draft", methods=("get", "post")),
    "filings:notification.pdf": filing(overseers, methods=("get",)),
    "filings:result.pdf": filing(overseers, "notified", methods=("get",)),
    "filings:cease.pdf": filing(overseers, "ceasing", methods=("get",)),
    "filings:submit": filing(writers, "draft"),
    "filings:file": filing(seat, "submitted"),
    "filings:send-back": filing(seat, "submitted"),
    "filings:request-correction": filing(disclosure),
    "filings:withdraw": filing(seat),
    "filings:draft-again": filing(writers, "notified"),
    "filings:consider": filing(disclosure_manager),
    "filings:outcome": filing(disclosure, "proposed"),
    "filings:notify": filing(disclosure_manager, "decided"),
    "filings:receive": filing(disclosure, "ceasing"),
    "filings:hold": filing(writers, "notified"),
    "filings:apply": filing(writers, "change"),
    "filings:apply-without-notice": filing(seat, "change"),
    # ledgers
    "ledgers:list": Rule(),
    "ledgers:due": Rule(),
    "ledgers:output-unit": unit_ledgers(),
    "ledgers:detail": file(looking, notes_refusals=True),
    "ledgers:write": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:bulk": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:export.xlsx": file(writers, notes_refusals=True),
    "ledgers:export.csv": file(writers, notes_refusals=True),
    "ledgers:ledger.pdf": file(writers, notes_refusals=True),
    "ledgers:entry": of_ledger("entry", looking),
    "ledgers:correct": of_ledger("entry", writers, ("get", "post")),
    "ledgers:verifications": file(looking, notes_refusals=True),
    "ledgers:verify": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:verification": of_ledger("verification", looking),
    "ledgers:correct-verification": of_ledger("verification", writers, ("get", "post")),
    "ledgers:media": file(looking, notes_refusals=True),
    "ledgers:register-medium": file(writers, methods=("get", "post"), notes_refusals=True),
    "ledgers:medium": of_ledger("medium", looking),
    "ledgers:move-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:complete-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:dispose-medium": of_ledger("medium", writers, ("get", "post")),
    "ledgers:certificate": of_ledger("disposed", looking),
    # rights
    "access:list": Rule(),
    "access:grant": grant(None, "granted", methods=("get",)),
    "access:allow": grant(seat, "requested"),
    "access:refuse": grant(seat, "requested"),
    "access:withdraw": grant(asker, "requested"),
    "access:narrow": grant(seat, "granted"),
    "access:revoke": grant(seat, "granted"),
    "access:restore": grant(seat, "suspended"),
    "access:who": file(rights_overseers),
    "access:who.xlsx": file(rights_overseers),
    "access:who.pdf": file(rights_overseers),
    "access:openings": file(rights_overseers),
    "access:request": file(applicants, methods=("get", "post")),
    "access:propose": file(writers, methods=("get", "post")),
    "access:review": file(seat, methods=("get", "post")),
    "access:open": file(looking, methods=("get", "post"), notes_refusals=True),
    # account lists of real systems
    "accounts:list": Rule(),
    "accounts:system": compared(comparison_readers, "system", ("get",)),
    "accounts:upload": compared(comparers, "system", ("get", "post")),
    "accounts:detail": compared(comparison_readers, methods=("get",)),
    "accounts:findings.xlsx": compared(comparison_readers, methods=("get",)),
    "accounts:answer": compared(comparers),
    "accounts:columns": compared(comparers, "uploaded", ("get", "post"), knows=comparers),
    "accounts:record": compared(comparers, "checked", knows=comparers),
    "accounts:discard": compared(comparers, "uploaded", knows=comparers),
    # copying, sending, taking out; corrections; checks
    "handling:list": Rule(),
    "handling:choose": Rule(),
    "handling:new": file(working, methods=("get", "post")),
    "handling:detail": handled(concerned, "submitted", methods=("get",)),
    "handling:request.pdf": handled(concerned, "submitted", methods=("get",)),
    "handling:edit": handled(asker, "draft", methods=("get", "post"), knows=asker),
    "handling:submit": handled(asker, "draft", knows=asker),
    "handling:allow": handled(seat, "submitted"),
    "handling:refuse": handled(seat, "submitted"),
    "handling:ask-back": handled(seat, "submitted"),
    "handling:withdraw": handled(asker, "allowed"),
    "handling:done": handled(asker, "allowed"),
    "handling:returned": handled(asker, "done"),
    "handling:close": handled(seat, "returned"),
    "handling:ask-extension": handled(asker, "done"),
    "handling:grant-extension": handled(seat, "extending"),
    "handling:refuse-extension": handled(seat, "extending"),
    "handling:withdraw-extension": handled(asker, "extending"),
    "handling:fill-check": handled(asker, "sending", methods=("get", "post")),
    "handling:checks": Rule(),
    "handling:check-choose": file(working),
    "handling:check-new": file(working, more=("mail",), methods=("get", "post")),
    "handling:check-call-off": handled(asker, "check"),
    "handling:check": handled(concerned, "check", methods=("get",)),
    "handling:check.pdf": handled(concerned, "check", methods=("get",)),
    "handling:check-confirm": handled(others, "check"),
    "handling:check-send-back": handled(others, "check"),
    "handling:standing-list": Rule(),
    "handling:standing-new": file(working, methods=("get", "post")),
    "handling:standing": handled(concerned, "standing", methods=("get",)),
    "handling:standing-allow": handled(seat, "standing"),
    "handling:standing-refuse": handled(seat, "standing"),
    "handling:standing-withdraw": handled(asker, "standing"),
    "handling:standing-end": handled(seat, "in_force"),
    "handling:corrections": Rule(),
    "handling:correction-new": file(working, methods=("get", "post")),
    "handling:correction": handled(concerned, "found", methods=("get",)),
    "handling:correction-instruct": handled(seat, "found"),
    "handling:correction-dismiss": handled(seat, "found"),
    "handling:correction-correct": handled(working, "instructed"),
    "handling:correction-checked": handled(writers, "corrected"),
    "handling:correction-redo": handled(writers, "corrected"),
    "handling:rules": Rule(),
    "handling:unit-rules": Rule(concerned, arguments=unit_key, refused=404, sided=True),
    "handling:set-rules": Rule(seat, concerned, unit_key, methods=("post",), refused=404, sided=True),
    # audits
    "audits:list": Rule(),
    "audits:new": Rule({"audit_officer"}, methods=("get", "post")),
    "audits:detail": audit(examined, "under_way", methods=("get",)),
    "audits:edit": audit(officers, "draft", methods=("get", "post"), knows=officers),
    "audits:files": audit(officers, "under_way", methods=("get",), knows=examined),
    "audits:submit": audit(officers, "draft", knows=officers),
    "audits:approve": audit({"chief"}, "submitted"),
    "audits:refuse": audit({"chief"}, "submitted"),
    "audits:withdraw": audit(officers, "submitted"),
    "audits:end": audit({"chief", "audit_officer"}, "under_way", knows=examined),
    # information systems
    "systems:list": Rule(),
    "systems:export.xlsx": Rule(),
    "systems:new": Rule(WRITERS, methods=("get", "post")),
    "systems:pick": Rule(WRITERS, data=lambda world: {"q": "税務"}),
    "systems:pick-person": Rule(WRITERS, methods=("post",), data=lambda world: {"q": "試験"}),
    "systems:detail": system(),
    "systems:edit": system(writers, methods=("get", "post")),
    "systems:retire": system(writers, methods=("get", "post")),
    "systems:name-administrator": system(writers, methods=("get", "post")),
    "systems:end-administrator": system(writers, methods=("get", "post")),
    "systems:pair": system(more=lambda side: [side.unit.pk]),
    "systems:propose": system(two_sides, methods=("get", "post"), more=lambda side: [side.unit.pk, "accounts"]),
    "systems:link": file(writers, methods=("get", "post")),
    "systems:unlink": Rule(
        may=writers,
        knows=lambda world, side: readers(side),
        arguments=lambda world, side: [side.systems["link"].pk],
        methods=("get", "post"),
        refused=404,
        sided=True,
    ),
    "systems:agreement": agreed(agreement_readers, "of_manager", methods=("get",)),
    "systems:agree": agreed(asker, "of_manager"),
    "systems:refuse": agreed(seat, "of_administrator"),
    "systems:withdraw": agreed(seat, "of_manager"),
    # the public book
    "editions:list": Rule(),
    "editions:detail": Rule(arguments=edition),
    "editions:preview": Rule(WARD_READERS, methods=("get", "post")),
    "editions:undecided": Rule(WARD_READERS),
    "editions:left-off": Rule(WARD_READERS),
    "editions:left-off-excel": Rule(WARD_READERS),
    "editions:decide": file(overseers),
    "register:list": Rule(PUBLIC),
    "register:entry": Rule(PUBLIC, arguments=entry),
    "register:pdf": Rule(PUBLIC, arguments=entry),
    "register:excel": Rule(PUBLIC, arguments=entry),
    "register:csv": Rule(PUBLIC),
    "register:json": Rule(PUBLIC),
    "register:about-data": Rule(PUBLIC),
    "register:editions": Rule(PUBLIC),
    "register:edition": Rule(PUBLIC, arguments=edition),
    "register:changes": Rule(PUBLIC, arguments=edition),
    "register:edition-entry": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-pdf": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-excel": Rule(PUBLIC, arguments=edition_entry),
    "register:edition-csv": Rule(PUBLIC, arguments=edition),
    "register:edition-json": Rule(PUBLIC, arguments=edition),
    "register:missing": Rule(PUBLIC, arguments=lambda world, side: ["nothing/here"], refused=404),
    # organisation
    "units:list": Rule(),
    "units:me": Rule(),
    "units:detail": Rule(arguments=unit),
    "units:history": Rule(arguments=unit),
    "units:audit-officers": Rule(),
    "units:appoint-audit-officer": Rule({"chief"}, methods=("get", "post")),
    "units:end-audit-officer": Rule({"chief"}, arguments=audit_seat, methods=("get", "post")),
    "units:succeed": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:appoint-acting": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:end-appointment": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:transfer": Rule(
        {"administrator"}, arguments=lambda world, side: [world.cast.clerk.pk], methods=("get", "post")
    ),
    "units:merge": Rule({"administrator"}, arguments=unit, methods=("get", "post")),
}
