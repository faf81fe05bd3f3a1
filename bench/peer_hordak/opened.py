"""A Django project with django-hordak and nothing else, on the same engines and as durable as the product."""

import dj_database_url
import django
from django.conf import settings
from django.core.management import call_command

KEY = bytes(range(32))


def open_hordak(database: str) -> None:
    """Start Django on new, empty books of hordak's in `database`: a PostgreSQL address, or the path of a file.

    In a file they stand on the product's own SQLCipher backend with its settings. hordak's migrations know no SQLite, so there
    its tables are made from its models.
    """
    is_file = "://" not in database
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "mptt", "djmoney", "hordak"],
        DATABASES={"default": encrypted_file(database) if is_file else dj_database_url.parse(database, conn_max_age=None)},
        MIGRATION_MODULES={"hordak": None} if is_file else {},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        CURRENCIES=["USD"],
        DEFAULT_CURRENCY="USD",
        HORDAK_MAX_DIGITS=20,
        HORDAK_DECIMAL_PLACES=2,
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def encrypted_file(path: str) -> dict[str, object]:
    """As the product keeps its own, but for the key."""
    options = {"transaction_mode": "IMMEDIATE", "key": lambda: KEY}
    return {"ENGINE": "tallystick.config.sqlcipher", "NAME": path, "CONN_MAX_AGE": None, "OPTIONS": options}


def make_accounts(count: int) -> list[object]:
    """So many accounts in dollars, none under another."""
    from hordak.models import Account

    return [Account.objects.create(name=f"A{n}", code=str(n), type="AS", currencies=["USD"]) for n in range(count)]
