"""Writes the shipped lists where they are missing; what the office changed stays."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps.registry import Apps

from dialogue.taxonomy import data

_LISTS: Final[dict[str, Iterable[data.Shipped]]] = {
    "Region": data.REGIONS,
    "Theme": data.THEMES,
    "AffectedGroup": data.AFFECTED_GROUPS,
    "DutyBearer": data.DUTY_BEARERS,
}


def load(apps: Apps) -> None:
    """Serves the migration, with its historical models, and tests that emptied the tables."""
    for model_name, terms in _LISTS.items():
        model = apps.get_model("taxonomy", model_name)
        rows = [model(**_columns(term, order)) for order, term in enumerate(terms, start=1)]
        model.objects.bulk_create(rows, ignore_conflicts=True)


def _columns(term: data.Shipped, order: int) -> dict[str, Any]:
    names = {"name": term.kk, "name_kk": term.kk, "name_ru": term.ru, "name_en": term.en}
    columns: dict[str, Any] = {"code": term.code, "order": order, **names}
    return columns | ({"office_only": True} if term.code in data.OFFICE_ONLY else {})
