from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pyxl import actions, failure_log
from pyxl.cli import main
from pyxl.errors import WorkbookError


def raising(error: BaseException):
    def action(*args: object, **options: object) -> object:
        raise error

    return action


@pytest.fixture
def state(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(failure_log, "state_folder", lambda: tmp_path / "state")
    return tmp_path / "state"


def test_a_pyxl_error_is_two_sentences_and_exit_code_2(monkeypatch, capsys):
    error = WorkbookError("file_missing", file="台账.xlsx")
    monkeypatch.setattr(actions, "check", raising(error))
    assert main(["check", "台账.xlsx"]) == 2
    assert capsys.readouterr().err.splitlines() == [error.message, error.hint]


def test_a_fault_of_ours_is_recorded_without_what_stands_in_cells(monkeypatch, capsys, state):
    monkeypatch.setattr(actions, "check", raising(KeyError("张三")))
    assert main(["check", "台账.xlsx"]) == 3
    (record,) = state.iterdir()
    text = record.read_text(encoding="utf-8")
    assert "builtins.KeyError" in text
    assert "test_boundary.py" in text
    assert "张三" not in text
    assert "台账.xlsx" not in text
    assert str(Path.home()) not in text
    err = capsys.readouterr().err
    assert err.splitlines()[0] == "程序出了错，没有做完；您的台账没有改动。"
    assert str(record) in err
    assert "Traceback" not in err


def test_the_cause_of_a_fault_is_recorded_too(monkeypatch, state):
    error = RuntimeError()
    error.__cause__ = ZeroDivisionError()
    monkeypatch.setattr(actions, "check", raising(error))
    assert main(["check", "台账.xlsx"]) == 3
    (record,) = state.iterdir()
    assert "builtins.ZeroDivisionError" in record.read_text(encoding="utf-8")


def test_words_of_exceptions_are_recorded_only_when_asked_for(monkeypatch, state):
    monkeypatch.setenv("PYXL_DEBUG", "1")
    monkeypatch.setattr(actions, "check", raising(KeyError("张三")))
    assert main(["check", "台账.xlsx"]) == 3
    (record,) = state.iterdir()
    assert "张三" in record.read_text(encoding="utf-8")


def test_where_no_state_folder_can_be_made_the_record_goes_to_the_temporary_one(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(failure_log, "state_folder", lambda: tmp_path / "file" / "pyxl")
    path = failure_log.record(ValueError(), "check")
    try:
        assert path.is_file()
    finally:
        path.unlink()


def test_a_panic_that_is_no_exception_is_a_fault_as_well(monkeypatch, state):
    class PanicException(BaseException):
        pass

    monkeypatch.setattr(actions, "check", raising(PanicException()))
    assert main(["check", "台账.xlsx"]) == 3
    assert len(list(state.iterdir())) == 1


def test_an_interrupt_is_one_sentence_and_130(monkeypatch, capsys):
    monkeypatch.setattr(actions, "check", raising(KeyboardInterrupt()))
    assert main(["check", "台账.xlsx"]) == 130
    assert capsys.readouterr().err == "已停止，没有做完。\n"


def test_too_little_memory_is_said_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(actions, "check", raising(MemoryError()))
    assert main(["check", "台账.xlsx"]) == 2
    assert capsys.readouterr().err == "内存不够，没有做完。请关掉别的程序再试。\n"


@pytest.mark.parametrize("named", ["柜子/里面", "柜子", "柜子/里面/总结.docx"])
def test_a_place_that_was_named_and_that_the_system_refuses_is_no_fault_of_ours(monkeypatch, capsys, state, named):
    refusal = PermissionError(errno.EACCES, "Permission denied", "柜子/里面")
    monkeypatch.setattr(actions, "summarise", raising(refusal))
    assert main(["report", "台账.xlsx", "-o", named]) == 2
    assert "没有权限使用“柜子/里面”" in capsys.readouterr().err
    assert not state.exists()


def test_a_place_of_our_own_that_the_system_refuses_is_a_fault(monkeypatch, state):
    refusal = PermissionError(errno.EACCES, "Permission denied", "/usr/lib/ours/snapshot.json")
    monkeypatch.setattr(actions, "summarise", raising(refusal))
    assert main(["report", "台账.xlsx", "-o", "总结.docx"]) == 3
    assert len(list(state.iterdir())) == 1


def test_too_long_a_name_is_told(capsys, state, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "汉" * 120 + ".xlsx"]) == 2
    assert "太长" in capsys.readouterr().err
    assert not state.exists()


@pytest.mark.parametrize("verb", ["check", "totals", "preview", "report", "new"])
def test_an_empty_name_is_told(capsys, state, verb):
    assert main([verb, ""]) == 2
    assert "“”" not in capsys.readouterr().err
    assert not state.exists()
