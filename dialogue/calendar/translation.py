from modeltranslation.translator import TranslationOptions, register

from dialogue.calendar.models import Day


@register(Day)
class DayTranslation(TranslationOptions):
    fields = ("name",)
