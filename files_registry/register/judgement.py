"""Everything the page of one judgement shows: the questions, what they lead to so far, the judgements before."""

from typing import Any

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.register import presenters, queries
from files_registry.register.forms import ListingForm
from files_registry.register.models import ListingDecision
from files_registry.register.questions import conclude


class Judgement:
    """One file under judgement."""

    def __init__(self, file: PersonalInformationFile) -> None:
        self.file = file
        self.version = file.current
        self.rules = queries.rules_on()
        self.facts = queries.facts_of(file.current) if file.current else None
        self.decisions = list(
            ListingDecision.objects.filter(file=file).select_related("version", "decided_by").order_by("-pk")
        )

    @property
    def latest(self) -> ListingDecision | None:
        """The latest judgement on the version in force."""
        return next((row for row in self.decisions if row.version_id == self.file.current_id), None)

    @property
    def possible(self) -> bool:
        """Only held files are judged."""
        return self.file.status == FileStatus.HELD and self.version is not None

    def form(self, data: Any) -> ListingForm | None:
        """The questions, filled in from the judgement before."""
        if not self.possible or self.version is None or self.facts is None:
            return None
        earlier = self.decisions[0] if self.decisions else None
        initial = ListingForm.initial_for(self.version, self.latest, earlier)
        return ListingForm(data, facts=self.facts, rules=self.rules, initial=initial)

    def shown(self, form: ListingForm | None) -> dict[str, Any]:
        """What the page shows beside the questions."""
        context = {
            "version": self.version,
            "facts": self.facts,
            "rules": self.rules,
            "latest": self.latest,
            "decisions": [{"row": row, "label": presenters.decision_label(row)} for row in self.decisions],
        }
        if form is None or self.facts is None:
            return context
        form.is_valid()
        answers = form.told if form.is_bound else dict(form.initial)
        conclusion = conclude(self.facts, answers, self.rules)
        if form.is_bound and conclusion.missing and not form.errors:
            for name, sentence in conclusion.missing.items():
                form.add_error(name if name in form.fields else None, sentence)
        return {**context, "conclusion": conclusion, "verdict": presenters.verdict(conclusion)}
