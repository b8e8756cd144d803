"""What is typed on the pages of the organisation."""

from django import forms

from nerima_privacy.calendars.eras import wareki
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import CleanTextField, JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.models import Person
from roles.queries import audit_candidates

SHOWN = 50


class OrganisationFilter(Form):
    """Search of the organisation, on any day."""

    q = CleanTextField(label="組織・役割の人の名前", required=False, max_length=60)
    on = JapaneseDateField(label="いつの組織か", required=False, help_text="空なら今日")
    past = forms.ChoiceField(
        label="見る組織", choices=[("", "その日にある組織"), ("on", "廃止された組織")], required=False
    )
    examples = {"on": "令和7年4月1日"}


class CandidateChoice(forms.ModelChoiceField):
    """A person out of those who may be appointed; the choices shown are those the search found."""

    default_error_messages = {"invalid_choice": "選んだ人は、いまは対象ではありません。選び直してください。"}

    def show(self, postings):
        """Offer the people of these postings."""
        self.choices = [
            (posting.person_id, f"{posting.person.name}　{posting.unit.full_name}　{posting.title}")
            for posting in postings
        ]


class AuditOfficerForm(Form):
    """監査責任者の任命: whom, why the audit will be fair, from when."""

    person_id = CandidateChoice(label="任命する人", queryset=Person.objects.none(), widget=forms.RadioSelect)
    reason = CleanTextField(
        label="監査の公平性を確保できる理由",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    valid_from = JapaneseDateField(label="就任日", initial=today)
    valid_to = JapaneseDateField(label="終了日（この日まで）", required=False, help_text="決まっていないときは空")
    order_document = CleanTextField(label="任命の文書", required=False, max_length=120)
    articles = {"person_id": "第7条第2項", "reason": "第7条第2項"}
    examples = {
        "reason": "監査の対象となる事務に関わっておらず、所属する部以外を担当するため。",
        "order_document": "8練総総第123号",
    }
    renamed = {"person": "person_id"}

    def __init__(self, *args, search="", **kwargs):
        super().__init__(*args, **kwargs)
        everyone = audit_candidates()
        field = self.fields["person_id"]
        field.queryset = Person.objects.filter(pk__in=everyone.values("person"))
        found = list(audit_candidates(search)[: SHOWN + 1])
        self.more = len(found) > SHOWN
        self.found = found[:SHOWN]
        chosen = str(self.data.get("person_id", "")) if self.is_bound else ""
        if chosen.isascii() and chosen.isdigit() and all(str(p.person_id) != chosen for p in self.found):
            self.found = [*everyone.filter(person=int(chosen[:18]))[:1], *self.found]
        field.show(self.found)

    def clean_person_id(self):
        """The verb asks for the id."""
        return self.cleaned_data["person_id"].pk

    def take(self, invalid):
        """The verb speaks of the person, the form has a field of its id."""
        invalid.errors = {self.renamed.get(name, name): sentence for name, sentence in invalid.errors.items()}
        super().take(invalid)


class EndForm(Form):
    """The end of an appointment: its last day, and why."""

    last_day = JapaneseDateField(label="最後の日（この日まで）", initial=today)
    reason = CleanTextField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    articles = {"last_day": "第7条第2項"}
    examples = {"reason": "令和8年12月1日付けの人事異動のため"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "last_day"
        ].help_text = (
            f"きょう（{wareki(today())}）にすると、あすから権限がなくなります。きのうにすると、すぐになくなります。"
        )
