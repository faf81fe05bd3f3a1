"""Somebody at the pages that a command serves, in a process of its own and over the wire."""

import base64
import hmac
import itertools
import json
import re
import signal
import struct
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from tests.journeys.desk import Desk

numbers = itertools.count(1)  # of newcomers


@contextmanager
def served(desk: Desk, home: Path, *, command: str = "serve") -> Iterator[str]:
    """The address of the page of these books; when it was asked, it is stopped as Ctrl-C stops it."""
    with serving(desk, home, command) as (address, _):
        yield address


@contextmanager
def serving(desk: Desk, home: Path, *words: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with the process that serves."""
    with desk.start(*words, "--json", home=home, environment=environment) as served:
        try:
            assert served.stdout is not None
            told = b""
            while not told.endswith(b"\n}\n"):
                told += served.stdout.readline()
                assert served.poll() is None, served.stderr and served.stderr.read()
            yield json.loads(told)["address"], served
            served.send_signal(signal.SIGINT)
            rest, complaints = served.communicate(timeout=30)
            assert (served.returncode, rest) == (0, b"")
            assert b"Traceback" not in complaints
        finally:
            served.kill()  # a page that did not stop must not keep everybody waiting


class Browser:
    """Keeps cookies, sends the form of the page it shows, and has no JavaScript."""

    def __init__(self, address: str) -> None:
        self.address, self.page, self.path = address, "", ""
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def look(self, path: str, sent: bytes | None = None) -> str:
        with self._opener.open(f"{self.address}{path}", data=sent, timeout=30) as answer:
            self.page, self.path = answer.read().decode(), urllib.parse.urlsplit(answer.url).path.removeprefix("/")
        return self.page

    def send(self, path: str, **fields: str) -> str:
        return self.look(path, urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self._token()}).encode())

    def upload(self, path: str, **files: bytes) -> str:
        """Send files, as a form with `enctype` does; `lamps_zip=…` is called lamps.zip."""
        edge = "----a-browser-draws-this"
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self._token()}\r\n'.encode()]
        for name, data in files.items():
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name.replace("_", ".")}"\r\n\r\n'
            parts += [head.encode(), data, b"\r\n"]
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        request = urllib.request.Request(
            f"{self.address}{path}", data=body, headers={"Content-Type": f"multipart/form-data; boundary={edge}"}
        )
        with self._opener.open(request, timeout=120) as answer:
            self.page, self.path = answer.read().decode(), urllib.parse.urlsplit(answer.url).path.removeprefix("/")
        return self.page

    def fetch(self, path: str, **fields: str) -> bytes:
        """What is sent back as a file."""
        sent = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self._token()}).encode()
        with self._opener.open(f"{self.address}{path}", data=sent, timeout=60) as answer:
            return bytes(answer.read())

    def _token(self) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        assert token is not None
        return token[1]


def code_of(secret: str) -> str:
    """What an authenticator with this secret shows now (RFC 6238), reckoned here by the standard and not by the library."""
    counted = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = counted[-1] & 15
    return f"{(struct.unpack('>I', counted[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def signed_in(desk: Desk, home: Path, *, address: str, role: str) -> Browser:
    """A browser in which a newcomer in this role has signed in, and set up a second factor."""
    name = f"{role.upper()}-{next(numbers)}"
    password = json.loads(desk.run("staff", "add", name, "--role", role, "--json", home=home).stdout)["password"]
    browser = Browser(address)
    browser.look("sign-in")
    browser.send("sign-in", login=name, password=password)
    secret = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', browser.page)
    assert secret is not None
    browser.send("second-factor/totp/activate/", code=code_of(secret[1]))
    return browser
