"""Finding a person or a unit by what somebody types: the suggestions of a picker, and what a form understands."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Replace

from nerima_privacy.calendars.periods import today, valid_on
from nerima_privacy.web.pickers import spellings, words
from roles.models import Person, Posting, Unit


def people_like(text: str) -> QuerySet[Person]:
    """People of the ward of whom every word is in name, kana or number; who is named exactly comes first."""
    return _people(text, and_)


def people_near(text: str) -> QuerySet[Person]:
    """People who share a piece of what was typed: to be named when nobody was found."""
    return _people(_pieces(text), or_)


def units_like(text: str, units: QuerySet[Unit], *, keys: bool = False) -> QuerySet[Unit]:
    """Units of which every word is in code, name or the name of the 部; what is named exactly comes first.

    With `keys` a number may also be the key of a unit, as in older addresses.
    """
    found = _units(text, units, and_)
    number = text.strip()
    if keys and number.isascii() and number.isdigit() and number[0] != "0" and len(number) < 10:
        found = found | _dressed(units).filter(pk=int(number))
    return found.select_related("parent").order_by(_rank(text, "code", "name"), "code")


def units_near(text: str, units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units that share a piece of what was typed: to be named when none was found."""
    return _units(_pieces(text), units, or_).select_related("parent").order_by("code")


def with_place(people: QuerySet[Person]) -> QuerySet[Person]:
    """With where each works today (`place`, `above`, `title`), so that two of one name can be told apart."""
    main = Posting.objects.filter(valid_on(today()), person=OuterRef("pk")).order_by("-is_main", "pk")
    return people.annotate(
        place=Subquery(main.values("unit__name")[:1]),
        above=Subquery(main.values("unit__parent__name")[:1]),
        title=Subquery(main.values("title")[:1]),
    )


def _people(text: str, join: Callable[[Q, Q], Q]) -> QuerySet[Person]:
    rows = Person.objects.filter(is_active=True).alias(bare=_bare("name"), bare_kana=_bare("kana"))
    found = _matching(text, ["bare__icontains", "bare_kana__icontains", "staff_number__istartswith"], join)
    return rows.filter(found).order_by(_rank(text, "staff_number", "bare", "bare_kana"), "staff_number")


def _units(text: str, units: QuerySet[Unit], join: Callable[[Q, Q], Q]) -> QuerySet[Unit]:
    return _dressed(units).filter(_matching(text, ["whole__icontains", "code__istartswith"], join))


def _dressed(units: QuerySet[Unit]) -> QuerySet[Unit]:
    return units.alias(whole=Concat(Coalesce(F("parent__name"), Value("")), F("name")))


def _bare(name: str) -> Expression:
    """A name without the blank between its parts, of either width."""
    return Replace(Replace(F(name), Value(" "), Value("")), Value("　"), Value(""))


def _matching(text: str, lookups: Iterable[str], join: Callable[[Q, Q], Q]) -> Q:
    """Each word, or any of them, in any of the lookups, however it is spelt; nothing for no words."""
    asked = [reduce(or_, (Q(**{look: way}) for look in lookups for way in spellings(word))) for word in words(text)]
    return reduce(join, asked) if asked else Q(pk__in=[])


def _rank(text: str, number: str, *names: str) -> Case:
    """0 for the number itself, 1 for a whole name, 2 for the beginning of one, 3 for the rest."""
    parts = words(text) or [""]
    numbers = [way for said in {"".join(parts), parts[0]} for way in spellings(said)]
    whole = [way for said in {"".join(parts), parts[-1]} for way in spellings(said)]
    by_number = reduce(or_, (Q(**{f"{number}__iexact": way}) for way in numbers))
    by_name = reduce(or_, (Q(**{f"{name}__iexact": way}) for name in names for way in whole))
    begun = reduce(or_, (Q(**{f"{name}__istartswith": way}) for name in names for way in whole))
    ranks = [When(found, then=Value(rank)) for rank, found in enumerate([by_number, by_name, begun])]
    return Case(*ranks, default=Value(3))


def _pieces(text: str) -> str:
    """The beginnings of the words: what a slip of the pen leaves as it should be."""
    long = [word for word in words(text) if len(word) > 2]
    return " ".join(dict.fromkeys(piece for word in long for piece in (word[:-1], word[:2])))
