"""An ordinary user whose LibreOffice has the extension, and a stand-in for the program behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.live.click.interpreters import install, with_pyxl, with_standin
from tests.live.click.person import Person, somebody, until


@pytest.fixture(scope="module")
def person():
    with somebody() as found:
        found.folder("seen")
        yield found


@pytest.fixture(scope="module")
def interpreter(person):
    """The stand-in, and the extension installed for it."""
    return installed(person)


def installed(person: Person) -> Path:
    """Make somebody a stand-in, and install the extension for it as they would do it."""
    python = with_standin(person)
    install(person, with_pyxl(person), python)
    return python


@pytest.fixture
def seen(person):
    """What the stand-in has written down since the test began, in order, once there are so many."""
    folder = person.home / "seen"
    before = {*folder.iterdir()}

    def so_many(number: int) -> list[dict]:
        def written() -> list[Path]:
            found = sorted({*folder.glob("*.json")} - before)
            return found if len(found) >= number else []

        return [json.loads(path.read_text(encoding="utf-8")) for path in until(written, what="for the stand-in")]

    return so_many
