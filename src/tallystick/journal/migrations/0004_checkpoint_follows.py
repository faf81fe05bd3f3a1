"""A checkpoint says which one it follows, so that none can be taken away from between two others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_act_of_record")]
    operations = [migrations.AddField(model_name="checkpoint", name="follows", field=models.BigIntegerField(null=True))]
