"""How do our buttons get into a user's LibreOffice, out of it again, and are they there?

LibreOffice's own `unopkg` does the work. Three things about it (measured with 7.4): while an office runs
on the same profile it works on another one, or without end, and reports success; as root it refuses to
install for root alone; and where Python support is missing it accepts no extension like ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

from pyxl import soffice
from pyxl.children import answered
from pyxl.errors import InstallError
from pyxl.hosts.extension.menus import IDENTIFIER
from pyxl.hosts.extension.package import FILE_NAME, build_extension
from pyxl.record import record

__all__ = ["SECONDS", "Extension", "extension_status", "install_extension", "program_folder", "remove_extension"]

SECONDS = 120  # for one run of unopkg; it takes one, on a new profile two

_DEFAULT_PROFILE = "libreoffice/4"
_PACKAGES = "uno_packages/cache"
_OPEN_TO_ALL = 0o001


@record
class Extension:
    """The extension as it stands in a profile."""

    version: str
    folder: Path
    interpreter: Path  # what it starts; need not exist any more


def install_extension(*, shared: bool = False, profile: Path | None = None, interpreter: Path | None = None) -> Path:
    """Install our menu and toolbar for this user, or with `shared` for all of them, and return their folder.

    `profile` is a profile's folder instead of the user's own; `interpreter` a Python that has the
    program, instead of the one that runs. InstallError says why it could not be done.
    """
    unopkg = _ready(profile, shared=shared)
    python = interpreter or Path(sys.executable)
    _check_interpreter(python, shared=shared)
    with tempfile.TemporaryDirectory(prefix="pyxl-") as folder:
        extension = build_extension(Path(folder) / FILE_NAME, python)
        try:
            _run(unopkg, ["add", "--force", str(extension)], profile, shared=shared)
            return _registered(unopkg, profile, shared=shared)
        except InstallError:
            with suppress(InstallError):  # half an extension is worse than none: LibreOffice may not start with it
                _run(unopkg, ["remove", IDENTIFIER], profile, shared=shared)
            raise


def _registered(unopkg: Path, profile: Path | None, *, shared: bool) -> Path:
    """The folder of what was added, once every part of it is known to LibreOffice. Raises InstallError."""
    listed = _run(unopkg, ["list", IDENTIFIER], profile, shared=shared)
    installed = extension_status(shared=shared, profile=profile)
    if installed is None or "is registered: yes" not in listed or "is registered: no" in listed:
        raise InstallError("libreoffice_not_registered")
    return installed.folder


def remove_extension(*, shared: bool = False, profile: Path | None = None) -> bool:
    """Take them away again; False when they were not there."""
    if extension_status(shared=shared, profile=profile) is None:
        return False
    _run(_ready(profile, shared=shared), ["remove", IDENTIFIER], profile, shared=shared)
    if extension_status(shared=shared, profile=profile) is not None:
        raise InstallError("libreoffice_not_removed")
    return True


def extension_status(*, shared: bool = False, profile: Path | None = None) -> Extension | None:
    """What is installed; read from the profile's files, so that it can be asked while LibreOffice runs."""
    cache = _cache(profile, shared=shared)
    for folder in sorted(cache.glob(f"uno_packages/*_/{FILE_NAME}")) if cache else ():
        if _is_current(folder, shared=shared):
            return _described(folder)
    return None


def _is_current(folder: Path, *, shared: bool) -> bool:
    """Whether an extension counts; what was removed or replaced stays on the disk until an office starts."""
    name = folder.parent.name.removesuffix("_")
    if shared:  # what is gone bears a mark
        return not folder.parent.with_name(f"{name}removed").exists()
    try:  # what is there is listed
        known = (folder.parents[2] / "uno_packages.pmap").read_bytes()
    except OSError:
        return False
    return IDENTIFIER.encode() in known and name.encode() in known


def program_folder() -> Path | None:
    """Where LibreOffice's programs are; None when there is none."""
    found = soffice.program()
    return found.parent if found else None


def _ready(profile: Path | None, *, shared: bool) -> Path:
    """The program unopkg, when nothing stands against running it."""
    if not sys.platform.startswith("linux"):
        raise InstallError("libreoffice_elsewhere")
    program = program_folder()
    if program is None:
        raise InstallError("libreoffice_missing")
    if not (program / "unopkg").is_file():
        raise InstallError("libreoffice_no_unopkg", folder=program)
    if not (program / "pythonloader.py").is_file():
        raise InstallError("libreoffice_no_python")
    if os.geteuid() == 0 and not shared:
        raise InstallError("libreoffice_as_root")
    if os.geteuid() != 0 and shared:
        raise InstallError("libreoffice_shared_as_user")
    if (_profile(profile) / ".lock").exists():
        raise InstallError("libreoffice_running")
    return program / "unopkg"


def _check_interpreter(python: Path, *, shared: bool) -> None:
    """That it has the program when it is started as a click starts it, and that everybody may who should."""
    command = [str(python), "-B", "-c", "import pyxl.ribbon"]
    environment = {**soffice.environment(), "PYTHONSAFEPATH": "1"}
    nothing = subprocess.DEVNULL
    try:
        subprocess.run(  # noqa: S603 - our own interpreter
            command, env=environment, cwd=python.parent, stdin=nothing, stdout=nothing, stderr=nothing, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise InstallError("libreoffice_interpreter_alone", interpreter=python) from None
    if shared and not all(_open_to_all(path) for path in (python.absolute(), python.resolve(), Path(__file__))):
        raise InstallError("libreoffice_interpreter_private", interpreter=python)


def _open_to_all(path: Path) -> bool:
    """Whether every user of the system may pass through all the folders above it."""
    return all(folder.stat().st_mode & _OPEN_TO_ALL for folder in path.parents)


def _run(unopkg: Path, words: list[str], profile: Path | None, *, shared: bool) -> str:
    """Run unopkg and return what it says; InstallError when it fails or does not end."""
    command = [str(unopkg), *words]
    command += ["--shared"] if shared else []
    command += [f"-env:UserInstallation={profile.absolute().as_uri()}"] if profile else []
    try:
        code, said = answered(command, soffice.environment(), SECONDS)
    except TimeoutError:
        raise InstallError("libreoffice_timeout", seconds=SECONDS) from None
    if code:
        errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR: ")]
        raise InstallError("libreoffice_refused", reason=(errors or [str(code)])[0])
    return said


def _profile(profile: Path | None) -> Path:
    """The profile's folder; the user's own unless another is given."""
    settings = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return profile or Path(settings) / _DEFAULT_PROFILE


def _cache(profile: Path | None, *, shared: bool) -> Path | None:
    """Where installed extensions are kept."""
    if not shared:
        return _profile(profile) / "user" / _PACKAGES
    program = program_folder()
    return program.parent / "share" / _PACKAGES if program else None


def _described(folder: Path) -> Extension | None:
    """What an installed extension says about itself; None when it is damaged."""
    try:
        description = ET.parse(folder / "description.xml").getroot()  # noqa: S314
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError, ET.ParseError):
        return None
    version = description.find("{*}version")
    return Extension("" if version is None else version.get("value", ""), folder, Path(config["interpreter"]))
