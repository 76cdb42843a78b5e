"""Accounts, never content."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("name", "email", "language", "is_active", "date_joined")
    search_fields = ("name", "email")
    # Whoever sets an address can have its password reset: only the person changes it.
    readonly_fields = ("email", "public_id", "auth_version", "date_joined", "last_login")
    exclude = ("password", "groups", "user_permissions")

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool) -> None:
        """Open pages notice at once that somebody was deactivated."""
        super().save_model(request, obj, form, change)
        raise_auth_version([obj.pk])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts come by invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """What somebody said stays theirs: an account is deactivated."""
        return False
