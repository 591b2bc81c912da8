"""What the pages send: read, bounded, and told what is wrong with it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.charter import Charter, Remedy
from comity.server.console import words
from comity.server.members.models import Person
from comity.server.review.answer import MAX_REASON, RULED, Answer
from comity.server.review.appeals.voting import MAX_REASON as MAX_WORDS
from comity.server.review.models import Choice, Pictures, RulingKind, Template
from comity.server.review.reporting import MAX_REASON as MAX_REPORT


class AnswerForm(forms.Form):
    """A ruling: what is said, with article and remedy for a change, and a reason in own words."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=RulingKind.choices)
    remedy = forms.ChoiceField(required=False)
    article = forms.ChoiceField(required=False)
    template = forms.ModelChoiceField(Template.objects.none(), required=False)
    reason = forms.CharField(required=False, max_length=MAX_REASON)

    def __init__(
        self, data: Any, charter: Charter, templates: Any, language: str, **more: Any
    ) -> None:
        """`language` is the post's: what its author reads is written in it."""
        super().__init__(data, **more)
        self._language, reader = language, words.readers_language()
        fields: Any = self.fields
        fields["remedy"].choices = [
            ("", "–"),
            *((r.value, words.REMEDIES[r.value]) for r in RULED),
        ]
        fields["article"].choices = [
            ("", "–"),
            *((a.id, words.in_language(a.title, reader).text) for a in charter.articles),
        ]
        fields["template"].queryset = templates

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == RulingKind.CHANGE:
            if not cleaned.get("remedy"):
                self.add_error("remedy", _("Say what is to hold for the post."))
            elif cleaned["remedy"] != Remedy.ALLOW.value and not cleaned.get("article"):
                self.add_error("article", _("Say which article asks for it."))
        return cleaned

    @property
    def answer(self) -> Answer:
        said = self.cleaned_data
        parts = [said["reason"].strip()]
        if said["template"]:
            parts.insert(0, words.in_language(said["template"].texts, self._language).text)
        return Answer(
            RulingKind(said["kind"]),
            "\n\n".join(part for part in parts if part)[:MAX_REASON],
            Remedy(said["remedy"]) if said["remedy"] else None,
            said["article"],
        )


class AssignForm(forms.Form):
    """Who is to decide a case; nobody: whoever comes."""

    to = forms.ModelChoiceField(Person.objects.none(), required=False)

    def __init__(self, data: Any, able: QuerySet[Person]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["to"].queryset = able


class CampaignForm(AnswerForm):
    """A ruling on a case and on those that are like it."""

    alike = forms.ChoiceField(choices=[(name, name) for name in ("words", "domain", "author")])
    days = forms.IntegerField(min_value=1, max_value=30)

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class VoteForm(forms.Form):
    """What a juror says of a ruling, or a steward where no jury can, and why."""

    choice = forms.ChoiceField(choices=Choice.choices)
    reason = forms.CharField(max_length=MAX_WORDS)


class ReportForm(forms.Form):
    """A post that a member reports, and why."""

    source = forms.ChoiceField()
    post = forms.RegexField(r"^[^\x00-\x1f\x7f]+$", max_length=200)
    article = forms.ChoiceField(required=False)
    reason = forms.CharField(max_length=MAX_REPORT)

    def __init__(self, data: Any, charter: Charter, sources: Sequence[str], **more: Any) -> None:
        super().__init__(data, **more)
        fields, reader = cast("Any", self.fields), words.readers_language()
        fields["source"].choices = [(source, source) for source in sources]
        fields["article"].choices = [
            ("", _("Something else, or I do not know")),
            *((a.id, words.in_language(a.title, reader).text) for a in charter.articles),
        ]


class ComfortForm(forms.Form):
    """What a reviewer wants to be spared."""

    blur_from = forms.IntegerField(min_value=0, max_value=101)
    break_after = forms.IntegerField(min_value=0, max_value=480)
    most_a_day = forms.IntegerField(min_value=1, max_value=1_000)
    pictures = forms.ChoiceField(choices=Pictures.choices)


class QueueForm(forms.Form):
    """What a queue is called, what goes to it, and how soon it is to be decided."""

    name = forms.CharField(required=False, max_length=100)
    articles = forms.MultipleChoiceField(required=False)
    languages = forms.RegexField(r"^[a-z, ]*$", required=False, max_length=200)
    severity = forms.IntegerField(min_value=0, max_value=100)
    age = forms.IntegerField(required=False, min_value=1, max_value=8_760)
    due = forms.IntegerField(required=False, min_value=1, max_value=8_760)

    def __init__(self, data: Any, charter: Charter) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["articles"].choices = [(article.id, article.id) for article in charter.articles]


class TemplateForm(forms.Form):
    """Words for a reason, in each language of the charter."""

    name = forms.CharField(max_length=100)
    article = forms.ChoiceField(required=False)

    def __init__(self, data: Any, charter: Charter) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["article"].choices = [("", "–"), *((a.id, a.id) for a in charter.articles)]
        self._languages = charter.languages
        for tag in charter.languages:
            fields[f"text-{tag}"] = forms.CharField(required=False, max_length=2_000, label=tag)

    @property
    def texts(self) -> dict[str, str]:
        return {tag: self.cleaned_data[f"text-{tag}"] for tag in self._languages}


def hours(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)
