"""What errands need in tests: files to bring in, and the library's worker for as long as there is something to do."""

from datetime import UTC, datetime
from unittest.mock import patch

from django_tasks_db.management.commands.db_worker import Worker

from tallystick.bundles.folder.files import KNOWN
from tallystick.bundles.folder.writing import packed, workbook_of
from tallystick.core.bringing import Bringer
from tallystick.core.role import Role
from tallystick.core.sign_off import Signer
from tallystick.errands.actions import ask_weigh
from tallystick.errands.models import Errand
from tallystick.errands.upload import Upload
from tests.books import LAMPS
from tests.bundles.folder_making import content_of

ASKED_AT = datetime(2026, 2, 1, 9, tzinfo=UTC)
LEAD = Bringer(Signer("WREN"), frozenset({Role.LEAD}))
FILES = {name: (LAMPS / name).read_bytes() for name in KNOWN}


def work_off(worker: str = "W1") -> None:
    """Do every errand that waits. The library would close the connection, and with it end the transaction that a test stands in."""
    one = Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=worker, excluded_queue_names=[],
    )  # fmt: skip
    with patch(f"{Worker.__module__}.close_old_connections"):
        one.run()


def archive(**changed: str) -> Upload:
    """The lamps programme in an archive; `moves="…"` adds rows to moves.csv."""
    files = {name: data + changed.get(name.partition(".")[0], "").encode() for name, data in FILES.items()}
    return Upload("lamps.zip", packed(files))


def workbook() -> Upload:
    return Upload("lamps.xlsx", workbook_of(content_of(LAMPS)))


def weighed(upload: Upload | None = None, *, by: str = "WREN") -> Errand:
    """An errand that has been done: the file weighed."""
    errand = ask_weigh(upload or archive(), by=by, asked_at=ASKED_AT)
    work_off()
    return fresh(errand)


def fresh(errand: Errand) -> Errand:
    """The errand as it stands now."""
    return Errand.objects.get(pk=errand.pk)
