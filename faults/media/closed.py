"""Books on a medium that cannot be written: the file, or the folder around it as well. Who only asks is answered where it can be."""

from collections.abc import Iterator
from contextlib import contextmanager

from faults.media import books as place
from faults.media.trials import Tally

CODE = "books_read_only"
FILE_ALONE, FOLDER_TOO = "the file", "the file and its folder"
FOLDER_MODES = {FILE_ALONE: 0o700, FOLDER_TOO: 0o500}
FILE_MODE = 0o400
ASKING = (("holdings",), ("verify",), ("delivered",))


def close_to_writing(what: str) -> Tally:
    """Every command on books of which `what` is read-only, in processes of their own; then the same with the modes back."""
    from faults.media.deeds import plump
    from faults.media.person import run
    from faults.media.story import standing
    from tests import books

    place.lay_down(place.FOUNDED)
    books.take(books.LAMPS)
    before = standing()
    place.close()
    files, writing = place.take_up(), ("import", plump(1))
    tally = Tally()
    with _closed(what):
        for words in (*ASKING, writing):
            said = run(*words, modes_hold=True)
            tally.tries += 1
            if said.status == 0 and words != writing:
                tally.done += 1
            elif said.code == CODE:
                tally.refused[CODE] += 1
            else:
                tally.note(f"{words[0]}, {what} read-only", f"it ended with {said.status} and said “{said.err.strip()[:200]}”")
    if {name: content for name, content in place.take_up().items() if content} != files:
        tally.note(f"{what} read-only", "the files are not what they were")
    if standing() != before:
        tally.note(f"{what} read-only", f"the books are not as before: {standing()}, which was {before}")
    place.close()
    again = run(*writing)
    if again.status != 0:
        tally.note(f"{what} to be written again", f"the import ended with {again.status} and said “{again.err.strip()[:200]}”")
    return tally


@contextmanager
def _closed(what: str) -> Iterator[None]:
    """Files that SQLite makes meanwhile beside that of the books take over its mode."""
    folder = place.home()
    (folder / place.BOOKS_FILE).chmod(FILE_MODE)
    folder.chmod(FOLDER_MODES[what])
    try:
        yield
    finally:
        folder.chmod(0o700)
        for path in folder.glob(f"{place.BOOKS_FILE}*"):
            path.chmod(0o600)
