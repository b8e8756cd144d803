"""Files in every state, with their versions and notifications."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile, VersionStatus
from files_registry.filings.models import Filing, FilingKind, FilingStatus, Result
from files_registry.register.models import BookNumber, EditionEntry, EntrySource, ListingDecision
from roles.models import Person
from tests.bench.book import build_edition
from tests.bench.copying import STENCIL, copy, give_history, in_chunks, moved, padded
from tests.bench.ward import BEGIN

SUBJECTS = "保育所入所 介護保険 住民税 国民健康保険 学童クラブ 予防接種 図書館利用 粗大ごみ 児童相談 就学援助".split()
KINDS = "申請者 受給者 対象者 利用者 登録者 納税者 相談者".split()
ITEMS = "氏名 生年月日 性別 住所 電話番号 世帯構成 所得 口座番号 健康状態 家族の状況 在籍校 申請日 決定内容".split()
WAITING = [s for s in FilingStatus if s not in {FilingStatus.EFFECTED, FilingStatus.RECEIVED}]


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
