"""For admins of accounts. What takes access away is read-only here: the acts tell open pages."""

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from dialogue.organisations.models import Delegation, Organisation


@admin.register(Organisation)
class OrganisationAdmin(TranslationAdmin[Organisation]):
    list_display = ("name", "kind", "verified_at", "suspended_at")
    list_filter = ("kind",)
    readonly_fields = ("public_id", "verified_at", "verified_by", "suspended_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        """Another kind would end every role in it, and no open page would learn of it."""
        kept = ("kind",) if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *kept)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin[Delegation]):
    list_display = ("person", "organisation", "role", "since", "until", "ended_at")
    list_filter = ("role",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return False
