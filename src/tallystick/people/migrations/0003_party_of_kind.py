"""Parties are listed kind by kind, a leaf at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_laid_by_key")]
    operations = [
        migrations.AddIndex(model_name="party", index=models.Index(fields=["kind", "code"], name="party_of_kind")),
    ]
