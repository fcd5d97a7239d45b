"""Buttons clicked in a running LibreOffice, each as a process of its own, as the menu starts it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import docx
import pytest

from pyxl.ribbon.caller import HEAVY
from pyxl.text import phrase
from tests.offices import fingerprint, follow, shown
from tests.submissions import submission

ROOT = Path(__file__).parents[2]
LIT = (0xF4, 0xB6, 0xAE)  # how a cell with an error lights up
NAMES = ["台账.xlsx", "a=b & c 50%.xlsx", "%PATH% 'x' 中 文=.xlsx"]

pytestmark = pytest.mark.live


@pytest.fixture
def book(opened, sample, tmp_path):
    folder = tmp_path / "党 建=资料"
    folder.mkdir()
    return opened(shutil.copy(sample, folder / "a=b & c 50% 台账.xlsx"))


def results(book) -> list[list[str]]:
    """The lines of 校验结果: level, sheet, cell."""
    return [line[:3] for line in shown(book, "校验结果", "A4:F30") if line[0]]


def colours(book, sheet: str, cell: str, folder: Path) -> set[tuple[int, int, int]]:
    """The colours of one cell as LibreOffice prints it."""
    from com.sun.star.beans import PropertyValue
    from uno import Any

    def values(**words):
        return tuple(PropertyValue(name, 0, value, 0) for name, value in words.items())

    model = book.impl.document.model
    cells = model.Sheets.getByName(sheet).getCellRangeByName(cell)
    only = Any("[]com.sun.star.beans.PropertyValue", values(Selection=cells))
    path = folder / "一格.pdf"
    model.storeToURL(path.as_uri(), values(FilterName="calc_pdf_Export", FilterData=only))
    done = subprocess.run(["pdftoppm", "-r", "40", str(path)], capture_output=True, check=True)
    header, _, depth, pixels = done.stdout.split(b"\n", 3)
    assert (header, depth) == (b"P6", b"255")
    return {tuple(pixels[at : at + 3]) for at in range(0, len(pixels) - 2, 3)}


def test_a_mistake_that_was_not_even_saved_gets_a_line_a_link_and_a_light_until_it_is_mended(office, book, tmp_path):
    cell = book.sheets["主题党日"]["B5"]
    before = cell.raw_value
    assert office.click("check", book) == (0, "没有发现问题，可以生成总结")
    assert results(book) == []
    assert LIT not in colours(book, "主题党日", "B5", tmp_path)

    cell.raw_value = "'上午九点"
    assert office.click("check", book) == (0, "错误 1 · 提醒 0 · 建议 0")
    assert book.sheets.active.name == "校验结果"
    assert results(book) == [["错误", "主题党日", "B5"]]
    assert follow(book, "校验结果", "C4") == ("主题党日", "$B$5")
    assert LIT in colours(book, "主题党日", "B5", tmp_path)
    assert LIT not in colours(book, "主题党日", "B6", tmp_path)

    cell.raw_value = before
    assert office.click("check", book).code == 0
    assert results(book) == []
    assert LIT not in colours(book, "主题党日", "B5", tmp_path)


def test_a_cell_lights_up_too_where_the_page_had_to_be_made_anew(office, book, tmp_path):
    for name in ("校验结果", "总结预览"):
        book.sheets[name].delete()
    book.sheets["主题党日"]["B5"].raw_value = "'上午九点"
    assert office.click("check", book) == (0, "错误 1 · 提醒 0 · 建议 0")
    assert LIT in colours(book, "主题党日", "B5", tmp_path)


def test_clearing_puts_the_lights_out(office, book, tmp_path):
    book.sheets["主题党日"]["B5"].raw_value = "'上午九点"
    office.click("check", book)
    book.sheets["党课"].activate()
    assert office.click("clear", book) == (0, "“校验结果”已清空。")
    assert results(book) == []
    assert shown(book, "校验结果", "A2:A2") == [["尚未校验"]]
    assert LIT not in colours(book, "主题党日", "B5", tmp_path)
    assert book.sheets.active.name == "党课"


def test_the_figures_fill_their_table_and_come_into_view(office, book):
    code, said = office.click("totals", book)
    assert (code, said) == (0, "2023年上半年，截至 2023-06-30：计入 102 行，未计入 4 行。")
    assert book.sheets.active.name == "半年汇总"
    row = book.selection.row
    assert shown(book, "半年汇总", f"A{row}:A{row}") == [[said]]
    lines = shown(book, "半年汇总", f"A{row + 2}:E{row + 130}")
    [count] = [line[4] for line in lines if line[:2] == ["集中学习", "次数"]]
    assert count == "12"
    assert sum(bool(line[0]) for line in lines) == 119


def test_the_preview_is_the_document_word_for_word(office, book):
    code, said = office.click("preview", book)
    assert code == 0
    assert said.startswith("共 13 段")
    assert book.sheets.active.name == "总结预览"
    text = [line[0].strip("　") for line in shown(book, "总结预览", "A4:A80") if line[0]]
    assert office.click("report", book).code == 0
    [path] = Path(book.fullname).parent.glob("*.docx")
    assert text == [text.replace("\n", "") for text in paragraphs(path) if text]


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text.strip("　") for paragraph in docx.Document(str(path)).paragraphs]


def test_the_report_is_the_command_line_s_for_the_same_file_text_for_text(office, book):
    """Unsaved edits included: the file is saved only for the command line."""
    book.sheets["主题党日"]["E4"].raw_value = "'改过的 <主题> & 1=1"
    code, said = office.click("report", book)
    folder = Path(book.fullname).parent
    [path] = folder.glob("*.docx")
    assert (code, said) == (0, f"总结已生成：{path}")
    assert path.name == "云溪市档案馆第一党支部2023年上半年工作总结.docx"
    assert book.sheets.active.name == "总结预览"
    assert shown(book, "总结预览", "A2:A2") == [[f"总结已生成：{path.name}（点这里打开）"]]
    formula = book.sheets["总结预览"].api.getCellRangeByName("A2").Formula
    assert path.as_uri() in formula.replace('"&"', "")  # a text within a formula has 255 characters at most

    book.save()
    command = [sys.executable, "-m", "pyxl", "report", book.fullname, "-o", str(folder / "命令行.docx")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    assert paragraphs(path) == paragraphs(folder / "命令行.docx")
    assert len(paragraphs(path)) > 15


def test_a_report_never_takes_the_name_of_another(office, book):
    for _ in range(2):
        assert office.click("report", book).code == 0
    assert sorted(path.name for path in Path(book.fullname).parent.glob("*.docx")) == [
        "云溪市档案馆第一党支部2023年上半年工作总结.docx", "云溪市档案馆第一党支部2023年上半年工作总结（2）.docx",
    ]  # fmt: skip


def test_while_errors_stand_they_are_shown_instead_of_a_report(office, book):
    book.sheets["主题党日"]["B5"].raw_value = "'上午九点"
    code, said = office.click("report", book)
    assert code == 0
    assert said == ("台账还有 1 处错误，没有生成总结。 " + phrase("live", "answers", "blocked_next"))
    assert book.sheets.active.name == "校验结果"
    assert results(book) == [["错误", "主题党日", "B5"]]
    assert list(Path(book.fullname).parent.glob("*.docx")) == []


def test_no_link_leads_into_a_hidden_sheet(office, book):
    """LibreOffice would go to the same cell of another sheet, and the user mend what is right."""
    for name in ("主题党日", "党课"):
        book.sheets[name]["B5"].raw_value = "'上午九点"
    book.sheets["党课"].visible = False
    office.click("check", book)
    found = results(book)
    assert found[:2] == [["错误", "党课", "B5"], ["错误", "主题党日", "B5"]]
    api = book.sheets["校验结果"].api
    formulas = {api.getCellByPosition(1, row).String: api.getCellByPosition(2, row).Formula for row in (3, 4)}
    assert formulas["党课"] == "B5"
    assert formulas["主题党日"].startswith("=HYPERLINK(")


def test_the_guide_comes_to_the_front(office, book):
    book.sheets["党课"].activate()
    assert office.click("guide", book) == (0, "已打开“使用说明”。")
    assert book.sheets.active.name == "使用说明"


def test_the_diagnosis_is_a_file_and_says_where(office, book, tmp_path):
    code, said = office.click("doctor", book, XDG_STATE_HOME=str(tmp_path), HOME=str(tmp_path))
    assert code == 0
    path = Path(re.search(r"/\S.*\.txt$", said)[0])
    assert path.is_relative_to(tmp_path)
    assert "台账的内容" in path.read_text(encoding="utf-8-sig")


def test_a_submission_and_the_summary_appear_beside_the_ledger_and_say_where(office, book):
    folder = Path(book.fullname).parent
    code, said = office.click("submit", book)
    assert code == 0
    [sent], [summary] = folder.glob("*_上报.xlsx"), folder.glob("*.docx")
    assert said.startswith(f"上报件已生成：{sent}")
    assert str(summary) in said
    with zipfile.ZipFile(sent) as package:
        assert "customXml/item1.xml" in package.namelist()


def test_while_errors_stand_nothing_is_submitted(office, book):
    book.sheets["主题党日"]["B5"].raw_value = "'上午九点"
    code, said = office.click("submit", book)
    assert code == 0
    assert said.startswith("台账还有 1 处错误，没有生成上报件。")
    assert book.sheets.active.name == "校验结果"
    assert [path.suffix for path in Path(book.fullname).parent.iterdir()] == [".xlsx"]


@pytest.fixture
def handed_in(book):
    """A folder of submissions beside the ledger, under the name that is looked for where there is no window."""
    folder = Path(book.fullname).parent / "上报件"
    folder.mkdir()
    for number in (1, 2, 3):
        submission(folder, number)
    (folder / "说明 =1+1.xlsx").write_text("不是工作簿")
    return folder


def test_a_folder_is_collected_for_the_unit_of_the_ledger_and_what_it_comes_to_is_opened(office, book, handed_in):
    code, said = office.click("collect", book)
    written = handed_in.parent / "上报件_汇总.xlsx"
    try:
        assert code == 0
        assert said.startswith("收到 3，退回 1；计入 3 个单位。")
        assert str(written) in said
        assert "退回：说明 =1+1.xlsx（" in said
        assert str(handed_in.parent / "上报件_汇总情况报告.docx") in said
        assert (handed_in.parent / "上报件_汇总情况报告.docx").is_file()
        assert "说明 =1+1_2023年上半年_退回单.docx" in {path.name for path in (handed_in.parent / "退回单").iterdir()}
        opened = office.app.books[written.name]
        assert opened.sheets["基本信息"]["B4"].value == book.sheets["基本信息"]["B4"].value
        names = [row[2] for row in shown(opened, "各单位情况", "A4:C6")]
        assert names == ["云溪市第1党支部", "云溪市第2党支部", "云溪市第3党支部"]
        assert shown(opened, "报送情况", "A7:D7")[0][0::3] == ["退回", "说明 =1+1.xlsx"]
        assert office.click("collect", book)[1].startswith("汇总表“上报件_汇总.xlsx”正开着")
        assert office.click("check", opened).code == 0
        assert [row for row in results(opened) if row[0] == "错误"] == []
    finally:
        for each in [each for each in office.app.books if each.name == written.name]:
            each.close()


def test_without_a_folder_nothing_is_collected(office, book):
    assert office.click("collect", book) == (0, "没有选择文件夹，没有收集。")


@pytest.mark.parametrize("name", NAMES)
def test_a_book_is_found_whatever_its_name(office, opened, sample, tmp_path, name):
    book = opened(shutil.copy(sample, tmp_path / name))
    assert office.click("check", book).code == 0
    assert office.click("report", book).code == 0
    assert len(list(tmp_path.glob("*.docx"))) == 1


def test_no_button_changes_anything_that_was_typed(office, book):
    """Formulas, values, formats, sizes, rules and notes of every sheet that is not ours, before and after each."""
    book.sheets["主题党日"]["B5"].raw_value = "'=1+1"
    book.sheets["党课"]["H4"].raw_value = "=8+9"
    book.sheets["党员名册"].api.Rows.getByIndex(8).IsVisible = False
    book.sheets["支委会"].api.getCellRangeByName("C4").CellBackColor = 0xFFEE88
    before = fingerprint(book)
    for key in ("check", "totals", "preview", "report", "clear", "doctor", "guide", "submit", "collect", "template"):
        office.click(key, book)
        assert fingerprint(book) == before, key


def test_what_can_be_undone_is_what_was_typed_and_nothing_else(office, book):
    book.sheets["主题党日"].api.getCellRangeByName("B5").setFormula("上午九点")
    undo = book.impl.document.model.UndoManager
    typed = undo.getAllUndoActionTitles()
    for key in ("check", "totals", "preview", "clear"):
        office.click(key, book)
        assert (undo.getAllUndoActionTitles(), undo.isLocked()) == (typed, False)
    undo.undo()
    assert book.sheets["主题党日"]["B5"].raw_value != "上午九点"


def test_the_sheet_in_front_is_written_again_and_again_and_what_was_typed_can_still_be_undone(office, book):
    """LibreOffice lifts a lock on that list as soon as the sheet in front is changed, and forgets all but a hundred."""
    book.sheets["主题党日"].api.getCellRangeByName("B5").setFormula("上午九点")
    undo = book.impl.document.model.UndoManager
    typed = undo.getAllUndoActionTitles()
    for key in ("check", "check", "totals", "totals", "preview", "preview"):
        office.click(key, book)
        assert undo.getAllUndoActionTitles() == typed
    undo.undo()
    assert book.sheets["主题党日"]["B5"].raw_value != "上午九点"
    undo.redo()
    assert book.sheets["主题党日"]["B5"].raw_value == "上午九点"


def test_where_nothing_was_typed_all_clicks_together_are_one_step(office, book):
    undo, before = book.impl.document.model.UndoManager, fingerprint(book)
    for key in ("check", "totals", "preview"):
        office.click(key, book)
        assert undo.getAllUndoActionTitles() == ("党支部工作",)
    undo.undo()
    assert not undo.isUndoPossible()
    assert fingerprint(book) == before


@pytest.mark.parametrize(("key", "own"), [("check", "校验结果"), ("totals", "半年汇总"), ("preview", "总结预览")])
def test_what_was_typed_before_a_sheet_was_made_anew_is_undone_where_it_was_typed(office, opened, book, key, own):
    """The list knows a sheet by its place; the new one stands before all entries here and moves them on."""
    model = book.impl.document.model
    for name in ("总结文字", "半年汇总", "总结预览"):
        model.Sheets.moveByName(name, 0)
    model.Sheets.removeByName(own)
    book.save()
    path = Path(book.fullname)
    book.close()
    book = opened(path)
    undo, names = book.impl.document.model.UndoManager, book.sheet_names
    before = {name: shown(book, name, "C5:C5") for name in names}
    book.sheets["党课"].api.getCellRangeByName("C5").setFormula("下午两点")
    for _ in range(2):
        assert office.click(key, book).code == 0
    assert own in book.sheet_names[:4]
    undo.undo()
    assert book.sheet_names == names
    assert {name: shown(book, name, "C5:C5") for name in names} == before
    assert not undo.isUndoPossible()


def test_the_grid_of_other_sheets_stays_when_a_sheet_is_made_anew(office, book, tmp_path):
    model = book.impl.document.model
    model.Sheets.removeByName("校验结果")
    model.CurrentController.ShowGrid = True
    assert office.click("check", book).code == 0
    assert model.CurrentController.ShowGrid
    book.save(str(tmp_path / "另存.xlsx"))
    with zipfile.ZipFile(tmp_path / "另存.xlsx") as package:
        number = book.sheet_names.index("校验结果") + 1
        assert b'showGridLines="false"' in package.read(f"xl/worksheets/sheet{number}.xml")


@pytest.mark.parametrize("left", ["lock", "enterHiddenUndoContext"])
def test_a_click_that_was_killed_while_writing_leaves_nothing_locked_after_the_next(office, book, left):
    book.sheets["主题党日"].api.getCellRangeByName("B5").setFormula("上午九点")
    undo = book.impl.document.model.UndoManager
    getattr(undo, left)()
    assert office.click("check", book).code == 0
    assert not undo.isLocked()
    book.sheets["主题党日"].api.getCellRangeByName("B6").setFormula("上午十点")
    assert len(undo.getAllUndoActionTitles()) == 2
    undo.undo()
    assert shown(book, "主题党日", "B5:B6")[0] == ["上午九点"]


def test_a_folder_laid_over_our_catalogue_counts(office, book, tmp_path):
    folder = tmp_path / "目 录=一"
    (folder / "activities").mkdir(parents=True)
    path = folder / "activities" / "volunteering.toml"
    lines = ['key = "volunteering"', 'label = "志愿服务"', 'group = "meetings"', "order = 65"]
    lines += ['purpose = "一次一行。"', 'include = ["meeting", "record"]']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert office.click("check", book, f"--catalogue={folder}").code == 0
    assert [line[1] for line in results(book)] == ["志愿服务"]  # whose sheet is missing
    assert office.click("check", book, PYXL_CATALOGUE=str(folder)).code == 0
    assert len(results(book)) == 1
    path.write_text("key = ", encoding="utf-8")
    code, said = office.click("check", book, f"--catalogue={folder}")
    assert code == 2
    assert "volunteering.toml" in said


def test_no_click_imports_pandas_and_its_like(office, book):
    """Through a whole report: read, judged, written, shown."""
    code = (
        "import sys; from pyxl.ribbon import main; code = main(sys.argv[1:]); "
        f"print(code, 'xlwings' in sys.modules, [name for name in {HEAVY} if sys.modules.get(name)])"
    )
    command = [sys.executable, "-X", "utf8", "-c", code, "report", f"--wb={book.name.replace('%', '%25')}"]
    done = subprocess.run(
        command,
        env=office.environment(book),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    assert done.stdout == "0 True []\n", done.stderr


def test_pandas_is_installed_here_so_that_hiding_it_means_something():
    assert find_spec("pandas")
