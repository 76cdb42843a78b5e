"""The four lists: complete, in three languages, in order, and each region in its own time."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import override

from dialogue.taxonomy import loading, queries
from dialogue.taxonomy.models import AffectedGroup, DutyBearer, Region, Theme
from dialogue.text.refusals import Invalid

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
LISTS: list[tuple[Any, int]] = [(Region, 20), (Theme, 16), (AffectedGroup, 13), (DutyBearer, 11)]


@pytest.mark.parametrize(("model", "count"), LISTS)
def test_every_list_is_shipped_whole_in_three_languages(model: Any, count: int) -> None:
    rows = list(model._default_manager.values("code", "name_kk", "name_ru", "name_en"))
    assert len(rows) == count
    assert all(all(row.values()) for row in rows)


def test_a_term_is_called_by_its_name_in_the_readers_language() -> None:
    region, theme = Region.objects.get(code="KZ-62"), Theme.objects.get(code="disability")
    names = {}
    for language in ("kk", "ru", "en"):
        with override(language):
            names[language] = (str(region), str(theme))
    assert names == {
        "kk": ("Ұлытау облысы", "Мүгедектігі бар адамдардың құқықтары, қолжетімділік"),
        "ru": ("область Ұлытау", "Права лиц с инвалидностью, доступность"),
        "en": ("Ulytau Region", "Rights of persons with disabilities, accessibility"),
    }


def test_lists_come_in_the_order_they_were_written() -> None:
    codes = [region.code for region in queries.regions(TODAY)]
    assert codes == sorted(codes)
    assert [theme.code for theme in queries.themes()][:3] == ["torture", "liberty", "justice"]
    assert [bearer.code for bearer in queries.duty_bearers()][-1] == "company"


def test_a_region_is_offered_from_its_first_to_its_last_day() -> None:
    Region.objects.filter(code="KZ-10").update(valid_to=date(2027, 6, 30))
    Region.objects.filter(code="KZ-33").update(valid_from=date(2027, 7, 1))
    codes = {day: {region.code for region in queries.regions(day)} for day in _days()}
    assert [("KZ-10" in codes[day], "KZ-33" in codes[day]) for day in _days()] == [
        (True, False),
        (False, True),
    ]


def test_a_region_cannot_end_before_it_began() -> None:
    with pytest.raises(IntegrityError):
        Region.objects.create(
            code="KZ-99", name_kk="x", valid_from=date(2027, 7, 1), valid_to=date(2027, 6, 30)
        )


def test_a_code_from_outside_is_a_term_or_a_refusal() -> None:
    assert queries.with_code(queries.themes(), "child", field="theme").code == "child"
    for code in ("", "nothing", "child'; --"):
        with pytest.raises(Invalid) as refused:
            queries.with_code(queries.themes(), code, field="theme")
        assert (refused.value.code, refused.value.field) == ("not_a_choice", "theme")


def test_loading_again_adds_what_is_missing_and_leaves_what_the_office_changed() -> None:
    Theme.objects.filter(code="child").update(name_ru="Дети", order=99)
    Theme.objects.filter(code="belief").delete()
    loading.load(apps)
    assert Theme.objects.count() == 16
    assert Theme.objects.values_list("name_ru", "order").get(code="child") == ("Дети", 99)


def _days() -> list[date]:
    return [date(2027, 6, 30), date(2027, 7, 1)]
