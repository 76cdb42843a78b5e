"""Names: who may call themselves what (security.md B53, T9, T55)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.text.names import clean_display_name
from dialogue.text.refusals import Invalid

WELCOME = [
    "Айгүл Серікқызы",
    "Әділет Өмірұлы",
    "Ерлан Іңкәр",
    "Нұрсұлтан Һаким",
    "Мария-Анна Ким",
    "Пётр II",
    "John O’Neill",
    "José Ñandú",
    "Ян",
    "J. R.",
    "Анна (Step-Free Steppe)",
    "Иван Johnson",
    "Комиссаров Олег",
    "Мод Әмірова",
    "李小龍",
    "さくら モモ子",
]

REFUSED = [
    ("", "empty"),
    ("\u200b \u200d", "empty"),
    ("Я", "too_short"),
    ("А" * 101, "too_long"),
    ("А" * 300, "too_long"),
    ("Айгүл\u202eлүгйА", "bad_text"),
    ("Ан\u200bна", "bad_text"),
    ("Ан\u00adна", "bad_text"),
    ("Ан\x07на", "bad_text"),
    ("Ан\x00на", "bad_text"),
    ("А" + "\u0315" * 9, "bad_text"),
    ("😀😀", "symbols"),
    ("Анна ✔", "symbols"),
    ("12345", "symbols"),
    ("--", "symbols"),
    ("𝐀𝐧𝐧𝐚", "symbols"),
    ("Ａｎｎａ", "symbols"),
    ("Aннa", "mixed_script"),
    ("Oмбудсмен", "mixed_script"),
    ("Mодератор", "mixed_script"),
    ("Annа Kim", "mixed_script"),
    ("Αdam", "mixed_script"),
    ("Administrator", "reserved_name"),
    ("administrators", "reserved_name"),
    ("ADMIN", "reserved_name"),
    ("a d m i n", "reserved_name"),
    ("adm1n", "reserved_name"),
    ("adm!n", "reserved_name"),
    ("Ädmin", "reserved_name"),
    ("The Moderator", "reserved_name"),
    ("Moderator_2", "reserved_name"),
    ("Ombudsman", "reserved_name"),
    ("Ombudsperson of Kazakhstan", "reserved_name"),
    ("Commissioner", "reserved_name"),
    ("Support Team", "reserved_name"),
    ("омбудсман", "reserved_name"),
    ("Омбудсмен РК", "reserved_name"),
    ("әкімші", "reserved_name"),
    ("Әкімшілік", "reserved_name"),
    ("Модератор", "reserved_name"),
    ("«Уполномоченный»", "reserved_name"),
    ("Уполномоченная по правам человека", "reserved_name"),
    ("Адам құқықтары жөніндегі уәкіл", "reserved_name"),
    ("Служба поддержки: админ", "reserved_name"),
    ("АДМІН", "reserved_name"),
]


@pytest.mark.parametrize("name", WELCOME)
def test_names_people_have_are_welcome(name: str) -> None:
    assert clean_display_name(f" {name} ") == name


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_a_name_that_hides_or_pretends_is_refused_by_its_rule(name: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_display_name(name)
    assert (refused.value.code, refused.value.field) == (code, "name")


def test_a_name_is_composed() -> None:
    assert clean_display_name("Пётр".replace("ё", "е\u0308")) == "Пётр"


@given(st.text(st.characters(), max_size=120))
def test_a_name_stays_itself_and_only_refusals_are_raised(raw: str) -> None:
    try:
        name = clean_display_name(raw)
    except Invalid:
        return
    assert clean_display_name(name) == name
    assert 2 <= len(name) <= 100
