"""Accounts, never content."""

from django.contrib import admin
from django.contrib.auth.models import Group

from dialogue.accounts.models import User

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("name", "email", "language", "is_active", "date_joined")
    search_fields = ("name", "email")
    readonly_fields = ("public_id", "auth_version", "date_joined", "last_login")
    exclude = ("password", "groups", "user_permissions")
