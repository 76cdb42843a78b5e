"""What the office writes when it takes a concern up, and which posts bear it out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.issues.actions.escalation import MAX_SUMMARY
from dialogue.rooms.models import Thread, Urgency
from dialogue.taxonomy.models import Region, Term, Theme
from dialogue.text.cleaning import MAX_TITLE, clean_body, clean_title
from dialogue.text.forms import Choice, Choices, KeyedForm, Words
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal

_HALF = _("Both are needed in one language: the title and the summary. Write this one, or empty the other.")


class EscalationForm(KeyedForm):
    """``title`` and ``summary`` are in the thread's language; ``title_kk`` … in the others, if wished."""

    title = Words(label="", max_length=MAX_TITLE, help_text=_("In the office's own words, without names."))
    summary = Words(
        label="",
        rows=6,
        max_length=MAX_SUMMARY,
        help_text=_("What goes wrong, where, since when, whom it concerns. Nobody who said it."),
    )
    theme = Choice(label=_("Theme"), required=False)
    region = Choice(label=_("Region"), required=False)
    priority = Choice(label=_("Priority"), choices=Urgency.choices)
    exhibits = Choices(label=_("Posts that bear it out"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        thread: Thread,
        themes: Sequence[Theme],
        regions: Sequence[Region],
        posts: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.thread = thread
        self.other_languages = [code for code in Language.values if code != thread.lang]
        for code in self.other_languages:
            self._add_words_in(code)
        self._offer("theme", themes, nothing="" if thread.theme else _("Not chosen yet"))
        self._offer("region", regions, nothing="" if thread.region else _("Whole country"))
        self.fields["exhibits"].choices = [(post, post) for post in posts]  # type: ignore[attr-defined]
        self.fields["title"].widget.attrs["lang"] = thread.lang
        self.fields["summary"].widget.attrs["lang"] = thread.lang
        for name in ("title", "summary"):
            self.fields[name].label = _label(name, thread.lang)

    def clean(self) -> dict[str, Any] | None:
        """Another language is written whole or not at all; its faults are said beside its own fields."""
        cleaned = super().clean()
        for code in self.other_languages:
            self._check_words_in(code)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """As ``escalate`` takes them."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("key", "title", "summary", "priority", "exhibits")},
            **{name: typed[name] or None for name in ("theme", "region")},
            "lang": self.thread.lang,
            "translations": self._translations(),
        }

    @property
    def words_in_other_languages(self) -> list[Any]:
        return [self[f"{name}_{code}"] for code in self.other_languages for name in ("title", "summary")]

    @property
    def has_words_in_other_languages(self) -> bool:
        return any(field.value() or field.errors for field in self.words_in_other_languages)

    def _add_words_in(self, code: str) -> None:
        for name, rows, most in (("title", 0, MAX_TITLE), ("summary", 4, MAX_SUMMARY)):
            field = Words(label=_label(name, code), rows=rows, max_length=most, required=False)
            field.widget.attrs["lang"] = code
            self.fields[f"{name}_{code}"] = field

    def _offer(self, name: str, terms: Sequence[Term], *, nothing: Any) -> None:
        """What the thread says already can be changed, not taken away: the act keeps it then."""
        first = [("", nothing)] if nothing else []
        self.fields[name].choices = [*first, *((t.code, t.name) for t in terms)]  # type: ignore[attr-defined]

    def _check_words_in(self, code: str) -> None:
        title, summary = (self.cleaned_data.get(f"{name}_{code}", "") for name in ("title", "summary"))
        if not title.strip() and not summary.strip():
            return
        try:
            clean_title(title, field=f"title_{code}")
            clean_body(summary, field=f"summary_{code}", max_characters=MAX_SUMMARY)
        except Refusal as refusal:
            is_half = refusal.code == "empty"
            self.add_error(refusal.field, _HALF if is_half else str(refusal.sentence))

    def _translations(self) -> dict[str, dict[str, str]]:
        words = {
            code: {name: self.cleaned_data[f"{name}_{code}"] for name in ("title", "summary")}
            for code in self.other_languages
        }
        return {code: text for code, text in words.items() if text["title"].strip()}


def _label(name: str, code: str) -> str:
    """With the language: the office writes in the thread's, which may not be its own."""
    labels = {"title": _("Title of the issue, {language}"), "summary": _("What it is about, {language}")}
    return str(labels[name]).format(language=Language(code).label)
