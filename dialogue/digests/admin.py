from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.digests.models import Edition

SHOWN = ("person", "period", "state", "fate", "counts", "looks_back_to", "cut_at", "settled_at")


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin[Edition]):
    """Who got which week, and what became of the mail: never what it said."""

    list_display = ("pk", *SHOWN)
    list_filter = ("period", "state", "mail__state")
    list_select_related = ("person", "mail")
    fields = readonly_fields = SHOWN

    @admin.display(description=_("mail"))
    def fate(self, edition: Edition) -> str:
        return edition.mail.get_state_display() if edition.mail else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False
