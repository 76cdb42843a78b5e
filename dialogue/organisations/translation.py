from modeltranslation.translator import TranslationOptions, register

from dialogue.organisations.models import Organisation


@register(Organisation)
class OrganisationNames(TranslationOptions):
    fields = ("name",)
