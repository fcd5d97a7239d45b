"""A screen without a monitor, its picture, and the hand that clicks and types on it."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.live.click.person import SECONDS, Person, until

__all__ = ["Picture", "Screen"]


class Picture:
    """What is on the screen at a moment: width, height, and three bytes for each pixel."""

    def __init__(self, ppm: bytes) -> None:
        kind, size, deepest, self.pixels = ppm.split(b"\n", 3)
        assert (kind, deepest) == (b"P6", b"255")
        self.width, self.height = map(int, size.split())

    def part(self, x: int, y: int, width: int, height: int) -> bytes:
        """The pixels of a part, row by row."""
        rows = (3 * (self.width * row + x) for row in range(y, y + height))
        return b"".join(self.pixels[start : start + 3 * width] for start in rows)


class Screen:
    """An Xvfb of a person's; `with` ends it."""

    def __init__(self, person: Person, width: int = 1280, height: int = 800) -> None:
        self.person, self.width, self.height = person, width, height

    def __enter__(self) -> Self:
        number, said = os.pipe()
        # Any local user may connect: there is nothing on it but what the test puts there. Without -noreset it
        # starts anew, and lets nobody in for a moment, whenever the last program leaves it.
        words = [
            "Xvfb",
            "-displayfd",
            str(said),
            "-screen",
            "0",
            f"{self.width}x{self.height}x24",
            "-nolisten",
            "tcp",
            "-ac",
            "-noreset",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.server = self.person.start(words, pass_fds=[said], **quiet)
        os.close(said)
        with open(number, encoding="ascii") as line:
            self.display = ":" + line.readline().strip()
        assert self.display != ":", "Xvfb did not start"
        until(self._answers, what="for the screen")  # it names itself a moment before it lets programs in
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(ProcessLookupError):
            self.server.terminate()
        self.server.wait(SECONDS)

    @property
    def variables(self) -> dict[str, str]:
        return {"DISPLAY": self.display}

    def picture(self) -> Picture:
        return Picture(self._taken("ppm:-"))

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._taken("png:-"))
        return path

    def hand(self, *words: object) -> str:
        """What xdotool is told."""
        return self.person.run(["xdotool", *map(str, words)], self.variables)

    def point(self, place: list[int]) -> None:
        """Move to the middle of a place: x, y, width, height."""
        x, y, width, height = place
        self.hand("mousemove", x + width // 2, y + height // 2)

    def rest(self) -> None:
        """Move to where nothing is explained, and wait until what was explained has gone."""
        self.hand("mousemove", self.width // 2, self.height - 100)
        time.sleep(1)

    def click(self, place: list[int]) -> None:
        self.point(place)
        self.hand("click", 1)

    def focus(self, title: str) -> None:
        """Give the keyboard to a window, as a window manager does when a window opens."""
        self.hand("search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def _answers(self) -> bool:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with self.person.start(["xdotool", "getdisplaygeometry"], self.variables, **quiet) as asking:
            return asking.wait(SECONDS) == 0

    def _taken(self, kind: str) -> bytes:
        words = ["import", "-display", self.display, "-window", "root", "-depth", "8", kind]
        with self.person.start(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            picture, said = running.communicate(timeout=SECONDS)
        assert running.returncode == 0, said.decode()
        return picture
