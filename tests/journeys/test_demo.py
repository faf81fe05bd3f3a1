"""The demo, which a newcomer runs first and may run again, and the page that it serves."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.browsing import Browser, code_of, served
from tests.journeys.desk import Desk, lines


@pytest.fixture(scope="module")
def demo(desk: Desk) -> tuple[Path, list[str]]:
    home = desk.new()
    return home, lines(desk.run("demo", "--no-serve", home=home))


def test_one_command_goes_from_nothing_to_proved_books(demo: tuple[Path, list[str]]) -> None:
    home, said = demo
    assert said[0] == " REHEARSAL: invented people and places "
    assert said[1].startswith(f"The demo's books lie in {home}; their passphrase is: ")
    assert said[2].startswith("Took in 126 moves in 98 entries; ")
    assert any(line.startswith(" CRANE") and "10,266.08" in line for line in said)
    assert any(line.startswith("Proved: 206 acts") for line in said)


def test_the_demo_may_be_run_again(desk: Desk, demo: tuple[Path, list[str]]) -> None:
    told = desk.run("demo", "--no-serve", "--json", home=demo[0])
    said = json.loads(told.stdout)
    assert (told.returncode, said["done"], said["changed"], said["acts"], said["problems"]) == (0, True, False, 206, [])
    assert said["passphrase"] in demo[1][1]
    assert len(said["holdings"]) == 60


def test_the_demo_leaves_other_books_alone(desk: Desk, founded: Path) -> None:
    told = desk.run("demo", "--no-serve", home=founded)
    assert told.returncode == 1
    assert b"already holds the keys of an office" in told.stderr


@pytest.fixture(scope="module")
def address(desk: Desk, lamps: Path) -> Iterator[str]:
    """The page of the lamps programme."""
    with served(desk, lamps) as found:
        yield found


def asked(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_the_page_asks_who_is_there(address: str) -> None:
    status, page = asked(address)
    assert status == 200
    assert "<h1>Sign in</h1>" in page
    assert "CRANE" not in page
    assert "REHEARSAL" in page.upper()


def test_whoever_was_let_in_at_the_office_sees_the_page(desk: Desk, lamps: Path, address: str) -> None:
    told = desk.run("staff", "add", "WREN", "--role", "auditor", "--json", home=lamps)
    password = json.loads(told.stdout)["password"]
    browser = Browser(address)
    browser.look("sign-in")
    browser.send("sign-in", login="WREN", password=password)
    assert "Set up an authenticator" in browser.page, "the page is shown once there is a second factor"
    secret = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', browser.page)
    assert secret is not None
    browser.send("second-factor/totp/activate/", code=code_of(secret[1]))
    assert "<h1>Recovery codes</h1>" in browser.page
    assert "CRANE" in browser.look("")


def test_the_demo_says_how_to_sign_in_to_it(desk: Desk, demo: tuple[Path, list[str]]) -> None:
    home, said = demo
    (name,) = (line for line in said if line.startswith("Sign in to its page as LEAD, password "))
    lead = json.loads(desk.run("demo", "--no-serve", "--json", home=home).stdout)["lead"]
    assert name.endswith(lead["password"])
    assert said[said.index(name) + 1].endswith(", ".join(lead["codes"]))
    with served(desk, home, command="demo") as address:
        for code in lead["codes"][:2]:
            browser = Browser(address)
            browser.look("sign-in")
            browser.send("sign-in", login="LEAD", password=lead["password"])
            assert "CRANE" in browser.send("second-factor/authenticate/", code=code)
    again = json.loads(desk.run("demo", "--no-serve", "--json", home=home).stdout)["lead"]
    assert again == lead | {"codes": lead["codes"][2:]}, "what is said the second time is what is still true"


@pytest.mark.parametrize("path", ["nowhere", "admin/", "static/../settings.py"])
def test_elsewhere_there_is_nothing(address: str, path: str) -> None:
    status, page = asked(f"{address}{path}")
    assert status == 404
    assert "Traceback" not in page
    assert "tallystick." not in page


def test_the_page_answers_to_its_own_name_alone(address: str) -> None:
    status, page = asked(address, Host="books.example.org")
    assert status == 400
    assert "CRANE" not in page


def test_a_port_that_is_taken_is_said_in_words(desk: Desk, lamps: Path, address: str) -> None:
    told = desk.run("serve", "--port", address.rstrip("/").rpartition(":")[2], home=lamps)
    assert told.returncode == 1
    assert told.stderr.decode().startswith("Nothing can be served on port")
