from dialogue.text.forms import Choice, StrictForm
from dialogue.text.languages import Language


class LanguageForm(StrictForm):
    language = Choice(choices=Language.choices)
