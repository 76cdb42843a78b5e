"""The office edits names in all three languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Region, Theme, AffectedGroup, DutyBearer])
def test_names_are_edited_in_three_languages(admin_client: Client, model: Any) -> None:
    name = model._meta.model_name
    term = model._default_manager.all()[0]
    assert admin_client.get(reverse(f"admin:taxonomy_{name}_changelist")).status_code == 200
    page = reverse(f"admin:taxonomy_{name}_change", args=[term.pk])
    answers = {"code": term.code, "order": "7", "name_kk": "жаңа", "name_ru": "новое", "name_en": ""}
    assert admin_client.post(page, answers).status_code == 302
    assert admin_client.post(page, answers | {"name_kk": ""}).status_code == 200
    row = model._default_manager.values_list("name_kk", "name_ru", "order").get(pk=term.pk)
    assert row == ("жаңа", "новое", 7)
