"""A running LibreOffice in front of somebody, and a way to ask what it holds."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.live.click.person import PYTHON, SECONDS, Person, until

__all__ = ["Desk"]

DRIVER = Path(__file__).with_name("driver.py")
SWITCHES = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


class Desk:
    """One office process of a person, and the driver that looks at it; `with` ends both."""

    def __init__(self, person: Person, *words: str | Path, variables: Mapping[str, str] | None = None) -> None:
        self.person, self.words, self.variables = person, words, variables
        self.pipe = f"pyxl-test-{uuid.uuid4().hex}"  # the tests' own: the extension makes another

    def __enter__(self) -> Self:
        accept = f"--accept=pipe,name={self.pipe};urp"
        words = ["soffice", *SWITCHES, accept, *self.words]
        with (self.person.home / "office.txt").open("wb") as said:
            # Its input stays open, as that of a terminal does: what it starts must not wait for it.
            streams = {"stdin": subprocess.PIPE, "stdout": said, "stderr": subprocess.STDOUT}
            self.office = self.person.start(words, self.variables, **streams)
        script = Path(shutil.copy(DRIVER, self.person.home))
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self.driver = self.person.start([PYTHON, script, self.pipe], **streams)
        try:
            until(lambda: select.select([self.driver.stdout], [], [], 0)[0] or self.office.poll() is not None)
            assert self.office.poll() is None, (self.person.home / "office.txt").read_text(encoding="utf-8")
            assert self._answer() == "ready"
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, *error: object) -> None:
        try:
            if self.office.poll() is None and not any(error):
                assert self.quit() == 0
        finally:
            self._end()

    def ask(self, what: str, **details: Any) -> Any:
        """Have the driver do one thing; its answer."""
        self.driver.stdin.write(json.dumps({"do": what, **details}) + "\n")
        self.driver.stdin.flush()
        return self._answer()

    def place(self, name: str, role: str) -> list[int] | None:
        """Where on the screen something of that name and kind is shown: x, y, width, height."""
        return self.ask("places", role=role).get(name)

    def quit(self) -> int:
        """Close the office as its user does; the status that it ends with."""
        assert self.ask("quit")
        return self.office.wait(SECONDS)

    def _answer(self) -> Any:
        ready, _, _ = select.select([self.driver.stdout], [], [], SECONDS)
        assert ready, f"the office did not answer for {SECONDS} s"
        line = self.driver.stdout.readline()
        assert line, "the driver has ended"
        said = json.loads(line)
        if "error" in said:
            raise RuntimeError(said["error"])
        return said["answer"]

    def _end(self) -> None:
        """Leave nothing running, whatever has happened."""
        for process in (self.driver, self.office):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(SECONDS)
        for stream in (self.driver.stdin, self.driver.stdout, self.office.stdin):
            with suppress(OSError):
                stream.close()
        (self.person.profile / ".lock").unlink(missing_ok=True)
