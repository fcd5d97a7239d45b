"""Who is it that clicks? An ordinary user: whoever runs the tests, or, when that is root, `nobody`.

LibreOffice installs extensions for ordinary users only, and an ordinary user is who sits before it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["PYTHON", "SECONDS", "Person", "somebody", "until"]

SECONDS = 60  # for whatever ends by itself
PYTHON = Path("/usr/bin/python3")  # the one that LibreOffice's uno module belongs to
STRANGE = "甲 & 乙=丙%20"  # a name as homes and folders may bear it

_Answer = TypeVar("_Answer")

# No tip of the day before the window, and no lock files: they outlive an office that was killed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop>
<prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop>
<prop oor:name="UseDocumentSystemFileLocking" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True)
class Person:
    """An ordinary user with a home of their own, whom every program that they start can read."""

    home: Path
    account: pwd.struct_passwd

    @property
    def profile(self) -> Path:
        return self.home / ".config" / "libreoffice" / "4"

    @property
    def state(self) -> Path:
        return self.home / ".local" / "state" / "pyxl"

    def start(self, words: list[str | Path], variables: Mapping[str, str] | None = None, **options: Any):
        """A process of theirs, with little more in its environment than a home; it ends with its whole group."""
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **(variables or {})}
        if os.geteuid() == 0:
            options |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        options = {"stdin": subprocess.DEVNULL, "cwd": self.home, **options}
        return subprocess.Popen(words, env=environment, start_new_session=True, **options)

    def run(self, words: list[str | Path], variables: Mapping[str, str] | None = None) -> str:
        """What such a process says; it must succeed."""
        with self.start(words, variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
            said = running.communicate(timeout=SECONDS)[0].decode()
        assert running.returncode == 0, said
        return said

    def clicks(self) -> list[str]:
        """The commands of ours that run for them just now."""
        return [line for line in _command_lines() if line.startswith(str(self.home)) and "pyxl.ribbon" in line]

    def owns(self, path: Path) -> Path:
        """Hand a file, or a folder with all that is in it, over to them."""
        for each in (path, *path.rglob("*")):
            os.chown(each, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
        return path

    def folder(self, name: str) -> Path:
        made = self.home / name
        made.mkdir()
        return self.owns(made)


def _command_lines() -> Iterator[str]:
    """Of every process of this machine."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            yield (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")


def until(question: Callable[[], _Answer], seconds: float = SECONDS, what: str = "") -> _Answer:
    """The first answer that is not empty; asked again and again for so long."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        assert time.monotonic() < end, f"waited {seconds} s in vain {what}"
        time.sleep(0.05)


@contextmanager
def somebody(home: str = STRANGE) -> Iterator[Person]:
    """An ordinary user with a home that was never used before, whose folder bears this name."""
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="pyxl-"))  # not in pytest's own folder, which is closed to others
    try:
        folder.chmod(0o755)
        person = Person(folder / home, account)
        settings = person.profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        person.owns(person.home)
        yield person
    finally:
        shutil.rmtree(folder, ignore_errors=True)
