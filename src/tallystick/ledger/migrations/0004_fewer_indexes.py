"""An entry needs no index to say that it reverses none; on SQLite a row lies where its key says, with no index beside it."""

from typing import Any

from django.db import migrations, models

from tallystick.journal.laid import lay_anew


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_on_the_road"), ("journal", "0005_laid_by_key")]
    operations = [
        migrations.AlterField(
            model_name="entry",
            name="reverses",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="ledger.entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)), fields=("reverses",), name="entry_is_reversed_once"
            ),
        ),
        lay_anew("ledger", "programme", "account", "entry", "move"),
    ]
