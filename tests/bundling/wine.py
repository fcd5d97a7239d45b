"""A fresh Windows of its own, as far as wine is one: no screen, and a user with a Chinese name."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PureWindowsPath

__all__ = ["USER", "Machine"]

USER = "党员甲"
_OWN = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XDG_STATE_HOME",
    "PYXL_CATALOGUE",
    "PYXL_DEBUG",
    "PYXL_COMMAND_LINE",
    "PYXL_SCRIPT",
)


class Machine:
    """One wine prefix. Nothing of it touches the user who runs the tests, or another prefix."""

    def __init__(self, folder: Path) -> None:
        self._prefix = folder / "prefix"
        self.drive = self._prefix / "drive_c"
        self.profile = self.drive / "users" / USER
        self.home = self.profile / "AppData" / "Local" / "pyxl"
        self.startup = self.profile / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
        self.send_to = self.profile / "AppData" / "Roaming" / "Microsoft" / "Windows" / "SendTo"

    def start(self) -> None:
        """Make the prefix."""
        self.run("wineboot", "--init")
        assert self.profile.is_dir()

    def stop(self) -> None:
        """End what still runs in it."""
        subprocess.run(["wine", "wineboot", "--kill"], env=self._environment(), timeout=60, check=False, **_QUIET)

    def run(
        self, *words: str | Path, cwd: Path | None = None, seconds: int = 120, fails: int | None = 0, **variables: str
    ) -> str:
        """Run a program of Windows; what it printed. It has to end with `fails`; None = with anything."""
        command = ["wine", *(self.path(word) if isinstance(word, Path) else word for word in words)]
        # Into pipes: wine's programs cannot write into a file of ours.
        done = subprocess.run(
            command, cwd=cwd, env=self._environment() | variables, stdin=subprocess.DEVNULL, timeout=seconds, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
        assert fails is None or done.returncode == fails, f"{words} ended with {done.returncode}:\n{said}"
        return said

    def python(self, *words: str | Path, fails: int | None = 0) -> str:
        """Run the installed interpreter as a shortcut or a button does, but with a console."""
        return self.run(self.home / "python" / "python.exe", "-X", "utf8", "-B", *words, fails=fails)

    def path(self, path: Path) -> str:
        """What a file is called in this Windows."""
        if path.is_relative_to(self.drive):
            return str(PureWindowsPath("C:\\", *path.relative_to(self.drive).parts))
        return str(PureWindowsPath("Z:\\", *path.parts[1:]))

    def _environment(self) -> dict[str, str]:
        environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        own = {"WINEPREFIX": str(self._prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
        return {**environment, **own, "USER": USER, "LC_ALL": "C.UTF-8"}


_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
