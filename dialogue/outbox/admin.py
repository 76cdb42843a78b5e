from django.contrib import admin
from django.http import HttpRequest

from dialogue.outbox.models import OutgoingMail

SHOWN = ("recipient", "state", "failure", "attempts", "not_before", "queued_at", "finished_at")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin[OutgoingMail]):
    """The fate of each mail, never what it says: a body may carry a sign-in link."""

    list_display = ("pk", *SHOWN)
    list_filter = ("state",)
    fields = readonly_fields = SHOWN

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False
