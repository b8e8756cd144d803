"""One edition of the public book, with the number of each file in it and the decision that put it there."""

from files_registry.catalogue.cells import printed_cells
from files_registry.catalogue.models import FileVersion, VersionStatus
from files_registry.register.models import Book, BookNumber, Edition, EditionEntry, EntrySource, ListingDecision
from roles.models import Person
from tests.bench.copying import in_chunks
from tests.bench.ward import BEGIN


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
