"""The forms of the rooms. They carry what was typed; whether it may be done is said by the acts."""

from dialogue.rooms.forms.composing import ComposerForm, EditForm, WithdrawForm
from dialogue.rooms.forms.raising import RaiseForm
from dialogue.rooms.forms.signs import ReadForm, SignForm
from dialogue.rooms.forms.triage import TRIAGE_FORMS

__all__ = [
    "TRIAGE_FORMS",
    "ComposerForm",
    "EditForm",
    "RaiseForm",
    "ReadForm",
    "SignForm",
    "WithdrawForm",
]
