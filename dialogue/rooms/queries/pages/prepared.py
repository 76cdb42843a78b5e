"""Texts the office often needs, in the language of the thread. A moderator finishes them by hand."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PreparedText:
    code: str
    name: str | Promise
    body: str


_TEXTS: dict[str, tuple[tuple[str, str | Promise, str | Promise], ...]] = {
    "ask": (
        (
            "when_where",
            _("When, where, how often"),
            _("Thank you. To go on we need to know: since when does this happen, where, and how often?"),
        ),
        (
            "tried",
            _("What was tried already"),
            _("Thank you. Was this raised with the body in charge before? When, and what was answered?"),
        ),
    ),
    "answer": (
        (
            "explained",
            _("An explanation"),
            _("Thank you for raising this. We looked into it, and this is how it stands: "),
        ),
        (
            "under_way",
            _("Work is under way"),
            _("Thank you for raising this. The same problem is being worked on already: "),
        ),
    ),
    "signpost": (
        (
            "complaint",
            _("A formal complaint"),
            _(
                "This needs a decision in one person's case. It can be asked for by a formal complaint "
                "to the body in charge or through eOtinish; that opens a case with a legal deadline."
            ),
        ),
        (
            "danger",
            _("Somebody is in danger"),
            _("If life or health is in danger, call 112 now; for women and children 111, day and night."),
        ),
    ),
}


def prepared_texts(verb: str, lang: str) -> list[PreparedText]:
    """Names in the reader's language, bodies in the thread's."""
    with translation.override(lang):
        bodies = [str(body) for _code, _name, body in _TEXTS.get(verb, ())]
    rows = zip(_TEXTS.get(verb, ()), bodies, strict=True)
    return [PreparedText(code, name, body) for (code, name, _lazy), body in rows]
