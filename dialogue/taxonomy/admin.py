from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme


@admin.register(Region)
class RegionAdmin(TranslationAdmin[Region]):
    list_display = ("code", "name", "order", "valid_from", "valid_to")


@admin.register(Theme, DutyBearer)
class TermAdmin(TranslationAdmin[Theme | DutyBearer]):
    list_display = ("code", "name", "order")


@admin.register(AffectedGroup)
class AffectedGroupAdmin(TranslationAdmin[AffectedGroup]):
    list_display = ("code", "name", "office_only", "order")
