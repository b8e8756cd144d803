"""Lines, verifications and media brought to any step, by the verbs themselves."""

from datetime import timedelta

from files_registry.access.granting import open_right
from files_registry.access.opening import open_file
from files_registry.catalogue.models import FileVersion, PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers import workflow
from files_registry.ledgers.models import EntryKind, JointDisposal, LedgerEntry, StoredMedium, Verification
from nerima_privacy.activity.models import Entry
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from tests.files_registry import steps

COPY = {
    "purpose": "当初課税の準備",
    "scope": "令和8年度課税分",
    "persons": 120,
    "medium": "usb",
    "place": "税務課 書庫B",
    "method": "暗号化した",
    "witness": "試験 次席",
}
VERIFIED = {
    "way": "source",
    "process": "当初賦課の入力",
    "total": 2000,
    "examined": 100,
    "sampling": "20件ごとに1件",
    "errors": 0,
    "remedy": "",
    "done_by": "試験 officer",
    "remarks": "",
}
DISPOSAL = {"disposed_by": "試験 officer", "witness": "試験 manager", "certificate": "", "early_reason": "様式の変更"}


def held(cast, **data) -> PersonalInformationFile:
    """A file of 税務課, held since today, of class 3b unless said otherwise."""
    return steps.held(cast, **data).file


def held_since(cast, days, **data) -> PersonalInformationFile:
    """The same, held and known for so many days."""
    file = held(cast, **data)
    then = today() - timedelta(days=days)
    PersonalInformationFile.objects.filter(pk=file.pk).update(held_from=then, created_at=f"{then} 00:00+09:00")
    FileVersion.objects.filter(file=file).update(in_force_from=then)
    file.refresh_from_db()
    return file


def wrote(cast, file=None, who="officer", on=None, kind=EntryKind.COPIED, **data) -> LedgerEntry:
    """A line written by one of the cast."""
    actor = cast.people[who]
    facts = {**COPY, **data}
    file = file or held(cast)
    return workflow.write_entry(file.pk, kind=kind, on=on or today(), done_by=actor.name, data=facts, actor=actor)


def verified(cast, file=None, who="officer", on=None, **data) -> Verification:
    """A verification written by one of the cast."""
    facts = {"on": on or today(), **VERIFIED, **data}
    return workflow.verify((file or held(cast)).pk, data=facts, actor=cast.people[who])


def medium_data(cast, **data):
    facts = {"label": "申告書綴り", "medium": "paper", "count": 3, "place": "税務課 書庫B", "lock": "cabinet"}
    facts |= {"responsible": cast.second_officer, "stored_on": today(), "retention": "5", "remarks": ""}
    return facts | data


def registered(cast, file=None, who="officer", completed_on=None, **data) -> StoredMedium:
    """A medium in the inventory."""
    facts = medium_data(cast, **data)
    return workflow.register_medium(
        (file or held(cast)).pk, data=facts, completed_on=completed_on, actor=cast.people[who]
    )


def shelf(cast, many, **data) -> list[StoredMedium]:
    """So many media of one file; `data`: of the file."""
    file = held(cast, **data)
    return [registered(cast, file, label=f"申告書綴り（{number}）") for number in range(1, many + 1)]


def seen(media) -> dict[int, int]:
    """Those media as a page shows them now."""
    return dict(StoredMedium.objects.filter(pk__in=[medium.pk for medium in media]).values_list("pk", "stamp"))


def disposed(cast, file=None, who="officer", **data) -> StoredMedium:
    """A medium disposed of by two people."""
    medium = registered(cast, file, who, **data)
    return workflow.dispose_medium(medium.pk, on=today(), way="shred", data=DISPOSAL, actor=cast.people[who])


def grant(cast, file, who, *rights: Right, days=30, unit=None):
    """A right somebody was given by 保護責任者."""
    from django.utils import timezone

    now = timezone.now()
    return open_right(
        file,
        cast.people[who] if isinstance(who, str) else who,
        unit=unit or cast.tax,
        rights=rights or (Right.OPEN, Right.ENTER),
        purpose="当初課税",
        begins_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(days=days),
        actor=cast.manager,
        post=None,
    )


def opened(file, *people):
    """Those people have said what for, and may read on (第11条第3項)."""
    for person in people:
        open_file(file, purpose="台帳の記録", actor=person)
    return file


def everything():
    """Every row these verbs write."""
    models = (LedgerEntry, Verification, JointDisposal, StoredMedium, StoredMedium.history.model, Entry, Notice)
    return tuple(list(model._default_manager.order_by("pk").values_list()) for model in models)
