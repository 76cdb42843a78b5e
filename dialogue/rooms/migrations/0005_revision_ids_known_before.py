from django.db import migrations, models

import dialogue.rooms.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0004_carriage_lead"),
    ]

    operations = [
        migrations.AlterField(
            model_name="postrevision",
            name="id",
            field=models.BigIntegerField(
                default=dialogue.rooms.public_ids.new_row_id,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
    ]
