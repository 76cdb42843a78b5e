from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from dialogue.taxonomy import loading


def load(apps: Apps, schema_editor: Any) -> None:
    loading.load(apps)


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_terms")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
