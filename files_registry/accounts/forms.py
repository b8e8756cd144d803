"""What is asked when a list is uploaded, its columns are named, and its findings are answered."""

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from files_registry.accounts import columns
from files_registry.accounts.columns import LABELS, NONE, Headed
from files_registry.accounts.models import AccountColumns, AccountComparison
from files_registry.accounts.reading import Meaning
from files_registry.catalogue.rights import Right
from nerima_privacy.calendars.periods import today
from nerima_privacy.imports.parsing import folded
from nerima_privacy.imports.tables import Unreadable
from nerima_privacy.web.fields import JapaneseDateField, UploadField
from nerima_privacy.web.forms import Form

MEANINGS = [*((right.value, str(right.label)) for right in Right), (NONE, "権限なし・停止")]
HELP = {
    "account": "一覧の1行ごとのアカウントの名まえ",
    "staff": "だれのアカウントかを、これで調べます。アカウントのIDと同じ列でも結構です。",
    "name": "選ぶと、職員番号と氏名の合わない行を知らせます。記録には残しません。",
    "rights": "選ばないときは、アカウントがあるかどうかだけを照らします。",
    "last_login": "指摘のあったアカウントの分だけを記録します。",
    "stopped": "停止中のアカウントは、余分とみなしません。",
}


class UploadForm(Form):
    """The list, and the day it was taken."""

    table = UploadField(
        label="アカウント一覧",
        suffixes=(".xlsx", ".xlsm", ".csv", ".txt"),
        help_text="情報システムから取り出した一覧。Excel（.xlsx）または CSV（UTF-8、Shift_JIS）。まだ記録しません。",
    )
    as_of = JapaneseDateField(label="基準日", help_text="一覧を取り出した日。その日の許可と照らします。")
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    articles = {"as_of": "第11条第1項"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = today()


def _as_sent(meaning: Any) -> list[str]:
    """What a word means, as its field would send it."""
    if isinstance(meaning, list):
        return meaning
    return [_yes_or_no(meaning)] if meaning != "" else []


def _yes_or_no(meaning: Any) -> Any:
    return ("yes" if meaning else "no") if isinstance(meaning, bool) else meaning


def field_name(kind: str, word: str) -> str:
    """The name of a word's field: the word itself may be anything."""
    return f"{kind}-{hashlib.sha256(folded(word).encode()).hexdigest()[:12]}"


class ColumnsForm(Form):
    """Which column means what, and what each word of two of them means. The words follow the columns as chosen."""

    def __init__(
        self,
        found: Headed,
        comparison: AccountComparison,
        remembered: AccountColumns | None,
        data: Any = None,
        **kwargs: Any,
    ) -> None:
        sent: Any = data.copy() if data is not None else None
        super().__init__(sent, **kwargs)
        self.sent = sent
        self.found, self.newly_asked, self.too_many = found, False, {}  # type: ignore[var-annotated]
        proposal = columns.propose(found, remembered)
        self.changed = proposal.gone
        begun = comparison.columns or proposal.columns
        for key, label in LABELS.items():
            self.fields[key] = self._column(key, label, begun.get(key, ""), proposal.gone.get(key, ""))
        known = comparison if comparison.columns else remembered
        self.rights_words = self._words("rights", known.words if known else {})
        self.stopped_words = self._words("stopped", known.stopped if known else {})

    def _column(self, key: str, label: str, initial: str, gone: str) -> forms.ChoiceField:
        choices = [(header, header) for header in dict.fromkeys(filter(None, self.found.headers))]
        required = key in {"account", "staff"}
        words = HELP[key]
        if gone and not (self.is_bound and self.data.get(key)):
            words = f"前回は「{gone}」の列でしたが、このファイルにはありません。選び直してください。"
        field = forms.ChoiceField(
            label=label,
            required=required,
            initial=initial,
            choices=[("", "選んでください" if required else "（ない）"), *choices],
            help_text=words,
            error_messages={"required": f"{label}の列を選んでください。"},
        )
        if required:
            field.widget.attrs["aria-required"] = "true"
        return field

    def _chosen(self, key: str) -> str:
        value = self.data.get(key, "") if self.is_bound else self.fields[key].initial
        return value if self.found.place(value or "") is not None else ""

    def _words(self, kind: str, remembered: dict[str, Any]) -> dict[str, str]:
        """A field for each word of the column; answers field → word."""
        header = self._chosen(kind)
        try:
            words = columns.words_of(self.found, header, split=kind == "rights") if header else []
        except Unreadable as refused:
            self.too_many[kind] = str(refused)
            return {}
        known = {folded(word) for word in remembered}
        given = columns.meanings(words, remembered, self._guess(kind, header))
        made = {}
        for word, meaning in given.items():
            name = field_name(kind, word)
            made[name] = word
            self.fields[name] = self._word(kind, word, meaning, new=bool(known) and folded(word) not in known)
            if self.is_bound and f"asked-{name}" not in self.data:
                self.newly_asked = True
                self.sent.setlist(name, _as_sent(meaning))
        return made

    @staticmethod
    def _guess(kind: str, header: str) -> Any:
        if kind == "rights":
            return columns.guess_rights
        return lambda word: columns.guess_stopped(word, header)

    @staticmethod
    def _word(kind: str, word: str, meaning: Any, *, new: bool) -> forms.Field:
        words = "前回はなかったことばです。" if new else ""
        errors = {"required": f"「{word}」の意味を選んでください。"}
        if kind == "rights":
            return forms.MultipleChoiceField(
                label=f"「{word}」でできること", choices=MEANINGS, initial=meaning, help_text=words,
                widget=forms.CheckboxSelectMultiple, error_messages=errors,
            )  # fmt: skip
        return forms.ChoiceField(
            label=f"「{word}」", choices=[("no", "使える"), ("yes", "停止中")], initial=_yes_or_no(meaning),
            help_text=words, widget=forms.RadioSelect, error_messages=errors,
        )  # fmt: skip

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields of the columns, then those of each column's words, for the page."""
        return [
            {"title": "列の意味", "fields": [self[key] for key in LABELS]},
            {"title": "権限・役割のことば", "fields": [self[name] for name in self.rights_words]},
            {"title": "停止・無効のことば", "fields": [self[name] for name in self.stopped_words]},
        ]

    def clean(self) -> dict[str, Any]:
        """One column means one thing, and a word is not at once no right and some."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for key, sentence in self.too_many.items():
            self.add_error(key, sentence)
        taken: dict[str, str] = {}
        for key in LABELS:
            header = cleaned.get(key, "")
            pair = {key, taken.get(header, "")}
            if header and header in taken and pair != {"account", "staff"}:
                self.add_error(key, f"「{header}」は「{LABELS[taken[header]]}」に選んであります。")
            elif header:
                taken[header] = key
        for name in self.rights_words:
            given = cleaned.get(name) or []
            if NONE in given and len(given) > 1:
                self.add_error(name, "「権限なし・停止」は、ほかの権限とは選べません。")
        if self.newly_asked and not self.errors:
            raise ValidationError("選んだ列のことばが下に出ています。意味を確かめて、もう一度押してください。")
        return cleaned

    def meaning(self) -> Meaning:
        """What was chosen."""
        chosen = self.cleaned_data
        return Meaning(
            columns={key: chosen[key] for key in LABELS if chosen.get(key)},
            words={word: chosen[name] for name, word in self.rights_words.items()},
            stopped={word: chosen[name] == "yes" for name, word in self.stopped_words.items()},
        )


class AnswerForm(Form):
    """What was done about the findings chosen; the choices are data (`accounts.answers`)."""

    findings = forms.MultipleChoiceField(
        label="答える指摘", error_messages={"required": "答える指摘を、一覧から選んでください。"}
    )
    code = forms.ChoiceField(
        label="なにをしたか", widget=forms.RadioSelect, error_messages={"required": "なにをしたかを選んでください。"}
    )
    reason = forms.CharField(
        label="理由・経過",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="住民の氏名など、個人が分かることは書かないでください。",
    )
    until = JapaneseDateField(
        label="いつまで残すか", required=False, help_text="「残す」と答えるときに書いてください。"
    )
    articles = {"code": "第11条第1項"}

    def __init__(self, answers: list[dict[str, str]], offered: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices = [(answer["code"], answer["label"]) for answer in answers]
        findings: Any = self.fields["findings"]
        findings.choices = [(value, value) for value in offered]

    def facts(self) -> dict[str, Any]:
        """As the verb takes it: finding → the answer that was seen beside it."""
        seen: dict[int, int | None] = {}
        for value in self.cleaned_data["findings"]:
            finding, _, answer = value.partition(":")
            seen[int(finding)] = int(answer) if answer else None
        until: date | None = self.cleaned_data["until"]
        return {
            "seen": seen, "code": self.cleaned_data["code"], "reason": self.cleaned_data["reason"], "until": until,
        }  # fmt: skip
