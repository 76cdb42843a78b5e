"""The languages are offered in one order, each under its own name."""

from dialogue.text.languages import Language


def test_kazakh_comes_first_and_each_language_names_itself() -> None:
    assert Language.choices == [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
    assert [language.short for language in Language] == ["ҚАЗ", "РУС", "ENG"]
