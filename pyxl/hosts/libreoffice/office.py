"""How does an office of our own start and end, without touching anyone else's?"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

from pyxl import soffice
from pyxl.errors import HostError
from pyxl.hosts.libreoffice.connection import Connection, connect
from pyxl.hosts.libreoffice.gone import HostGone

__all__ = ["Office", "launch"]

_PATIENCE = 60.0  # seconds for a start
_FAREWELL = 5.0  # seconds for an end of its own accord
_STARTS = 3
_WANTS_RESTART = {79, 81}  # exit codes of an office that has just made its profile

# Ask nothing, leave no lock behind that a killed office would not take away, and calculate a workbook
# when it is opened, as Excel does with those that were written without Excel.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_CHOICES = [
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Misc", "ShowTipOfTheDay", "false"),
    ("Common/Misc", "UseLocking", "false"),
    ("Common/Misc", "UseDocumentSystemFileLocking", "false"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "0"),
]


class Office:
    """A process of our own, the profile it runs in, and the connection to it."""

    def __init__(self, program: Path, profile: Path, *, made: bool, visible: bool) -> None:
        self.program = program
        self.profile = profile
        self.made = made
        self.visible = visible
        self.pipe = f"pipe,name=pyxl-{uuid.uuid4().hex}"
        self.process = self._spawned()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self.process.pid

    def runs(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def connected(self) -> Connection:
        """The connection to it, once it listens; a new profile makes an office ask for a second start."""
        for _ in range(_STARTS):
            try:
                return connect(self.pipe, _PATIENCE, self.runs)
            except HostGone:
                if self.process.poll() not in _WANTS_RESTART:
                    break
            self.process = self._spawned()
        self.end(patience=0)
        raise HostGone("LibreOffice did not start")

    def end(self, patience: float = _FAREWELL) -> None:
        """Wait for the process to end, kill it if it does not, and take away the profile that was made for it."""
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.made:
            shutil.rmtree(self.profile, ignore_errors=True)

    def _spawned(self) -> subprocess.Popen[bytes]:
        command = [str(self.program), "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
        command += [f"-env:UserInstallation={self.profile.as_uri()}", f"--accept={self.pipe};urp;"]
        command += [] if self.visible else ["--headless"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=soffice.environment())  # noqa: S603


def launch(profile: Path | None, *, visible: bool) -> Office:
    """Start an office of our own; without a `profile` it gets a new one, and settings that suit a machine."""
    program, made = _program(), profile is None
    folder = Path(tempfile.mkdtemp(prefix="pyxl-office-")) if profile is None else profile.resolve()
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _CHOICES)
        settings.write_text(_SETTINGS.format(items=items), encoding="utf-8")
    return Office(program, folder, made=made, visible=visible)


def _program() -> Path:
    """The program itself: the script `soffice` would start it as a child, under an id that we do not know."""
    script = soffice.program()
    if script is None:
        raise HostError("libreoffice_missing")
    return script.with_name("soffice.bin")
