from typing import Any

from django.apps.registry import Apps
from django.db import migrations

NAME = "outbox.deliver"


def keep(apps: Apps, schema_editor: Any) -> None:
    schedule = apps.get_model("django_q", "Schedule")
    schedule._default_manager.get_or_create(
        name=NAME,
        defaults={"func": "dialogue.outbox.tasks.deliver", "schedule_type": "I", "minutes": 1},
    )


def drop(apps: Apps, schema_editor: Any) -> None:
    apps.get_model("django_q", "Schedule")._default_manager.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_mail"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(keep, drop)]
