"""Template tags and filters of the shell; built in, so no page needs {% load %}.

Inclusion tags stand for templates/components/<name>.html. Filters say dates and deadlines in the ward's words.
"""

from datetime import date, datetime

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from nerima_privacy.calendars import eras
from nerima_privacy.web import wording

register = template.Library()


def _day(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def wareki(value):
    """令和8年11月23日; nothing for no date."""
    day = _day(value)
    return wording.era(day) if day else ""


@register.filter
def wareki_dow(value):
    """令和8年11月23日（月）."""
    day = _day(value)
    return f"{wording.era(day)}（{wording.weekday(day)}）" if day else ""


@register.filter
def wareki_time(value):
    """令和8年11月23日 9時05分, in Tokyo."""
    return eras.wareki_time(value) if isinstance(value, datetime) else wareki(value)


@register.filter
def days_left(value):
    """The words of a deadline: 2日おくれ, きょうまで, あと3日, 12月15日."""
    day = _day(value)
    return wording.deadline_words(day, timezone.localdate()) if day else ""


@register.filter
def days_left_kind(value):
    """The kind of the chip that says it: late, today, soon or calm."""
    day = _day(value)
    return wording.deadline_kind(day, timezone.localdate()) if day else "calm"


@register.filter
def minutes(value):
    """Whole minutes of a timedelta."""
    return round(value.total_seconds() / 60) if value else ""


@register.filter
def cell_lines(value):
    """The value of a cell of the official form: lists and lines one under the other, nothing as 「―」."""
    lines = (
        [str(v) for v in value]
        if isinstance(value, list | tuple)
        else str(value if value is not None else "").split("\n")
    )
    lines = [line.rstrip("\r") for line in lines]
    # Only constants are marked safe; format_html_join escapes the lines themselves.
    if not any(line.strip() for line in lines):
        return mark_safe('<span class="none">―<span class="visually-hidden">（空欄）</span></span>')
    if len(lines) == 1:
        return lines[0]
    return (
        mark_safe('<ul class="lines">')
        + format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        + mark_safe("</ul>")
    )


@register.filter
def parts(value):
    """A title of parts, as 「保有の届出　課税台帳」: where a line ends in the gap, nothing underlined hangs over."""
    gap = mark_safe('<span class="gap"> </span>')  # a constant; format_html_join escapes the parts
    return format_html_join(gap, "{}", ((part,) for part in str(value).split("　")))


@register.filter
def nth(sequence, index):
    """The item at an index; a template cannot say it otherwise."""
    return sequence[index]


@register.filter
def is_checkbox(field):
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_list(field):
    """Whether each choice is drawn as a line of its own."""
    widget = field.field.widget
    return isinstance(widget, RadioSelect | CheckboxSelectMultiple) and not any(
        isinstance(label, list | tuple) for _, label in widget.choices
    )


@register.filter
def focus_id(field):
    """Where a link of the error summary leads: the control, or the group of radio buttons."""
    return field.auto_id if field.use_fieldset else field.id_for_label


@register.filter
def read_back(field):
    """What was understood of a typed date, said back in the era calendar."""
    say = getattr(field.field, "read_back", None)
    return say(field.value()) if say and field.form.is_bound else ""


@register.inclusion_tag("components/chip.html")
def chip(text, kind="calm"):
    return {"text": text, "kind": kind}


@register.inclusion_tag("components/chip.html")
def due_chip(due_on):
    return {"text": days_left(due_on), "kind": days_left_kind(due_on)}


@register.inclusion_tag("components/button.html")
def button(label, kind="", href="", name="", value="", size=""):
    """kind: go (one a page), no (refuse, end), quiet."""
    return {"label": label, "kind": kind, "href": href, "name": name, "value": value, "size": size}


@register.inclusion_tag("components/page_header.html")
def page_header(heading, article="", lead=""):
    return {"heading": heading, "article": article, "lead": lead}


@register.inclusion_tag("components/empty.html")
def nothing(text, hint="", url="", action=""):
    """Called so because {% empty %} belongs to {% for %}."""
    return {"text": text, "hint": hint, "url": url, "action": action}


@register.inclusion_tag("components/meter.html")
def meter(label, met, total, text, late=0, url=""):
    """A bar of `met` and `late` out of `total`; the words carry the meaning."""
    share = 100 / total if total else 0
    return {
        "label": label,
        "text": text,
        "url": url,
        "met_width": f"{met * share:.1f}",
        "late_width": f"{late * share:.1f}",
    }


@register.simple_tag
def heat_cell(cell):
    """A cell of the board (`ShownCell`). Without a template of its own: of a ward's there are thousands."""
    said = '<span aria-hidden="true">{}</span><span class="visually-hidden">{}　{}</span>'
    shown = f'<a href="{{}}">{said}</a>' if cell.url else f'<span class="heat-number">{said}</span>'
    linked = (cell.url,) if cell.url else ()
    words = (cell.text, cell.column, cell.spoken)
    return format_html(f'<td data-heat="{{}}" data-label="{{}}">{shown}</td>', cell.heat, cell.column, *linked, *words)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form):
    return {"form": form}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, parameter="page"):
    """Links that keep the rest of the query."""

    def link(number):
        query = context["request"].GET.copy()
        query[parameter] = number
        return "?" + query.urlencode()

    pages = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
        gap = not isinstance(number, int)
        pages.append({"gap": gap} if gap else {"number": number, "url": link(number), "current": number == page.number})
    return {
        "page": page,
        "links": {
            "pages": pages,
            "previous": link(page.number - 1) if page.has_previous() else "",
            "next": link(page.number + 1) if page.has_next() else "",
        },
    }


@register.simple_block_tag
def card(content, title="", article=""):
    return render_to_string("components/card.html", {"content": content, "title": title, "article": article})


@register.simple_block_tag
def action_panel(content, title="", article=""):
    """The action at the right of a record, with its consequence in a sentence."""
    return render_to_string("components/action_panel.html", {"content": content, "title": title, "article": article})


@register.simple_block_tag
def notice(content, kind="info", title=""):
    """kind: info, done, warning, error."""
    return render_to_string("components/notice.html", {"content": content, "kind": kind, "title": title})
