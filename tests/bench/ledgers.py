"""Lines of ledgers, verifications and media."""

from datetime import timedelta

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, StoredMedium, Verification
from roles.models import Person
from tests.bench.copying import STENCIL, copy, in_chunks, spread
from tests.bench.ward import BEGIN


def build_ledgers(count, chance):
    """Lines over some years, a twentieth of them in one ledger, the rest over all: thousands in some, few in most.

    Each file has a few verifications and, in half of them, media.
    """
    people = list(Person.objects.filter(staff_number__startswith="B1").order_by("pk")[:400])
    files = PersonalInformationFile.objects.order_by("pk")
    ids = list(files.filter(current__isnull=False).values_list("pk", flat=True)[:STENCIL])
    base = min(STENCIL, count)
    shared = [(ids[n % len(ids)], BEGIN + timedelta(days=chance.randrange(1_300))) for n in range(base)]
    in_chunks(LedgerEntry, (a_line(file, on, chance.choice(people), chance) for file, on in shared))
    in_chunks(Verification, (a_verification(file, on, chance.choice(people)) for file, on in shared))
    in_chunks(StoredMedium, (a_medium(file, on, chance.choice(people)) for file, on in shared))
    first, held = files.first().pk, files.count()
    anywhere = spread("t.id * 7919 + k.n * 104729", first, held)
    busiest = f"CASE WHEN k.n % 20 = 0 THEN {first + 3} ELSE {anywhere} END"
    copy(LedgerEntry, base, count // base, {"file_id": busiest})
    evenly = f"{first} + (t.file_id - {first} + k.n * 7) % {held}"
    copy(Verification, base, held * 2 // base, {"file_id": evenly})
    copy(StoredMedium, base, held // base // 2, {"file_id": evenly})


def a_line(file, on, person, chance):
    return LedgerEntry(
        file_id=file,
        kind=chance.choice(EntryKind.values),
        on=on,
        done_by=person.name,
        entered_by=person,
        purpose="定例の事務",
        scope="今月分",
        persons=chance.randrange(1, 500),
        medium=chance.choice(Medium.values),
        place="事務室",
        method="施錠した書庫に戻した",
        confidentiality="3b",
        search_text="定例の事務\n今月分\n事務室",
    )


def a_verification(file, on, person):
    counts = {"total": 100, "examined": 100, "errors": 0}
    return Verification(
        file_id=file, on=on, way="source", process="入力", done_by=person.name, entered_by=person, **counts
    )


def a_medium(file, on, person):
    return StoredMedium(
        file_id=file,
        label="申請書綴り",
        medium="paper",
        place="書庫",
        lock="cabinet",
        responsible=person,
        stored_on=on,
        retention="5",
        registered_by=person,
    )
