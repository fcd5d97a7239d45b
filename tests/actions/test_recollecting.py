"""收集 once more: what people have typed, polished or laid there meanwhile is not lost, and is told."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.cli.collected import collect_page
from pyxl.core.consolidation import consolidate
from pyxl.core.received import Received
from pyxl.core.standing import Status
from pyxl.core.telling import told
from pyxl.core.travelling import travelling
from pyxl.errors import UsageError
from pyxl.excel.building.ledger import build_ledger
from pyxl.excel.consolidating.mark import is_as_written
from pyxl.package import packed, unpacked
from pyxl.sealing.keys import keys_folder
from tests.reports import CATALOGUE
from tests.submissions import MOMENT, TODAY, cover_of, rows_of, sealed, submission
from tests.tampering import without_seal

pytestmark = pytest.mark.usefixtures("home_of_module")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "报来的").mkdir()
    for number in (1, 2):
        submission(tmp_path / "报来的", number)
    return tmp_path / "报来的"


def collect(folder: Path, **asked):
    return actions.collect(Collecting(folder, **asked), today=TODAY)


def edit(path: Path, change) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ── the workbook ──


def test_what_somebody_has_typed_anywhere_is_kept_beside_and_told(folder, tmp_path, capsys):
    path = collect(folder).written

    def change(book):
        book["报送情况"]["J4"] = "已打电话催"
        book.create_sheet("我的记录")
        book["基本信息"]["B4"] = "云溪市机关党委"

    typed = edit(path, change)
    outcome = collect(folder)
    kept = tmp_path / "报来的_汇总（收集前）.xlsx"
    assert kept.read_bytes() == typed
    sentence = (
        "原来的汇总表有人改过，原样另存为“报来的_汇总（收集前）.xlsx”；“基本信息”和“总结文字”里填的已带进新的汇总表，"
        "别处改的没有，要的话请到那里找。"
    )
    assert outcome.notes == (sentence,)
    assert collect_page(outcome, as_json=False) == 0
    assert sentence in capsys.readouterr().out.splitlines()
    book = openpyxl.load_workbook(path)
    assert (book["报送情况"]["J4"].value, "我的记录" in book.sheetnames) == (None, False)
    assert book["基本信息"]["B4"].value == "云溪市机关党委"
    assert collect(folder).notes == ()
    assert names(tmp_path) == sorted(["报来的", "报来的_汇总.xlsx", kept.name])


def test_each_time_somebody_has_typed_the_former_one_gets_a_name_of_its_own(folder, tmp_path):
    path = collect(folder).written
    typed = [edit(path, lambda book, n=n: book.create_sheet(f"记录{n}")) if collect(folder) else b"" for n in (1, 2)]
    collect(folder)
    kept = [tmp_path / f"报来的_汇总（收集前）{number}.xlsx" for number in ("", "（2）")]
    assert [each.read_bytes() for each in kept] == typed


def test_one_that_nobody_has_touched_is_replaced_wherever_it_was_moved_and_whatever_is_remembered(
    folder, tmp_path, monkeypatch
):
    path = collect(folder).written
    moved = path.rename(tmp_path / "别名.xlsx")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    submission(folder, 3)
    assert collect(folder, out=moved).notes == ()
    assert names(tmp_path) == ["cache", "别名.xlsx", "报来的"]


def test_as_written_is_only_what_has_every_part_as_we_wrote_it(folder, tmp_path):
    path = collect(folder).written
    assert is_as_written(path)
    parts = unpacked(path.read_bytes())
    path.write_bytes(packed(parts))  # other bytes, the same parts
    assert is_as_written(path)
    for name in ("xl/worksheets/sheet5.xml", "xl/sharedStrings.xml"):
        path.write_bytes(packed({**parts, name: parts[name].replace(b"<", b" <", 1)}))
        assert not is_as_written(path)
    path.write_bytes(packed({**parts, "xl/new.xml": b""}))
    assert not is_as_written(path)
    path.write_bytes(b"PK")
    assert not is_as_written(path)
    assert not is_as_written(tmp_path / "没有.xlsx")


def test_when_the_new_one_cannot_be_written_after_all_nothing_has_changed(folder, tmp_path, monkeypatch):
    from pyxl import outfile

    path = collect(folder).written
    typed = edit(path, lambda book: book.create_sheet("我的记录"))
    before = names(tmp_path)

    def locked(_, target):
        raise outfile.OutputError("output_locked", file=target.name)

    monkeypatch.setattr(outfile, "_rename", locked)
    with pytest.raises(outfile.OutputError) as caught:
        collect(folder)
    assert caught.value.code == "output_locked"
    assert (names(tmp_path), path.read_bytes()) == (before, typed)


def test_the_pages_that_are_made_anew_say_so(folder):
    book = openpyxl.load_workbook(collect(folder).written)
    for name in ("各单位情况", "报送情况"):
        assert any("本页每次收集都重新生成" in str(cell.value) for cell in book[name][1]), name
    assert any("其他各页都重新生成" in str(cell.value) for cell in book["基本信息"][1])


# ── the report ──


def test_a_report_that_somebody_has_polished_stays_and_the_next_one_is_told(folder, tmp_path):
    report = tmp_path / "汇总.docx"
    assert collect(folder, report=report).report == report
    again = collect(folder, report=report)
    assert (again.report, again.notes) == (report, ())
    document = docx.Document(str(report))
    document.add_paragraph("领导加的一句")
    document.save(str(report))
    polished = report.read_bytes()
    outcome = collect(folder, report=report)
    assert (outcome.report, report.read_bytes()) == (tmp_path / "汇总（2）.docx", polished)
    assert outcome.notes == ("“汇总.docx”不是本程序写的，或者写好后有人改过，没有动它，这次另取了名。",)


# ── where the workbook goes ──


@pytest.mark.parametrize("word", [".", "./", "../报来的", "../报来的/."])
def test_the_workbook_goes_beside_the_folder_however_that_is_written(folder, tmp_path, monkeypatch, word):
    monkeypatch.chdir(folder)
    assert collect(Path(word)).written.resolve() == tmp_path / "报来的_汇总.xlsx"
    assert len(names(folder)) == 2


def test_a_folder_above_has_a_name_too(folder, tmp_path, monkeypatch):
    (folder / "里面").mkdir()
    monkeypatch.chdir(folder / "里面")
    assert actions.consolidated_path(Path("..")).resolve() == tmp_path / "报来的_汇总.xlsx"
    assert actions.consolidated_path(Path("报来的")) == Path("报来的_汇总.xlsx")


def test_a_consolidated_workbook_among_the_files_is_passed_over_and_an_upper_units_submission_is_not(folder, tmp_path):
    path = collect(folder, unit="云溪市党总支", code="ZZ-1").written
    upper = tmp_path / "上级"
    upper.mkdir()
    submitted = actions.submit(path, out=upper, today=TODAY, moment=MOMENT).written
    (upper / "以前的汇总.xlsx").write_bytes(path.read_bytes())
    edit(path, lambda book: book.create_sheet("我的记录"))
    (upper / "另存过的汇总.xlsx").write_bytes(path.read_bytes())
    outcome = collect(upper, slips=tmp_path / "退")
    ends = {each.file: (each.status, each.reason, each.unit) for each in outcome.found.standings}
    passed_over = (Status.IGNORED, "consolidated", "")
    assert ends == {
        submitted.name: (Status.ACCEPTED, "", "云溪市党总支"),
        "以前的汇总.xlsx": passed_over,
        "另存过的汇总.xlsx": passed_over,
    }
    assert told(outcome.found.of(Status.IGNORED)[0])[4:6] == (
        "是汇总表，不是上报件",
        "本级以前收集的，不用处理；下级报来的，请对方在这本汇总表里点“上报”，把生成的“…_上报.xlsx”发来。",
    )
    assert len(outcome.found.units) == 2
    assert not any("汇总" in path.name for path in outcome.slips)


# ── which period ──


def test_a_period_may_be_called_by_its_name_alone(folder, tmp_path):
    for words in ("上半年", " 上半年 ", "2023H1"):
        assert collect(folder, period=words).found.period.code == "2023H1"
    whole = collect(folder, period="全年").found
    assert (whole.period.code, {each.reason for each in whole.of(Status.REJECTED)}) == ("2023FY", {"wrong_period"})
    (tmp_path / "空的").mkdir()
    assert collect(tmp_path / "空的", period="下半年").found.period.code == f"{TODAY.year}H2"
    with pytest.raises(UsageError) as caught:
        collect(folder, period="半年")
    assert caught.value.code == "bad_period"


@pytest.mark.parametrize(
    ("handed_in", "named", "wanted"),
    [
        ([], "上半年", "2024H1"),
        (["2023H1", "2023H1", "2022H1"], "上半年", "2023H1"),
        (["2023FY", "2023FY", "2022H1"], "上半年", "2022H1"),  # somebody has handed in such a one
        (["2023FY", "2023FY", "2022H1"], "第四季度", "2023Q4"),
        (["2023FY", "2023FY", "2022H1"], "2021H2", "2021H2"),
        (["2023FY", "2023FY", "2022H1"], "", "2023FY"),
    ],
)
def test_a_period_without_its_year_is_of_the_year_that_most_have_handed_in_for(handed_in, named, wanted):
    files = [Received(f"{n}.xlsx", "", identity=f"ZB-{n}", period=code) for n, code in enumerate(handed_in)]
    found = consolidate(files, travelling(CATALOGUE), period=named, today=TODAY)
    assert found.period.code == wanted


def test_who_hands_in_for_another_period_is_told_what_to_type_into_which_field(folder, tmp_path):
    submission(folder, 3, period="全年", as_of=None)
    outcome = collect(folder, slips=tmp_path / "退")
    [wrong] = outcome.found.of(Status.REJECTED)
    fields = "“基本信息”里把“年度”填成 2023、“报告期”选成“上半年”，重新点“上报”。"
    assert told(wrong).hint == f"请对方在台账的{fields}"
    [letter] = [path for path in outcome.slips if path.suffix == ".docx" and "第3党支部" in path.name]
    assert f"请在台账的{fields}" in [each.text for each in docx.Document(str(letter)).paragraphs]
    offered = {field.label: field.choices for field in CATALOGUE.cover}
    assert "上半年" in offered["报告期"]
    assert "年度" in offered


# ── whose a file without a seal is ──


def write_roster(path: Path, *numbers: int) -> None:
    book = openpyxl.Workbook()
    book.active.append(["单位编码", "单位名称"])
    for number in numbers:
        book.active.append([f"ZB-{number:04}", f"云溪市第{number}党支部"])
    book.save(path)


def test_a_unit_whose_file_has_lost_its_seal_is_told_so_and_is_not_urged_besides(folder, tmp_path):
    (folder / "另存过.xlsx").write_bytes(without_seal(sealed(3).content))
    build_ledger(CATALOGUE, folder / "台账.xlsx", year=None, unit="", cover=cover_of(4), rows=rows_of(4))
    write_roster(folder / "名册.xlsx", 1, 2, 3, 4, 5)
    outcome = collect(folder, slips=tmp_path / "退")
    found = outcome.found
    assert [(each.file, each.identity, each.unit, each.reason) for each in found.of(Status.REJECTED)] == [
        ("另存过.xlsx", "ZB-0003", "云溪市第3党支部", "seal_missing"),
        ("台账.xlsx", "ZB-0004", "云溪市第4党支部", "is_ledger"),
    ]
    assert {told(each).remarks for each in found.of(Status.REJECTED)} == {
        "是哪个单位的，按文件的“基本信息”里写的，没有核实"
    }
    assert [each.unit for each in found.of(Status.MISSING)] == ["云溪市第5党支部"]
    assert [each.part.identity for each in found.units] == ["ZB-0001", "ZB-0002"]  # believed for nothing else
    slips = {path.stem for path in outcome.slips if "补正单" not in path.stem}
    assert slips == {
        f"云溪市第{n}党支部_2023年上半年_{kind}" for n, kind in ((3, "退回单"), (4, "退回单"), (5, "催报单"))
    }
    letter = docx.Document(str(tmp_path / "退" / "云溪市第3党支部_2023年上半年_退回单.docx"))
    assert "云溪市第3党支部：" in [each.text for each in letter.paragraphs]


def test_a_file_that_names_nobody_goes_back_to_nobody(folder):
    build_ledger(CATALOGUE, folder / "台账.xlsx", year=2023, unit="")
    [back] = collect(folder).found.of(Status.REJECTED)
    assert (back.identity, back.unit, back.remarks) == ("", "", ())


# ── who is trusted ──


def test_a_trust_that_had_effect_is_confirmed_and_one_that_names_nobody_is_told(folder):
    collect(folder)
    for path in keys_folder().glob("*.pem"):
        path.unlink()
    submission(folder, 1, moment=MOMENT.replace(day=9), rows=rows_of(2), name="新.xlsx")
    assert {each.reason for each in collect(folder).found.of(Status.REJECTED)} == {"key_changed"}
    outcome = collect(folder, trust=("zb-0001", "不存在的单位"))
    assert outcome.notes == (
        "云溪市第1党支部：新的签名钥匙已按 --trust 计入，以后以它为准。",
        "--trust 写的“不存在的单位”没有报来文件，请核对编码或名称。",
    )
    assert collect(folder, trust=("ZB-0001",)).notes == ()


# ── nothing there ──


def test_nothing_above_is_pointed_at_where_nothing_stands_above(tmp_path, capsys):
    folder = tmp_path / "空的"
    folder.mkdir()
    for asked in ({}, {"roster": tmp_path / "名册.xlsx"}):
        write_roster(tmp_path / "名册.xlsx", 1)
        assert collect_page(collect(folder, **asked), as_json=False) == 1
        said = capsys.readouterr().out
        assert "文件夹里还没有上报件，没有写汇总表。请把收到的“…_上报.xlsx”放进去，再收集一次。" in said
        assert "上面" not in said
    (folder / "坏.xlsx").write_bytes(b"")
    collect_page(collect(folder), as_json=False)
    assert "请看上面各份的原因" in capsys.readouterr().out


def test_a_whole_year_is_compared_with_one_other_year_only(tmp_path):
    for name, asked in (("半年", {}), ("全年", {"period": "全年", "as_of": None})):
        (tmp_path / name).mkdir()
        submission(tmp_path / name, 1, **asked)
    half = collect(tmp_path / "半年").written
    with pytest.raises(UsageError) as caught:
        collect(tmp_path / "全年", previous=half)
    assert caught.value.hint == "请用2022年的汇总表。"


# ── what was collected for a period is of that period ──


def test_what_was_collected_cannot_pass_for_another_period(folder, tmp_path):
    path = collect(folder, unit="云溪市党总支", code="ZZ-1").written
    out = tmp_path / "上报"
    deeds = {
        "check": lambda period: actions.check(path, period=period, today=TODAY),
        "totals": lambda period: actions.total(path, period=period, today=TODAY),
        "preview": lambda period: actions.preview(path, period=period, today=TODAY),
        "report": lambda period: actions.summarise(path, out=tmp_path / "总结.docx", period=period, today=TODAY),
        "submit": lambda period: actions.submit(path, out=out, period=period, today=TODAY, moment=MOMENT),
    }
    for name, deed in deeds.items():
        for period in ("2023FY", "2023H2", "全年", "2023Q1"):
            with pytest.raises(UsageError) as caught:
                deed(period)
            assert caught.value.code == "period_of_collected", (name, period)
        deed("2023H1")
        deed("上半年")
    assert caught.value.message == "“报来的_汇总.xlsx”里各单位报的是2023年上半年，不能当作2023年第一季度的"
    assert "--period" in caught.value.hint
    assert {path.name.split("_")[1] for path in out.glob("*_上报*.xlsx")} == {"2023上半年"}
