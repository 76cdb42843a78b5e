"""Buttons of the log: a sign under a post, and how far one has read."""

import uuid
from typing import Any

from django import forms

from dialogue.rooms.models import Reaction
from dialogue.text.forms import Choice, KeyedForm, StrictForm


class SignForm(KeyedForm):
    """One form serves every button of a page, so each button's key is made from the form's."""

    reaction = Choice(
        choices=[(f"{sign.value}:{way}", sign.label) for sign in Reaction.Sign for way in ("on", "off")]
    )

    def wish(self, post_id: str) -> dict[str, Any]:
        sign, _colon, way = str(self.cleaned_data["reaction"]).partition(":")
        return {"reaction": sign, "on": way == "on", "key": self._key_for(f"{post_id}:{sign}:{way}")}

    def _key_for(self, button: str) -> uuid.UUID | str:
        key = str(self.cleaned_data["key"])
        try:
            return uuid.uuid5(uuid.UUID(key), button)
        except ValueError:
            return key


class ReadForm(StrictForm):
    """No key: the mark never goes back, so sending it twice changes nothing."""

    position = forms.IntegerField(min_value=0, max_value=2**53)
