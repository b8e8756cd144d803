"""A ward `scale` times the size to design for: at 1, 250 units, 15,000 people and 5,000 files. All of it is made up."""

import random
from datetime import date, datetime, timedelta
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from files_registry.ledgers.models import EntryKind, LedgerEntry, Medium, StoredMedium, Verification
from files_registry.register.models import Book, BookNumber, Edition, EditionEntry, EntrySource, ListingDecision
from nerima_privacy.activity.models import Entry
from nerima_privacy.notices.models import Notice
from roles.models import Appointment, Organ, Person, Posting, Unit
from roles.seats import Seat
from tests.bench.copying import copy, give_history, moved, padded, reset_sequences
from tests.bench.handled import build_handling
from tests.bench.systems import build_systems

BEGIN = date(2023, 4, 1)
SUBJECTS = "保育所入所 介護保険 住民税 国民健康保険 学童クラブ 予防接種 図書館利用 粗大ごみ 児童相談 就学援助".split()
KINDS = "申請者 受給者 対象者 利用者 登録者 納税者 相談者".split()
ITEMS = "氏名 生年月日 性別 住所 電話番号 世帯構成 所得 口座番号 健康状態 家族の状況 在籍校 申請日 決定内容".split()
CHUNK = 5_000
STENCIL = 500


def in_chunks(model, rows):
    """Insert an endless-looking row generator in slices, so that memory stays flat."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        model.objects.bulk_create(chunk)


def build(scale: float) -> None:
    """Write the ward: STENCIL rows of each kind by Django, the rest of them copied inside the database."""
    chance = random.Random(20261123)
    organs = [Organ(code="01", name="練馬区長"), Organ(code="02", name="練馬区教育委員会")]
    Organ.objects.bulk_create(organs)
    units = build_units(int(250 * scale), organs)
    build_people(int(15_000 * scale), units)
    build_seats(units)
    build_files(int(5_000 * scale), units, chance)
    build_handling(int(20_000 * scale), chance)
    build_traces(int(20_000 * scale), chance)
    build_ledgers(int(20_000 * scale), chance)
    build_systems()
    reset_sequences()


def build_units(count, organs):
    """A tenth are 部, four tenths schools, the rest 課."""
    departments = [
        Unit(code=f"D{n:05}", name=f"第{n}部", organ=organs[0], is_department=True, valid_from=BEGIN)
        for n in range(max(2, count // 10))
    ]
    Unit.objects.bulk_create(departments)
    rest = [
        Unit(code=f"K{n:05}", name=f"第{n}小学校", organ=organs[1], is_school=True, valid_from=BEGIN)
        if n % 9 < 4
        else Unit(
            code=f"S{n:05}",
            name=f"第{n}課",
            organ=organs[0],
            parent=departments[n % len(departments)],
            is_section=True,
            valid_from=BEGIN,
        )
        for n in range(count - len(departments))
    ]
    Unit.objects.bulk_create(rest)
    return departments + rest


def build_people(count, units):
    """Everybody works in one unit; nobody can log in by password. The system's own person gets no posting."""
    password = make_password(None)
    base = min(STENCIL, count)
    in_chunks(
        Person,
        (
            Person(staff_number=f"B{1_000_000 + n}", name=f"測定 {n}", email=f"b{n}@example.lg.jp", password=password)
            for n in range(base)
        ),
    )
    people = Person.objects.filter(staff_number__startswith="B1")
    first = people.order_by("pk").first().pk
    copied = {"staff_number": f"'B' || (1000000 - {first} + {{id}})", "name": f"'測定 ' || ({{id}} - {first})"}
    copy(Person, base, count // base, copied | {"email": "'b' || {id} || '@example.lg.jp'"}, where=f"id >= {first}")
    ids = people.order_by("pk").values_list("pk", flat=True)[:base]
    in_chunks(
        Posting,
        (Posting(person_id=pk, unit=units[n % len(units)], title="主事", valid_from=BEGIN) for n, pk in enumerate(ids)),
    )
    spread = f"{units[0].pk} + (t.id * 7 + k.n) % {len(units)}"
    copy(Posting, base, count // base, {"person_id": moved("person_id", base), "unit_id": spread})


def build_seats(units):
    """The ward-wide seats, and each unit's own; the first people in number hold them."""
    people = iter(Person.objects.filter(is_active=True).order_by("pk"))  # not the system's own
    rows = [
        Appointment(seat=seat, person=next(people), valid_from=BEGIN)
        for seat in (Seat.GENERAL_PROTECTION_MANAGER, Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
    ]
    for unit in units:
        if unit.is_department:
            rows.append(
                Appointment(seat=Seat.DEPARTMENT_PROTECTION_MANAGER, unit=unit, person=next(people), valid_from=BEGIN)
            )
            continue
        rows += [
            Appointment(seat=seat, unit=unit, person=next(people), valid_from=BEGIN)
            for seat in (Seat.PROTECTION_MANAGER, Seat.PROTECTION_OFFICER, Seat.PROTECTION_OFFICER)
        ]
    Appointment.objects.bulk_create(rows, batch_size=CHUNK)


def build_files(count, units, chance):
    """Nine in ten are held; the rest are on their way, in every state of a notification."""
    owners = [unit for unit in units if not unit.is_department]
    author = Person.objects.filter(staff_number__startswith="B1").order_by("pk").first()
    base = min(STENCIL, count)
    in_chunks(PersonalInformationFile, (a_file(n, owners, author, chance) for n in range(base)))
    files = PersonalInformationFile.objects.order_by("pk").select_related("unit", "unit__organ")
    in_chunks(FileVersion, (a_version(file, chance) for file in files))
    link = FileVersion.objects.filter(file=OuterRef("pk"), status=VersionStatus.IN_FORCE).values("pk")[:1]
    PersonalInformationFile.objects.update(current=Subquery(link))
    PersonalInformationFile.objects.filter(current__isnull=False).update(status=FileStatus.HELD)
    in_chunks(Filing, (a_filing(v, author, chance) for v in FileVersion.objects.order_by("pk").select_related("file")))
    build_edition(count // base)
    unit = f"{owners[0].pk} + (t.id * 7 + k.n * 13) % {len(owners)}"
    file, numbered = moved("file_id", base), "t.name || '（' || k.n || '）'"
    own = f"(SELECT f.unit_id FROM {PersonalInformationFile._meta.db_table} f WHERE f.id = {file})"
    label = f"(SELECT u.name FROM roles_unit u WHERE u.id = {own})"
    version, times = moved("version_id", base), count // base
    with transaction.atomic():
        fields = {"number": "'F-' || (1000000 + {id})", "unit_id": unit, "name": numbered}
        fields |= {"current_id": moved("current_id", base), "search_text": "t.search_text || ' ' || k.n"}
        copy(PersonalInformationFile, base, times, fields)
        copy(FileVersion, base, times, {"file_id": file, "unit_id": own, "unit_label": label, "name": numbered})
        filed = "CASE WHEN t.number IS NULL THEN NULL ELSE 'R8-' || (1000000 + {id}) END"
        copy(Filing, base, times, {"file_id": file, "unit_id": own, "version_id": version, "number": filed})
        held = EditionEntry.objects.count()
        place = f"t.position + k.n * {held}"
        copied = {
            "position": place,
            "key": padded(place),
            "name": numbered,
            "search_text": "t.search_text || ' ' || k.n",
        }
        copy(EditionEntry, held, times, copied)
        copy(BookNumber, held, times, {"file_id": file, "number": f"t.number + k.n * {held}"})
        copy(ListingDecision, held, times, {"file_id": file, "version_id": version})
        decided = moved("decision_id", held)
        copy(EntrySource, held, times, {"file_id": file, "version_id": version, "decision_id": decided})
    for model in (PersonalInformationFile, FileVersion, Filing):
        give_history(model)


def a_file(n, owners, author, chance):
    name = f"{chance.choice(SUBJECTS)}{chance.choice(KINDS)}ファイル{n}"
    return PersonalInformationFile(
        number=f"F-{1_000_001 + n}",
        unit=owners[n % len(owners)],
        name=name,
        search_text=f"{name} {chance.choice(SUBJECTS)}の事務 {' '.join(chance.sample(ITEMS, 5))}".lower(),
        held_from=BEGIN,
        created_by=author,
    )


def a_version(file, chance):
    return FileVersion(
        file=file,
        number=1,
        status=VersionStatus.PROPOSED if file.pk % 10 == 0 else VersionStatus.IN_FORCE,
        in_force_from=BEGIN,
        name=file.name,
        organ=file.unit.organ,
        unit=file.unit,
        unit_label=file.unit.name,
        purpose=f"{file.name}に関する事務に利用する。",
        items="\n".join(chance.sample(ITEMS, 6)),
        scope="申請した者およびその世帯員",
        collection="本人からの申請",
        sensitive=chance.random() < 0.3,
        desk_name="総務部 情報公開課",
        desk_address="練馬区豊玉北6-12-1",
        processing=chance.choices(["computerised", "manual"], [9, 1])[0],
        manual_twin=False,
        open_to_proposals=False,
        persons=chance.choice([300, 2_000, 40_000]),
        persons_as_of=BEGIN,
        my_number=chance.random() < 0.2,
        confidentiality="3b",
        retention="5",
        outsourced=False,
        abroad=False,
    )


WAITING = [s for s in FilingStatus if s not in {FilingStatus.EFFECTED, FilingStatus.RECEIVED}]


def a_filing(version, author, chance):
    other = Person(pk=author.pk + 1)
    done = version.status == VersionStatus.IN_FORCE
    status = FilingStatus.EFFECTED if done else chance.choice(WAITING)
    filed = status not in {FilingStatus.DRAFT, FilingStatus.SUBMITTED, FilingStatus.RETURNED}
    told = status in {FilingStatus.EFFECTED, FilingStatus.NOTIFIED}
    at = timezone.make_aware(datetime(2026, 11, 1, 9)) - timedelta(days=chance.randrange(0, 300))
    return Filing(
        kind=FilingKind.NEW,
        status=status,
        status_since=at,
        number=f"R8-{1_000_000 + version.pk}" if filed else None,
        file=version.file,
        unit_id=version.unit_id,
        version=version,
        planned_on=date(2027, 4, 1),
        drafted_by=author,
        filed_by=author if filed else None,
        filed_at=at if filed else None,
        considered_by=other if told else None,
        considered_at=at if told else None,
        propose=False if told else None,
        result=Result.NO_OBJECTION if told else "",
        notified_by=other if told else None,
        notified_at=at if told else None,
        effected_on=BEGIN if done else None,
    )


def build_edition(times):
    """One edition holding every held file, its number in the book, and the decision that put it there."""
    staff = Person.objects.filter(staff_number__startswith="B1").order_by("pk")[1]
    held = FileVersion.objects.filter(status=VersionStatus.IN_FORCE).select_related("file", "organ", "unit__parent")
    versions = list(held.order_by("pk"))
    total = len(versions) * times
    edition = Edition.objects.create(
        number=1, as_of=BEGIN, published_by=staff, entries_count=total, added=total, digest="0" * 64
    )
    Book.objects.update_or_create(defaults={"last_number": total})
    decisions = [ListingDecision(file_id=v.file_id, version=v, listed=True, decided_by=staff) for v in versions]
    in_chunks(ListingDecision, decisions)
    in_chunks(EditionEntry, (an_entry(edition, n, v) for n, v in enumerate(versions, start=1)))
    in_chunks(BookNumber, (BookNumber(file_id=v.file_id, number=n) for n, v in enumerate(versions, start=1)))
    made = zip(versions, ListingDecision.objects.order_by("pk"), strict=True)
    in_chunks(
        EntrySource,
        (EntrySource(edition=edition, file_id=v.file_id, version=v, decision=d, digest="0" * 64) for v, d in made),
    )


def an_entry(edition, position, version):
    from files_registry.catalogue.cells import printed_cells

    return EditionEntry(
        edition=edition,
        key=f"{position:05}",
        position=position,
        name=version.name,
        organ_name=version.organ.name,
        department_name=version.unit.parent.name if version.unit.parent else "",
        unit_name=version.unit_label,
        purpose=version.purpose,
        sensitive=bool(version.sensitive),
        cells=printed_cells(version),
        search_text=f"{version.name}\n{version.purpose}\n{version.items}".lower(),
        digest="0" * 64,
    )


def build_traces(count, chance):
    """Activity and notices of some years, so that a timeline and an inbox are found among many."""
    people = list(Person.objects.filter(staff_number__startswith="B1").order_by("pk")[:400])
    kind = ContentType.objects.get_for_model(Filing)
    subjects = list(Filing.objects.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    base = min(STENCIL, count)
    entries = [an_act(chance.choice(people), kind, chance.choice(subjects)) for _ in range(base)]
    in_chunks(Entry, entries)
    in_chunks(Notice, (a_notice(n, chance.choice(people), kind, chance.choice(subjects)) for n in range(base)))
    spread = f"1 + (t.subject_id + k.n * {base}) % {Filing.objects.count()}"
    copy(Entry, base, count // base, {"subject_id": spread})
    copy(Notice, base, count // base, {"key": "'bench:' || {id}", "subject_id": spread})


def build_ledgers(count, chance):
    """Lines, verifications and media of every file, spread over some years; the first file of a unit has them too."""
    people = list(Person.objects.filter(staff_number__startswith="B1").order_by("pk")[:400])
    files = PersonalInformationFile.objects.filter(current__isnull=False).order_by("pk")
    ids = list(files.values_list("pk", flat=True)[:STENCIL])
    base = min(STENCIL, count)
    shared = [(ids[n % len(ids)], BEGIN + timedelta(days=chance.randrange(1_300))) for n in range(base)]
    in_chunks(LedgerEntry, (a_line(file, on, chance.choice(people), chance) for file, on in shared))
    in_chunks(Verification, (a_verification(file, on, chance.choice(people)) for file, on in shared[: base // 10 + 1]))
    in_chunks(StoredMedium, (a_medium(file, on, chance.choice(people)) for file, on in shared[: base // 10 + 1]))
    first, held = ids[0], PersonalInformationFile.objects.count()
    spread = f"{first} + (t.file_id - {first} + k.n * 7) % {held}"
    copy(LedgerEntry, base, count // base, {"file_id": spread})


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


def an_act(person, kind, subject):
    return Entry(
        actor=person,
        actor_name="測定",
        verb="filing.filed",
        subject_type=kind,
        subject_id=subject,
        subject_label="測定の届出",
    )


def a_notice(n, person, kind, subject):
    return Notice(
        to=person,
        kind="filing.filed",
        key=f"bench:{n}",
        title="届出がありました",
        url="/",
        subject_type=kind,
        subject_id=subject,
        mailed_at=timezone.now(),
        read_at=None if n % 20 == 0 else timezone.now(),
    )
