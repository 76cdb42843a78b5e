from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter
from django.apps.registry import Apps
from django.db import migrations

NAME = "digests.send"
MONDAY_MORNING = "0 9 * * 1"


def keep(apps: Apps, schema_editor: Any) -> None:
    # Without a first moment the worker would run it at once, on the day of installation.
    first = croniter(MONDAY_MORNING, datetime.now(ZoneInfo("Asia/Almaty"))).get_next(datetime)
    schedule = apps.get_model("django_q", "Schedule")
    schedule._default_manager.get_or_create(
        name=NAME,
        defaults={
            "func": "dialogue.digests.tasks.send",
            "schedule_type": "C",
            "cron": MONDAY_MORNING,
            "next_run": first,
        },
    )


def drop(apps: Apps, schema_editor: Any) -> None:
    apps.get_model("django_q", "Schedule")._default_manager.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0001_editions"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(keep, drop)]
