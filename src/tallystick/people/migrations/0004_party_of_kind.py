"""Parties are listed kind by kind, a leaf at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_later_limits")]
    operations = [
        migrations.AddIndex(model_name="party", index=models.Index(fields=["kind", "code"], name="party_of_kind")),
    ]
