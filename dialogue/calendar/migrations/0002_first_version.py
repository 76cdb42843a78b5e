from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from dialogue.calendar import kazakh


def load(apps: Apps, schema_editor: Any) -> None:
    kazakh.load(apps)


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_versions_and_days")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
