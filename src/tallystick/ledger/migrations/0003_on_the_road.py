"""What is held, and what is on the road, is found by a column of its own, which the database keeps; arrivals by their index alone."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def keep_room(apps: Any, editor: Any) -> None:
    """On PostgreSQL half of each page of accounts stays free for balances that change."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE ledger_account SET (fillfactor = 50)")


def keep_none(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE ledger_account RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_written_once")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="is_held",
            field=models.GeneratedField(
                db_persist=True,
                expression=Q(("balance", 0), _negated=True),  # type: ignore[arg-type]
                output_field=models.BooleanField(),
            ),
        ),
        migrations.RemoveIndex(model_name="account", name="account_held"),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(condition=Q(("is_held", True)), fields=["id"], name="account_held"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=Q(("holder__startswith", "@transit:"), ("is_held", True)), fields=["id"], name="account_on_the_road"
            ),
        ),
        migrations.RunPython(keep_room, keep_none),
        migrations.RemoveIndex(model_name="move", name="move_by_taker"),
        migrations.AddIndex(model_name="move", index=models.Index(fields=["taker", "entry", "amount"], name="move_by_taker")),
    ]
