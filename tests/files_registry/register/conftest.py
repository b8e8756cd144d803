"""Held files to judge and publish."""

from datetime import date
from itertools import count

import pytest

from files_registry.catalogue.models import FileStatus, FileVersion, PersonalInformationFile
from files_registry.register.models import ListingDecision
from files_registry.register.workflow import decide_listing, publish_edition

ANSWERS = {"exemptions": ["none"], "subset": "no", "manual_twin": "no", "hamper": "no"}
SINCE = date(2024, 4, 1)
_numbers = count(1)


def version_of(file, number=1, **fields):
    """A version in force with every cell filled in."""
    values = {
        "status": "in_force",
        "in_force_from": SINCE,
        "name": file.name,
        "organ": file.unit.organ,
        "unit": file.unit,
        "unit_label": file.unit.full_name,
        "purpose": "保育所等の利用調整および入所の決定",
        "items": "氏名\n住所\n口座番号",
        "scope": "申請者",
        "collection": "本人からの申請",
        "sensitive": True,
        "recipients": "東京都",
        "desk_name": "情報公開課",
        "desk_address": "練馬区豊玉北6-12-1",
        "processing": "computerised",
        "manual_twin": False,
        "open_to_proposals": False,
        "persons": 12345,
        "confidentiality": "秘匿A",
        "retention": "五年保存",
        "media": "磁気テープ",
        "system_name": "秘密の基幹システム",
        **fields,
    }
    return FileVersion.objects.create(file=file, number=number, **values)


@pytest.fixture
def held(cast):
    """`held("名称", unit=…, persons=…)`: a held file with a version in force."""

    def make(name="保育所入所申請ファイル", unit=None, **fields):
        unit = unit or cast.tax
        file = PersonalInformationFile.objects.create(
            number=f"試-{next(_numbers):04}", unit=unit, name=name, created_by=cast.officer
        )
        file.current = version_of(file, **fields)
        file.status, file.held_from = FileStatus.HELD, fields.get("in_force_from", SINCE)
        file.save()
        return file

    return make


@pytest.fixture
def change():
    """`change(file, purpose=…)`: a new version takes effect."""

    def make(file, **fields):
        FileVersion.objects.filter(pk=file.current_id).update(status="superseded")
        file.current = version_of(file, number=file.current.number + 1, **fields)
        file.name = file.current.name
        file.save()
        return file

    return make


@pytest.fixture
def judge(cast):
    """`judge(file)`: listed; answers and the rest may be given."""

    def make(file, **given) -> ListingDecision:
        facts = {"answers": ANSWERS, "actor": cast.disclosure_staff, **given}
        return decide_listing(file.pk, **facts)

    return make


@pytest.fixture
def publish(cast):
    """`publish()`: as of a day after every change."""

    def make(as_of=date(2026, 4, 1), **given):
        return publish_edition(as_of=as_of, **{"actor": cast.disclosure_manager, **given})

    return make
