"""What was sent from a browser, made into one file: a workbook, a ZIP archive, or CSV files that belong together.

Here stand the limits on what may come in by a page. What is larger comes in by `tallystick import`, which reads it from the disk.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.bundles.folder.files import KNOWN
from tallystick.bundles.folder.reading import is_workbook
from tallystick.bundles.folder.writing import packed
from tallystick.core.refusal import Refusal

UPLOAD_BYTES_MAX = 50 << 20
REQUEST_BYTES_MAX = UPLOAD_BYTES_MAX + (1 << 20)  # with what a browser puts around the files
NAME_LENGTH = 80
MIB = 1 << 20


class UploadMissing(Refusal):
    code = "upload_missing"
    words = "No file was chosen."
    expected = "a workbook (.xlsx), a ZIP archive, or all CSV files of a folder with its programme.toml"


class UploadTooLarge(Refusal):
    code = "upload_too_large"
    words = "What was sent is larger than {most} MiB."
    expected = "a smaller file, or tallystick import on the machine where the books lie"


class UploadUnknown(Refusal):
    code = "upload_unknown"
    words = "“{name}” is neither a workbook nor an archive, and no file of a programme folder."
    expected = "one .xlsx, one .zip, or files named {known}"


class UploadTwice(Refusal):
    code = "upload_twice"
    words = "Two files are called “{name}”."
    expected = "every file once"


class Upload(NamedTuple):
    name: str
    data: bytes


def check_size(count: int) -> None:
    """Refuses, with UploadTooLarge, a request of so many bytes."""
    if count > REQUEST_BYTES_MAX:
        raise UploadTooLarge(most=UPLOAD_BYTES_MAX // MIB)


def one_file(uploads: Sequence[Upload]) -> Upload:
    """The file to be weighed. Raises UploadMissing, UploadTooLarge, UploadUnknown, UploadTwice."""
    if not uploads:
        raise UploadMissing
    if sum(len(one.data) for one in uploads) > UPLOAD_BYTES_MAX:
        raise UploadTooLarge(most=UPLOAD_BYTES_MAX // MIB)
    name = uploads[0].name
    if len(uploads) == 1 and (is_workbook(name) or name.lower().endswith(".zip")):
        return Upload(_short(name), uploads[0].data)
    files: dict[str, bytes] = {}
    for one in uploads:
        if one.name not in KNOWN:
            raise UploadUnknown(name=_short(one.name), known=", ".join(KNOWN))
        if one.name in files:
            raise UploadTwice(name=one.name)
        files[one.name] = one.data
    return Upload("folder.zip", packed(files))


def _short(name: str) -> str:
    """A name that may be long, with its end, which says what it is."""
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 10]}…{name[-9:]}"
