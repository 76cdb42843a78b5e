"""Days off in Kazakhstan that are not Saturdays and Sundays: August 2025 to December 2027.

This is version 1 of the calendar, loaded once by the first migration. It is not edited when
the law changes or the government moves a day: that is a new version, made in the admin, so
that dates already promised keep the count they were promised by.

A holiday that falls on a weekend moves to the next working day; 7 January and the first day
of Kurban Ait do not. Constitution Day left 30 August for 15 March with the new Constitution
of 2026. Kurban Ait follows the moon and was set for 2026 and 2027 only.
"""

from datetime import date
from typing import Final, NamedTuple

from django.apps.registry import Apps

VERSION: Final = 1
COVERS_FROM: Final = date(2025, 8, 1)
COVERS_TO: Final = date(2027, 12, 31)


class Holiday(NamedTuple):
    kk: str
    ru: str
    en: str
    days_off: str


HOLIDAYS: Final = (
    Holiday("Жаңа жыл", "Новый год", "New Year", "2026-01-01 2026-01-02 2027-01-01 2027-01-04"),
    Holiday("Рождество", "Рождество Христово", "Orthodox Christmas", "2026-01-07 2027-01-07"),
    Holiday(
        "Халықаралық әйелдер күні",
        "Международный женский день",
        "International Women's Day",
        "2026-03-09 2027-03-08",
    ),
    Holiday("Конституция күні", "День Конституции", "Constitution Day", "2025-09-01 2027-03-15"),
    Holiday(
        "Наурыз мейрамы",
        "Наурыз мейрамы",
        "Nauryz",
        "2026-03-23 2026-03-24 2026-03-25 2027-03-22 2027-03-23 2027-03-24",
    ),
    Holiday(
        "Қазақстан халқының бірлігі мерекесі",
        "Праздник единства народа Казахстана",
        "Unity Day of the People of Kazakhstan",
        "2026-05-01 2027-05-03",
    ),
    Holiday(
        "Отан қорғаушы күні",
        "День защитника Отечества",
        "Defender of the Fatherland Day",
        "2026-05-07 2027-05-07",
    ),
    Holiday("Жеңіс күні", "День Победы", "Victory Day", "2026-05-11 2027-05-10"),
    Holiday(
        "Құрбан айттың бірінші күні",
        "Первый день Курбан айта",
        "First day of Kurban Ait",
        "2026-05-27 2027-05-16",
    ),
    Holiday("Астана күні", "День столицы", "Capital City Day", "2026-07-06 2027-07-06"),
    Holiday("Республика күні", "День Республики", "Republic Day", "2025-10-27 2026-10-26 2027-10-25"),
    Holiday("Тәуелсіздік күні", "День Независимости", "Independence Day", "2025-12-16 2026-12-16 2027-12-16"),
)


def load(apps: Apps) -> None:
    """Write version 1 unless it is there. Serves the migration and tests that emptied tables."""
    version, is_new = apps.get_model("calendar", "CalendarVersion").objects.get_or_create(
        number=VERSION, defaults={"covers_from": COVERS_FROM, "covers_to": COVERS_TO}
    )
    if is_new:
        day_model = apps.get_model("calendar", "Day")
        day_model.objects.bulk_create(
            day_model(version=version, day=day, **_names(holiday))
            for holiday in HOLIDAYS
            for day in _days(holiday)
        )


def _days(holiday: Holiday) -> list[date]:
    return [date.fromisoformat(day) for day in holiday.days_off.split()]


def _names(holiday: Holiday) -> dict[str, str]:
    return {"name": holiday.kk, "name_kk": holiday.kk, "name_ru": holiday.ru, "name_en": holiday.en}
