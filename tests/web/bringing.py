"""Files brought in through the page, as a browser sends them."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.errands.working import archive, work_off
from tests.signing_in import says

BAD = "".join(f"2016-03-01T09:00:00+09:00,N{number},handover,CRANE,GULL{number},CNY,1.00,SHOPS,,,\n" for number in range(3))


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def without_token(answer: Any) -> str:
    return re.sub('value="[A-Za-z0-9]{64}"', "", says(answer))


def brought(browser: Client, *files: SimpleUploadedFile) -> str:
    """The address of the errand that looks these files through."""
    answer = browser.post("/bring-in", {"file": list(files)})
    assert answer.status_code == 302, says(answer)
    return str(answer["Location"])


def looked_through(browser: Client, **changed: str) -> str:
    address = brought(browser, file("lamps.zip", archive(**changed).data))
    work_off()
    return address
