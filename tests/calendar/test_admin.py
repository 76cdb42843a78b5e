"""How the office enters what the government decided: a new version, never a changed one."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dialogue.calendar.models import CalendarVersion
from dialogue.calendar.working_days import calendar_of, current_calendar

pytestmark = pytest.mark.django_db

ADD = "admin:calendar_calendarversion_add"


def test_the_form_of_a_new_version_begins_with_the_days_of_the_last(admin_client: Client) -> None:
    formset = admin_client.get(reverse(ADD)).context["inline_admin_formsets"][0].formset
    prefilled = {form.initial["day"] for form in formset if form.initial}
    assert prefilled == set(current_calendar().exceptions)


def test_saving_it_keeps_the_copied_days_and_takes_the_changes(admin_client: Client) -> None:
    page = admin_client.get(reverse(ADD))
    answers = _answers(page.context["inline_admin_formsets"][0].formset)
    added = int(answers["days-TOTAL_FORMS"]) - 1
    answers |= {f"days-{added}-day": "2026-11-28", f"days-{added}-is_working": "on"}
    answers |= {f"days-{added}-name_{code}": "24 November" for code in ("kk", "ru", "en")}
    answers |= {"days-0-DELETE": "on", "number": "2", "note": "moved by decree"}
    answers |= {"covers_from": "2025-08-01", "covers_to": "2027-12-31"}

    saved = admin_client.post(reverse(ADD), answers)
    assert saved.status_code == 302, saved.context["errors"]

    assert current_calendar().version == 2
    changes = dict(current_calendar().exceptions.items() ^ calendar_of(1).exceptions.items())
    assert changes == {date(2026, 11, 28): True, min(calendar_of(1).exceptions): False}


def test_what_was_made_is_neither_changed_nor_deleted(admin_client: Client) -> None:
    version = CalendarVersion.objects.get(number=1)
    page = reverse("admin:calendar_calendarversion_change", args=[version.pk])
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, {"number": "3"}).status_code == 403
    assert admin_client.post(page.replace("change", "delete")).status_code == 403
    day = reverse("admin:calendar_day_change", args=[version.days.all()[0].pk])
    assert admin_client.post(day, {"day": "2026-01-01"}).status_code == 403
    assert admin_client.get(reverse("admin:calendar_day_add")).status_code == 403


def _answers(formset: object) -> dict[str, str]:
    """What a browser would send back untouched."""
    rows = [formset.management_form, *formset.forms]  # type: ignore[attr-defined]  # built by the admin
    fields = [
        field for row in rows for field in row if field.value() is not None and field.value() is not False
    ]
    return {field.html_name: "on" if field.value() is True else str(field.value()) for field in fields}
