from modeltranslation.translator import TranslationOptions, register

from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme


@register([Region, Theme, AffectedGroup, DutyBearer])
class TermTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("kk", "ru")
