from django.db import migrations


class Migration(migrations.Migration):
    """Nothing ever raised it: who a room lets in follows from its other fields (decision 0015)."""

    dependencies = [
        ("rooms", "0002_seen_by_office"),
    ]

    operations = [
        migrations.RemoveField(model_name="room", name="acl_version"),
    ]
