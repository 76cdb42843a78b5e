"""The catalogues follow the sources, keep what was translated, and every gap is named."""

from pathlib import Path

import pytest

from platform_site.translations import extraction
from platform_site.translations.catalogues import forms_of, known_messages, read
from platform_site.translations.checking import contradictions, problems_of
from platform_site.translations.collecting import collect, compile_catalogues
from platform_site.translations.homes import LANGUAGES, Home, homes

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext
TITLE = _("Raise a " "concern")
DAYS = ngettext_lazy("%(count)d day", "%(count)d days", "count")
DOOR = pgettext("door", "Open")
"""
TEMPLATE = """{% load i18n %}
    <h1>{% translate "My concerns" %}</h1>
  {{ thread.title|default:_("No title") }} (
      {# Translators: how full a room is #}
   {% blocktranslate trimmed count n=seats %}
      {{ n }} seat, 100% of them
    {% plural %}
      {{ n }} seats, 100% of them
   {% endblocktranslate %}
"""


@pytest.fixture
def rooms(tmp_path: Path) -> Home:
    folder = tmp_path / "dialogue" / "rooms"
    (folder / "templates" / "rooms").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "views.py").write_text(PYTHON)
    (folder / "templates" / "rooms" / "room.html").write_text(TEMPLATE)
    return homes(tmp_path, only="rooms")[0]


def test_python_and_templates_are_read(rooms: Home) -> None:
    collect(rooms)
    messages = known_messages(read(rooms.catalogue("ru"), "ru"))
    assert set(messages) == {
        ("", "Raise a concern"),
        ("", "%(count)d day"),
        ("door", "Open"),
        ("", "My concerns"),
        ("", "No title"),
        ("", "%(n)s seat, 100%% of them"),
    }
    seats = messages["", "%(n)s seat, 100%% of them"]
    assert seats.id[1] == "%(n)s seats, 100%% of them"
    assert seats.auto_comments == ["Translators: how full a room is"]
    assert len(forms_of(seats)) == 4


def test_collecting_twice_changes_nothing(rooms: Home) -> None:
    assert len(collect(rooms)) == 3
    assert collect(rooms) == []


def test_translations_and_notes_stay_and_unused_sentences_go(rooms: Home) -> None:
    collect(rooms)
    path = rooms.catalogue("kk")
    empty = 'msgid "My concerns"\nmsgstr ""'
    translated = path.read_text().replace(empty, empty[:-1] + 'Менің"')
    path.write_text(translated.replace("#: dialogue/rooms/views.py\nmsgctxt", "# a note\n#: x\nmsgctxt"))
    (rooms.folder / "views.py").write_text(PYTHON.replace("Raise a ", "Tell a "))
    collect(rooms)
    text = path.read_text()
    assert 'msgstr "Менің"' in text
    assert "# a note\n" in text
    assert "Raise a concern" not in text
    assert "Tell a concern" in text


def test_catalogues_carry_neither_dates_nor_line_numbers(rooms: Home) -> None:
    collect(rooms)
    text = rooms.catalogue("kk").read_text()
    assert "Date" not in text
    assert "#: dialogue/rooms/views.py\n" in text


def test_a_package_without_sentences_has_no_catalogues(rooms: Home) -> None:
    collect(rooms)
    (rooms.folder / "views.py").write_text("")
    (rooms.folder / "templates" / "rooms" / "room.html").write_text("")
    collect(rooms)
    assert not rooms.catalogue("kk").exists()


def test_compiling_skips_what_has_not_changed(rooms: Home) -> None:
    collect(rooms)
    assert len(compile_catalogues(rooms)) == 3
    assert compile_catalogues(rooms) == []


def test_untranslated_sentences_are_named_for_kazakh_and_russian(rooms: Home) -> None:
    collect(rooms)
    problems = problems_of(rooms)
    assert len(problems) == 12
    assert any(
        "locale/kk/LC_MESSAGES/django.po: «My concerns» is not translated" in each for each in problems
    )
    assert not [each for each in problems if "locale/en/" in each]


def test_a_missing_catalogue_is_one_complaint(rooms: Home) -> None:
    assert [each.split(" is ")[0] for each in problems_of(rooms)] == [
        f"dialogue/rooms/locale/{language}/LC_MESSAGES/django.po" for language in LANGUAGES
    ]


def test_a_sentence_that_was_not_collected_is_named(rooms: Home) -> None:
    collect(rooms)
    (rooms.folder / "views.py").write_text(PYTHON.replace("Raise a ", "Tell a "))
    stale = [each for each in problems_of(rooms) if "run make messages PACKAGE=rooms" in each]
    assert len([each for each in stale if "is in the sources but not here" in each]) == 3
    assert len([each for each in stale if "no longer in the sources" in each]) == 3


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "%(name)s spoke"\nmsgstr "%(nmae)s сөйледі"', "placeholders %(nmae)s"),
        ('msgid "%(name)s spoke"\nmsgstr "сөйледі"', "placeholders none"),
        ('#, fuzzy\nmsgid "%(name)s spoke"\nmsgstr "%(name)s сөйледі"', "marked fuzzy"),
        (
            'msgid "%(n)d post"\nmsgid_plural "%(n)d posts"\nmsgstr[0] "%(n)d жазба"\nmsgstr[1] ""',
            "needs all 2 plural forms",
        ),
        (
            'msgid "One post"\nmsgid_plural "%(n)d posts"\nmsgstr[0] "Бір жазба"\nmsgstr[1] "жазбалар"',
            "needs %(n)d",
        ),
    ],
)
def test_a_wrong_translation_is_named(rooms: Home, entry: str, complaint: str) -> None:
    _write(rooms, "kk", entry)
    assert any(complaint in each for each in problems_of(rooms))


def test_the_first_russian_form_also_says_twenty_one(rooms: Home) -> None:
    forms = '\nmsgstr[1] "%(n)d записи"\nmsgstr[2] "%(n)d записей"\nmsgstr[3] "%(n)d записи"'
    entry = 'msgid "One post"\nmsgid_plural "%(n)d posts"\nmsgstr[0] "Одна запись"' + forms
    _write(rooms, "ru", entry)
    assert any("«Одна запись»" in each for each in problems_of(rooms))
    _write(
        rooms, "kk", 'msgid "One post"\nmsgid_plural "%(n)d posts"\nmsgstr[0] "Бір"\nmsgstr[1] "%(n)d жазба"'
    )
    assert not [each for each in problems_of(rooms) if "«Бір»" in each]


def test_two_translations_of_one_sentence_are_named(rooms: Home, tmp_path: Path) -> None:
    issues = tmp_path / "dialogue" / "issues"
    issues.mkdir()
    (issues / "__init__.py").write_text("")
    _write(rooms, "ru", 'msgid "Close"\nmsgstr "Закрыть"')
    both = [home for home in homes(tmp_path) if home.name in ("rooms", "issues")]
    _write(both[0], "ru", 'msgid "Close"\nmsgstr "Близко"')
    assert len(contradictions(both)) == 1


def test_borrowed_sentences_stay_and_need_kazakh_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "platform_site").mkdir()
    monkeypatch.setattr(extraction, "BORROWED", ("Sign In", ("%(n)d item", "%(n)d items")))
    monkeypatch.setattr(extraction, "BORROWED_WITH_CONTEXT", (("field label", "Login"),))
    site = homes(tmp_path, only="platform_site")[0]
    collect(site)
    problems = problems_of(site)
    assert len(problems) == 3
    assert all("locale/kk/" in each for each in problems)
    compile_catalogues(site)
    assert b"item" not in site.catalogue("ru").with_suffix(".mo").read_bytes()


def _write(home: Home, language: str, entry: str) -> None:
    collect(home)
    path = home.catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    plurals = {"ru": "4; plural=(n%10==1 ? 0 : n%10>=2 ? 1 : 2)", "kk": "2; plural=(n != 1)"}[language]
    path.write_text(f'{header}"Plural-Forms: nplurals={plurals};\\n"\n\n{entry}\n')
