from typing import Any

from django.db import migrations


def name_the_leads(apps: Any, _schema: Any) -> None:
    """Cards laid before they had a place for it; from now on every act keeps it."""
    cards = apps.get_model("rooms", "Carriage").objects
    for issue in apps.get_model("issues", "Issue").objects.exclude(assignee=None):
        cards.filter(reference=issue.reference).update(lead=issue.assignee_id)


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0004_carriage_lead"),
        ("issues", "0001_initial"),
    ]

    operations = [migrations.RunPython(name_the_leads, migrations.RunPython.noop)]
