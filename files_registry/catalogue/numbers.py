"""Numbers without gaps: the series is a row, locked until the transaction that takes a number ends."""

from django.db.models import F

from files_registry.catalogue.models import NumberSeries, PersonalInformationFile

FILES = "F"


def take(series: str, count: int = 1) -> int:
    """The first of `count` numbers of a series. Others who want one wait until the caller's transaction ends."""
    NumberSeries.objects.get_or_create(key=series, defaults={"last": _taken_already(series)})
    row = NumberSeries.objects.select_for_update().get(key=series)
    NumberSeries.objects.filter(key=series).update(last=F("last") + count)
    return row.last + 1


def take_file_numbers(count: int = 1) -> list[str]:
    """「F-00001」 and the next ones, for new files. Inside the transaction that writes them."""
    first = take(FILES, count)
    return [f"F-{number:05}" for number in range(first, first + count)]


def _taken_already(series: str) -> int:
    """Where a series begins when files were loaded with numbers of this shape before it existed."""
    if series != FILES:
        return 0
    numbers = PersonalInformationFile.objects.filter(number__regex=r"^F-\d+$").values_list("number", flat=True)
    return max((int(number[2:]) for number in numbers.iterator()), default=0)
