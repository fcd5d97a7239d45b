from __future__ import annotations

import re
from pathlib import Path

import pytest

from pyxl.buttons import buttons
from pyxl.excel.addin import modules as sources
from pyxl.excel.addin.modules import built_module, modules
from pyxl.text import phrases

FOLDER = Path(__file__).parents[3] / "workbook" / "vba"
LAUNCHER = "PyxlLaunch"


def test_there_is_one_module_by_hand_and_two_that_are_built():
    assert list(modules()) == [LAUNCHER, "PyxlRibbon", "PyxlSentences"]
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(modules())


@pytest.mark.parametrize("name", ["PyxlLaunch", "PyxlRibbon", "PyxlSentences"])
def test_the_committed_text_is_what_goes_into_the_files(name):
    text = (FOLDER / f"{name}.bas").read_text(encoding="ascii")
    assert text.replace("\n", "\r\n") == modules()[name]
    assert text.startswith(f'Attribute VB_Name = "{name}"\nOption Explicit\n')


def test_each_button_has_a_callback_that_says_which_it_is():
    source = built_module("PyxlRibbon")
    found = re.findall(
        r'^Public Sub (\w+)\(control As IRibbonControl\)\n    PyxlRun "(\w+)", (True|False)\nEnd Sub$',
        source,
        re.MULTILINE,
    )
    assert found == [(button.callback, button.key, str(button.book)) for button in buttons()]
    assert source.count("End Sub") == len(found) == len(re.findall("^Public ", source, re.MULTILINE))


def test_a_callback_is_called_after_its_button():
    assert [button.callback for button in buttons()] == [f"On{button.key.title()}" for button in buttons()]


def test_the_sentences_are_those_of_the_text_file():
    source = built_module("PyxlSentences").replace(" _\n", " ")
    found = re.findall(r"^Public Function (\w+)\(\) As String\n    \1 = (.*)\nEnd Function$", source, re.MULTILINE)
    texts = {name: "".join(chr(int(code, 16)) for code in re.findall(r"ChrW\(&H(\w+)\)", it)) for name, it in found}
    assert list(texts) == [
        "PyxlSentenceTitle",
        "PyxlSentenceNoBook",
        "PyxlSentenceProtectedView",
        "PyxlSentenceNotInstalled",
        "PyxlSentenceCouldNotRun",
    ]
    assert list(texts.values()) == list(phrases("ribbon", "launcher").values())


@pytest.mark.parametrize("sentence", phrases("ribbon", "launcher").values())
def test_a_message_box_on_a_chinese_windows_can_show_the_sentence(sentence):
    """MsgBox shows only what the code page of the system has."""
    assert sentence.encode("gbk").decode("gbk") == sentence
    assert len(sentence) <= 60
    assert not re.search("[A-Za-z!！]", sentence)


def test_every_sentence_is_told_somewhere_and_every_one_told_is_there():
    told = set(re.findall(r"PyxlSentence\w+", modules()[LAUNCHER])) - {"PyxlSentences"}
    assert told == set(re.findall(r"Function (PyxlSentence\w+)", modules()["PyxlSentences"]))


def test_a_sentence_too_long_for_vba_is_refused(monkeypatch):
    monkeypatch.setattr(sources, "phrases", lambda *_: {"title": "长" * 145})
    with pytest.raises(ValueError, match="too long for VBA"):
        built_module("PyxlSentences")


def test_the_launcher_asks_of_a_workbook_nothing_but_its_name():
    code = "\n".join(line.split("'")[0] for line in modules()[LAUNCHER].splitlines())
    assert set(re.findall(r"(?<=[\w)]\.)[A-Z]\w+", code)) == {
        "ActiveProtectedViewWindow",
        "ExpandEnvironmentStrings",
        "FileExists",
        "FileSystemObject",  # of CreateObject
        "Hwnd",
        "Name",
        "Run",
        "Shell",  # of CreateObject
    }
    assert re.findall(r"ActiveWorkbook\S*", code) == ["ActiveWorkbook", "ActiveWorkbook.Name"]
    assert not re.search(r"ThisWorkbook|Worksheets|Range|Cells|Evaluate|Declare|cmd", code)


def test_the_launcher_is_short_enough_to_be_read_before_it_is_trusted():
    assert len(modules()[LAUNCHER].splitlines()) <= 60


def test_a_launcher_that_is_not_ascii_is_refused(monkeypatch, tmp_path):
    launcher = tmp_path / "PyxlLaunch.bas"
    launcher.write_text("' 不是 ASCII\n", encoding="utf-8")
    monkeypatch.setattr(sources, "launcher_path", lambda: launcher)
    with pytest.raises(ValueError, match="PyxlLaunch"):
        modules()
