"""How is the program put where a spreadsheet finds it, taken away again, and examined?"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.outcomes import DoctorOutcome, InstallOutcome

__all__ = ["doctor", "install", "uninstall"]


def install(*, startup: Path | None = None, shared: bool = False) -> InstallOutcome:
    """On Windows from the unpacked bundle that runs us; elsewhere our menu and toolbar for LibreOffice.

    `startup` is an XLSTART of its own; `shared` means the extension for all users. Raises InstallError.
    """
    from pyxl.outcomes import InstallOutcome

    if sys.platform == "win32":
        from pyxl.installing import windows
        from pyxl.installing.places import bundle_folder, user_places

        return InstallOutcome(windows.install(bundle_folder(), user_places(startup=startup)))
    from pyxl.installing.libreoffice import install_extension

    folder = install_extension(shared=shared)
    return InstallOutcome(
        (
            phrase("installing", "steps", "extension", folder=folder),
            phrase("installing", "steps", "extension_done"),
        )
    )


def uninstall(*, shared: bool = False) -> InstallOutcome:
    """Takes away what install has put down, and what collecting keeps of others' rows so as not to read them again.

    Ledgers, reports, records and keys stay. Raises InstallError.
    """
    from shutil import rmtree

    from pyxl.folders import cache_folder
    from pyxl.outcomes import InstallOutcome

    rmtree(cache_folder(), ignore_errors=True)

    if sys.platform == "win32":
        from pyxl.installing import removal
        from pyxl.installing.places import user_places

        return InstallOutcome(removal.uninstall(user_places()))
    from pyxl.installing.libreoffice import remove_extension

    removed = remove_extension(shared=shared)
    return InstallOutcome((phrase("installing", "steps", "extension_removed" if removed else "extension_absent"),))


def doctor(folder: Path | None = None, *, out: Path | None = None) -> DoctorOutcome:
    """Looks at the installation and writes what it finds, to `out` or under a fixed name in `folder`.

    Without either, or when `folder` takes no file, it goes to the desktop, or where there is none to the
    user's home, and at last to the folder of our records. The file of an earlier run is replaced. Raises
    UsageError and OutputError, also where `out` is somebody else's text.
    """
    from pyxl.actions.refusing import refuse_ending, refuse_existing
    from pyxl.installing.diagnosis.examination import examined
    from pyxl.installing.diagnosis.page import page
    from pyxl.outcomes import DoctorOutcome

    name = f"{phrase('installing', 'files', 'doctor')}.txt"
    if out is not None and out.is_dir():
        out = out / name
    elif out is not None:
        refuse_ending(out, ".txt", "doctor_ending")
        if not _is_diagnosis(out):
            refuse_existing(out)
    findings = examined()
    text = page(findings)
    return DoctorOutcome(_written(out, text) if out else _put_somewhere(folder, name, text), findings)


def _is_diagnosis(path: Path) -> bool:
    """Whether a file is one of an earlier run, by its first line."""
    title = phrase("installing", "doctor", "title").encode("utf-8-sig")
    if not path.is_file():  # a pipe would be waited for without end
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(title)) == title
    except OSError:
        return False


def _put_somewhere(folder: Path | None, name: str, text: str) -> Path:
    """In `folder`, if it takes a file: a program is started from places where its user may not write, too."""
    from pyxl.actions.refusing import make_folder
    from pyxl.errors import OutputError
    from pyxl.folders import state_folder
    from pyxl.installing.diagnosis.page import default_folder

    for place in (folder, default_folder()):
        if place is not None:
            with suppress(OutputError):
                return _written(place / name, text)
    make_folder(state_folder())
    return _written(state_folder() / name, text)


def _written(target: Path, text: str) -> Path:
    from pyxl.outfile import deliver_bytes

    return deliver_bytes(target, text.encode("utf-8-sig", "replace"))  # Notepad of Windows 10 tells UTF-8 by its mark
