"""Where does everything belong on the machine of a user of Windows, and what is being installed from where?"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from pyxl.assets import CHECKSUMS
from pyxl.errors import InstallError
from pyxl.record import record

__all__ = ["LIST", "NEW", "OLD", "Places", "bundle_folder", "user_places"]

LIST = "installed.json"  # in the program's folder
NEW, OLD = ".new", ".old"  # there too, while it is being installed


@record
class Places:
    """The folders of one user; none of them needs an administrator."""

    home: Path  # the program; failure records stand in it too
    startup: Path  # XLSTART: Excel opens every add-in in it
    send_to: Path  # what Explorer lists when a file is right-clicked

    @property
    def python(self) -> Path:
        """The interpreter without a window, which buttons and shortcuts start."""
        return self.home / "python" / "pythonw.exe"


def user_places(environment: Mapping[str, str] = os.environ, startup: Path | None = None) -> Places:
    """The folders of the user who runs us; `startup` when Excel uses another XLSTART.

    Raises InstallError when Windows does not say where they are.
    """
    local, roaming = environment.get("LOCALAPPDATA"), environment.get("APPDATA")
    if not local or not roaming:
        raise InstallError("no_user_folders")
    microsoft = Path(roaming) / "Microsoft"
    # In full, because it is written down: uninstalling starts in another folder.
    xlstart = startup.absolute() if startup else microsoft / "Excel" / "XLSTART"
    return Places(Path(local) / "pyxl", xlstart, microsoft / "Windows" / "SendTo")


def bundle_folder(executable: str = sys.executable) -> Path:
    """The unpacked bundle whose interpreter runs. Raises InstallError when that is another one, or installed."""
    folder = Path(executable).parent.parent
    if (folder / LIST).is_file():
        raise InstallError("install_from_home")
    if not (folder / CHECKSUMS).is_file() or not (folder / "app").is_dir():
        raise InstallError("no_bundle")
    return folder
