"""Which folder or file does the user mean? The running program's own dialog asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlwings import App

__all__ = ["choose_file", "choose_folder"]

_FILE_PICKER = 3  # msoFileDialogFilePicker
_FOLDER_PICKER = 4  # msoFileDialogFolderPicker
_CHOSEN = -1  # what Excel's dialog says when something was chosen
_OK = 1  # com.sun.star.ui.dialogs.ExecutableDialogResults


def choose_folder(app: App, title: str, start: Path | None) -> Path | None:
    """The folder chosen, None when the dialog was cancelled; it opens at `start`."""
    ask = _in_libreoffice if app.engine.name == "libreoffice" else _in_excel
    chosen = ask(app, title, start)
    return Path(chosen) if chosen else None


def _in_excel(app: App, title: str, start: Path | None) -> str:
    dialog: Any = app.api.FileDialog(_FOLDER_PICKER)
    dialog.Title = title
    if start is not None:
        dialog.InitialFileName = f"{start}\\"  # without the stroke, Excel takes its last part for what is sought
    return str(dialog.SelectedItems(1)) if dialog.Show() == _CHOSEN else ""


def _in_libreoffice(app: App, title: str, start: Path | None) -> str:
    import uno

    dialog: Any = app.impl.connection.service("com.sun.star.ui.dialogs.FolderPicker")
    dialog.setTitle(title)
    if start is not None:
        dialog.setDisplayDirectory(uno.systemPathToFileUrl(str(start)))
    return str(uno.fileUrlToSystemPath(dialog.getDirectory())) if dialog.execute() == _OK else ""


def choose_file(app: App, title: str, start: Path | None, kind: tuple[str, str]) -> Path | None:
    """The file chosen, None when the dialog was cancelled; it opens at `start`. `kind`: what files are called, *.docx."""
    ask = _file_in_libreoffice if app.engine.name == "libreoffice" else _file_in_excel
    chosen = ask(app, title, start, kind)
    return Path(chosen) if chosen else None


def _file_in_excel(app: App, title: str, start: Path | None, kind: tuple[str, str]) -> str:
    dialog: Any = app.api.FileDialog(_FILE_PICKER)
    dialog.Title = title
    dialog.AllowMultiSelect = False
    dialog.Filters.Clear()
    dialog.Filters.Add(*kind)
    if start is not None:
        dialog.InitialFileName = f"{start}\\"
    return str(dialog.SelectedItems(1)) if dialog.Show() == _CHOSEN else ""


def _file_in_libreoffice(app: App, title: str, start: Path | None, kind: tuple[str, str]) -> str:
    import uno

    dialog: Any = app.impl.connection.service("com.sun.star.ui.dialogs.FilePicker")
    dialog.setTitle(title)
    dialog.appendFilter(*kind)
    if start is not None:
        dialog.setDisplayDirectory(uno.systemPathToFileUrl(str(start)))
    chosen = dialog.getFiles() if dialog.execute() == _OK else ()
    return str(uno.fileUrlToSystemPath(chosen[0])) if chosen else ""
