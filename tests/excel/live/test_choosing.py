"""Which folder or file is chosen: over stand-ins for the dialogs, because none opens without a window."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pyxl.excel.live.choosing import choose_file, choose_folder


class ExcelDialog:
    """What Excel's FileDialog is asked for; `answer` is what Show gives."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.Title = self.InitialFileName = ""

    def Show(self) -> int:  # noqa: N802 - as Excel has it
        return self.answer

    def SelectedItems(self, number: int) -> str:  # noqa: N802 - as Excel has it
        assert number == 1
        return "C:\\上报件 1"


def excel(answer: int):
    dialog = ExcelDialog(answer)
    kinds: list[int] = []
    api = SimpleNamespace(FileDialog=lambda kind: kinds.append(kind) or dialog)
    return SimpleNamespace(engine=SimpleNamespace(name="excel"), api=api), dialog, kinds


def test_excels_folder_dialog_begins_in_the_ledgers_folder():
    app, dialog, kinds = excel(-1)
    assert choose_folder(app, "请选择", Path("台账")) == Path("C:\\上报件 1")
    assert kinds == [4]
    assert (dialog.Title, dialog.InitialFileName) == ("请选择", "台账\\")


def test_of_a_ledger_without_a_file_it_begins_anywhere():
    app, dialog, _ = excel(-1)
    choose_folder(app, "请选择", None)
    assert dialog.InitialFileName == ""


def test_a_cancelled_dialog_chooses_nothing():
    app, _, _ = excel(0)
    assert choose_folder(app, "请选择", None) is None


@pytest.mark.live
def test_libreoffices_folder_dialog_is_asked(office):
    """Without a window it is cancelled at once."""
    assert choose_folder(office.app, "请选择", Path.home()) is None


KIND = ("Word 模板", "*.docx")


class ExcelFileDialog(ExcelDialog):
    """The dialog for files, which shows only some kinds of them."""

    def __init__(self, answer: int) -> None:
        super().__init__(answer)
        self.AllowMultiSelect = True
        self.kinds: list[tuple[str, str]] = [("所有文件", "*.*")]
        self.Filters = SimpleNamespace(Clear=self.kinds.clear, Add=lambda *kind: self.kinds.append(kind))


@pytest.mark.parametrize(("answer", "chosen"), [(-1, Path("C:\\上报件 1")), (0, None)])
def test_excels_file_dialog_shows_one_kind_and_gives_one_file(answer, chosen):
    dialog, kinds = ExcelFileDialog(answer), []
    api = SimpleNamespace(FileDialog=lambda kind: kinds.append(kind) or dialog)
    app = SimpleNamespace(engine=SimpleNamespace(name="excel"), api=api)
    assert choose_file(app, "请选择", Path("台账"), KIND) == chosen
    assert kinds == [3]
    assert (dialog.Title, dialog.InitialFileName, dialog.AllowMultiSelect) == ("请选择", "台账\\", False)
    assert dialog.kinds == [KIND]


@pytest.mark.live
def test_libreoffices_file_dialog_is_asked(office):
    """Without a window it is cancelled at once."""
    assert choose_file(office.app, "请选择", Path.home(), KIND) is None
