"""Programs that sign in with a token."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0002_sign_offs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('name', models.CharField(max_length=30, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=20)),
                ('party', models.CharField(blank=True, max_length=64)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('drawn_by', models.CharField(blank=True, max_length=30)),
                ('expires_on', models.DateField()),
                ('is_active', models.BooleanField(default=True)),
                ('last_used_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'coordinator', 'bookkeeper', 'compliance', 'safeguarding', 'analyst', 'auditor', 'sponsor'])), name='api_client_role_is_known')],
            },
        ),
    ]
