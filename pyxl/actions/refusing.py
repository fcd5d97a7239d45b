"""What is refused before any work begins?"""

from __future__ import annotations

from pathlib import Path

from pyxl.errors import OutputError, UsageError

__all__ = ["make_folder", "refuse_ending", "refuse_existing", "refuse_no_folder"]


def refuse_ending(path: Path, ending: str, code: str) -> None:
    """Raises UsageError(code) when the file would not have this ending."""
    if not path.name:
        raise UsageError("path_unusable", path=path.absolute())
    if path.suffix.lower() != ending:
        raise UsageError(code, file=path.name, proposal=path.with_suffix(ending).name)


def refuse_existing(path: Path) -> None:
    """Raises OutputError when something bears this name already."""
    if path.exists():
        raise OutputError("file_exists", file=path.name)


def refuse_no_folder(folder: Path) -> None:
    """Raises UsageError when there is no such folder."""
    if not folder.is_dir():
        raise UsageError("photos_no_folder", folder=str(folder))


def make_folder(folder: Path) -> None:
    """Makes the folder, and those above it. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("folder_not_made", folder=str(folder)) from error
