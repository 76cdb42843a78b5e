"""The office enters a new version, prefilled with the last one; what was made stays as it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationTabularInline

from dialogue.calendar.models import CalendarVersion, Day

_COPIED = ("day", "is_working", "name_kk", "name_ru", "name_en")


class CopiedDayForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    def has_changed(self) -> bool:
        """A day copied from the last version is saved although nobody touched its row."""
        return bool(self.initial) or super().has_changed()


class DayInline(TranslationTabularInline[Day, CalendarVersion]):
    model = Day
    form = CopiedDayForm
    fields = ("day", "is_working", "name")

    def get_extra(self, request: HttpRequest, obj: CalendarVersion | None = None, **kwargs: Any) -> int:
        return 0 if obj else len(_days_of_the_newest()) + 3


@admin.register(CalendarVersion)
class CalendarVersionAdmin(admin.ModelAdmin[CalendarVersion]):
    list_display = ("number", "covers_from", "covers_to", "note", "made_at")
    inlines = (DayInline,)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = CalendarVersion.objects.first()
        if newest is None:
            return {"number": 1}
        return {"number": newest.number + 1, "covers_from": newest.covers_from, "covers_to": newest.covers_to}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs if obj.pk else {**kwargs, "initial": _days_of_the_newest()}

    def has_change_permission(self, request: HttpRequest, obj: CalendarVersion | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CalendarVersion | None = None) -> bool:
        return False


@admin.register(Day)
class DayAdmin(admin.ModelAdmin[Day]):
    """For looking things up; days are entered with their version."""

    list_display = ("day", "name", "is_working", "version")
    list_filter = ("version", "is_working")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Day | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Day | None = None) -> bool:
        return False


def _days_of_the_newest() -> Sequence[dict[str, Any]]:
    newest = CalendarVersion.objects.first()
    return list(newest.days.values(*_COPIED)) if newest else []
