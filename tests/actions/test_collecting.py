"""收集: a folder of submissions, most of them good, and one of everything else that people send."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pyxl import actions
from pyxl.cli.collected import collect_page
from pyxl.collecting.reader import Reader
from pyxl.core.consolidation import Expected, Status
from pyxl.core.submission import fingerprint
from pyxl.core.telling import told
from pyxl.core.vouching import Pin
from pyxl.errors import OutputError, WorkbookError
from pyxl.excel.building.ledger import build_ledger
from pyxl.excel.submitting.part import MANIFEST_PART, sealed_part
from pyxl.package import unpacked
from pyxl.sealing.keys import keys_folder, public_bytes, unit_key
from pyxl.sealing.pins import known_units, remember
from tests.archives import compound, pack, parts, sheet, workbook
from tests.reports import CATALOGUE
from tests.submissions import MOMENT, TODAY, cover_of, examined, rows_of, sealed
from tests.tampering import manifest_in, resaved, resealed, typed, with_manifest_of, without_seal

GOOD = range(1, 41)
# what a unit may call itself, and what a file may be called: number → name
ODD_UNITS = {37: "..\\x", 38: "CON", 39: "A/B", 40: "=cmd|' /C calc'!A0"}
ODD_FILES = {
    30: "a=b & c.xlsx",
    31: "-x.xlsx",
    32: "=cmd|' calc'!A0.xlsx",
    33: "{0} %s $HOME.xlsx",
    34: "换\n行.XLSX",
    35: os.fsdecode(b"\xff\xfe.xlsx"),
    36: "长" * 83 + ".xlsx",
}
LATER = datetime(2023, 7, 4, 9, 15, tzinfo=UTC)
EARLIER = datetime(2023, 7, 2, 9, 15, tzinfo=UTC)
AGAIN = "请对方重新点“上报”，把生成的文件原样发来。"
WHOLE = "请对方重新点“上报”，把生成的 .xlsx 发来。"
RESEND = "请重新复制或重新下载；仍不行，请对方把点“上报”生成的 .xlsx 重新发来。"

# file, or unit without one → status, unit, reason, sentence, what to do; by status, as 报送情况 lists them
TABLE = {
    "副本.xlsx": ("replaced", "云溪市第1党支部", "same", "与 云溪市第1党支部_2023上半年_上报.xlsx 是同一份",
        "不用处理：只计一次。"),
    "旧稿.xlsx": ("replaced", "云溪市第2党支部", "older", "同一单位有更新的一份：云溪市第2党支部_2023上半年_上报.xlsx",
        "不用处理：已按新的计入。"),
    "旧稿有错.xlsx": ("replaced", "云溪市第3党支部", "older",
        "同一单位有更新的一份：云溪市第3党支部_2023上半年_上报.xlsx", "不用处理：已按新的计入。"),
    "旧名.xlsx": ("replaced", "云溪旧支部", "code_shared",
        "与 云溪市第6党支部_2023上半年_上报.xlsx 的单位编码相同，那一份的单位却叫“云溪市第6党支部”",
        "只计入了那一份，请核对：是两个单位的，请其中一个在“基本信息”里改用自己的编码，重新点“上报”；是一个单位改了名称的，把这一份移走。"),
    "不是工作簿.xlsx": ("rejected", "", "kind_text", "“不是工作簿.xlsx”是文本文件（编码 UTF-8），不是工作簿",
        "不是报来的，请移走；是对方报来的，请对方在台账里点“上报”，把生成的“…_上报.xlsx”发来。"),
    "传断了.xlsx": ("rejected", "", "truncated", "“传断了.xlsx”传输不完整（只有 14 KB，后面的内容缺失）", RESEND),
    "偷来的清单.xlsx": ("rejected", "云溪市第44党支部", "manifest_of_other",
        "里面的清单是“云溪市第1党支部”的，内容却是“云溪市第44党支部”的",
        "请对方在自己的台账里重新点“上报”，把生成的文件原样发来。"),
    "加密.xlsx": ("rejected", "", "encrypted", "“加密.xlsx”设有打开密码",
        "请对方把点“上报”生成的 .xlsx 原样发来，不要加密码。"),
    "压缩.zip": ("rejected", "", "kind_archive", "“压缩.zip”是压缩包，不是台账",
        "请先解压，把里面的“…_上报.xlsx”放进这个文件夹，再收集一次。"),
    "台账.xlsx": ("rejected", "云溪市第50党支部", "is_ledger", "是台账，不是上报件",
        "请对方在这本台账里点“上报”，把生成的“…_上报.xlsx”发来，台账本身不用报。"),
    "奇怪的份额.xlsx": ("rejected", "", "seal_damaged", "上报件里的清单损坏了", AGAIN),
    "带宏台账.xlsm": ("rejected", "", "has_macros", "文件里有宏，上报件不带宏", f"请不要打开它；{WHOLE}"),
    "清单坏了.xlsx": ("rejected", "", "seal_damaged", "上报件里的清单损坏了", AGAIN),
    "炸弹.xlsx": ("rejected", "", "zip_bomb", "“炸弹.xlsx”展开后过大（至少 210 MB），为安全起见没有读取",
        "请不要打开它；请对方重新点“上报”，把生成的 .xlsx 原样发来，并问清来源。"),
    "空的.xlsx": ("rejected", "", "file_empty", "“空的.xlsx”是空文件（0 字节）", RESEND),
    "签名坏了.xlsx": ("rejected", "", "seal_broken", "签名与清单不符：上报件被别人动过",
        "请用电话问清楚，请对方重新点“上报”，把生成的文件原样发来。"),
    "远角.xlsx": ("rejected", "", "not_submission", "不是用“上报”生成的文件",
        "请对方在自己的台账里点“上报”，把生成的“…_上报.xlsx”发来。"),
    "另存过.xlsx": ("rejected", "云溪市第1党支部", "seal_missing", "有上报封面，但签了名的清单不在了：多半被别的程序另存过",
        "请对方把点“上报”生成的文件原样发来，不要另存；找不到了就重新点“上报”。"),
    "冒别人的名.xlsx": ("rejected", "云溪市第1党支部", "manifest_of_other",
        "里面的清单是“云溪市第48党支部”的，内容却是“云溪市第1党支部”的",
        "请对方在自己的台账里重新点“上报”，把生成的文件原样发来。"),
    "第一季度.xlsx": ("rejected", "云溪市第41党支部", "wrong_period", "报的是2023年第一季度，这次收的是2023年上半年",
        "请对方在台账的“基本信息”里把“年度”填成 2023、“报告期”选成“上半年”，重新点“上报”。"),
    "新目录.xlsx": ("rejected", "云溪市第42党支部", "made_by_newer",
        f"由更新的程序生成（活动目录 2999.1，这里是 {CATALOGUE.version}）", "请先把本工具升级到同样的版本，再收集一次。"),
    "改过的行.xlsx": ("rejected", "云溪市第43党支部", "content_changed", "上报以后内容被改过，与签了名的清单不符",
        "请对方改台账，重新点“上报”；不要直接改上报件。"),
    "换了钥匙.xlsx": ("rejected", "云溪市第45党支部", "key_changed", "签名的钥匙换了：现在是 {now}，以前是 {before}",
        "请打电话给对方，核对上报封面上的公钥指纹；属实的，用 --trust ZB-0045 再收集一次。"),
    "带宏.xlsx": ("rejected", "云溪市第46党支部", "has_macros", "文件里有宏，上报件不带宏", f"请不要打开它；{WHOLE}"),
    "外链.xlsx": ("rejected", "云溪市第46党支部", "has_links", "文件里有指向别处的链接，上报件没有",
        f"请不要打开它；{WHOLE}"),
    "有错误.xlsx": ("rejected", "云溪市第47党支部", "has_errors", "有 1 处错误", "请对方按退回单改台账，重新点“上报”。"),
    "改了时间.xlsx": ("rejected", "云溪市第49党支部", "content_changed", "上报以后内容被改过，与签了名的清单不符",
        "请对方改台账，重新点“上报”；不要直接改上报件。"),
    "编码不对.xlsx": ("outside", "云溪市第7党支部", "outside_code", "名册里这个单位的编码是 ZB-0007，上报件里是 XX-0007",
        "请核对：名册错了就改名册，再收集一次；对方错了，请对方改“基本信息”里的单位编码，重新点“上报”。"),
    "名册外.xlsx": ("outside", "云溪市第60党支部", "outside", "不在名册里",
        "是自己的单位就补进名册，再收集一次；不是就不用管它。"),
    "云溪市第44党支部": ("missing", "云溪市第44党支部", "missing", "还没有报", "请催报。"),
    "云溪市第48党支部": ("missing", "云溪市第48党支部", "missing", "还没有报", "请催报。"),
    "云溪市第90党支部": ("missing", "云溪市第90党支部", "missing", "还没有报", "请催报。"),
    "~$云溪市第1党支部_2023上半年_上报.xlsx": ("ignored", "", "lock_file", "表格软件留下的临时文件", "不用处理。"),
    ".~lock.云溪.xlsx#": ("ignored", "", "lock_file", "表格软件留下的临时文件", "不用处理。"),
    "子文件夹": ("ignored", "", "folder", "是子文件夹，没有进去看", "里面有上报件的，请把它们放到这一层。"),
    "快捷方式.lnk": ("ignored", "", "link", "是指到别处的快捷方式或链接，没有打开", "请把文件本身放进来。"),
    "管道.xlsx": ("ignored", "", "other_file", "不是表格文件", "不用处理；压缩包请先解开。"),
    "链接.xlsx": ("ignored", "", "link", "是指到别处的快捷方式或链接，没有打开", "请把文件本身放进来。"),
    "去年的.xlsx": ("ignored", "云溪市第8党支部", "other_period", "是2023年第一季度的，这次收的是2023年上半年",
        "不用处理：这个单位这一期的已经计入。"),
}  # fmt: skip
# of the 40 that count, what is said besides
REMARKS = {
    3: "名册里叫“云溪市第三党支部”，上报件里叫“云溪市第3党支部”",
    4: "上报封面 F{row} 写的是“99次”，按各行重算是“{count}次”，以重算的为准；被表格软件重新存过，内容没有变",
    5: "清单里“主题党日.次数”是 99次，按各行重算是 {count}次，以重算的为准",
}


pytestmark = pytest.mark.usefixtures("home_of_module")


@pytest.fixture(scope="module")
def good(home_of_module) -> dict[int, actions.Sealed]:
    odd = {n: actions.sealed_submission(examined(n, unit=name), MOMENT) for n, name in ODD_UNITS.items()}
    return {number: sealed(number) for number in GOOD if number not in odd} | odd


def file_name(number: int, made: actions.Sealed) -> str:
    return ODD_FILES.get(number) or actions.submission_name(made.manifest)


def laid(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def front_typed_over(content: bytes) -> bytes:
    """The number of 主题党日 on 上报封面, typed over by somebody and saved by his spreadsheet."""

    def edit(book: openpyxl.Workbook) -> None:
        row = next(row for row in book["上报封面"].iter_rows() if (row[3].value, row[4].value) == ("主题党日", "次数"))
        row[5].value = "99次"

    return resaved(content, edit)


def share_changed(manifest) -> None:
    manifest["units"][0]["shares"]["theme_day.count"] = 99


def bad_files(good: dict[int, actions.Sealed]) -> dict[str, bytes]:
    first = good[1].content
    other = {number: sealed(number) for number in range(42, 50)}
    content = {number: made.content for number, made in other.items()}
    pinned = public_bytes(unit_key("以前的"))
    remember({"ZB-0045": Pin(pinned.hex())})
    quarter = {"period": "第一季度", "as_of": date(2023, 3, 31)}
    wrong = resaved(content[47], typed("主题党日", "实到", 0, 400))
    register = typed("各单位", "单位名称", 0, "云溪市第1党支部"), typed("各单位", "单位编码", 0, "ZB-0001")
    stolen = resaved(resaved(content[48], register[0]), register[1])
    old_wrong = resaved(sealed(3, moment=EARLIER).content, typed("主题党日", "实到", 0, 400))
    return {
        "副本.xlsx": first,
        "旧稿.xlsx": sealed(2, moment=EARLIER, rows=rows_of(3)).content,
        "旧稿有错.xlsx": resealed(old_wrong),
        "旧名.xlsx": sealed(6, moment=EARLIER, unit="云溪旧支部").content,
        "第一季度.xlsx": sealed(41, **quarter).content,
        "去年的.xlsx": sealed(8, **quarter).content,
        "新目录.xlsx": resealed(content[42], lambda manifest: manifest.update(catalogue="2999.1")),
        "改过的行.xlsx": resaved(content[43], typed("主题党日", "实到", 0, 3)),
        "偷来的清单.xlsx": with_manifest_of(content[44], first),
        "换了钥匙.xlsx": content[45],
        "带宏.xlsx": resealed(content[46], parts={"xl/vbaProject.bin": b"macro"}),
        "外链.xlsx": resealed(content[46], parts={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "带宏台账.xlsm": pack({**parts({"表": sheet("")}), "xl/vbaProject.bin": b"macro"}),
        "有错误.xlsx": resealed(wrong),
        "冒别人的名.xlsx": resealed(stolen),
        "改了时间.xlsx": resaved(content[49], typed("各单位", "上报时间", 0, "2023-07-09T09:15:00Z")),
        "签名坏了.xlsx": resealed(first, share_changed, signed=False),
        "清单坏了.xlsx": resealed(first, lambda manifest: manifest.update(units=[1])),
        "奇怪的份额.xlsx": resealed(first, lambda m: m["units"][0]["shares"].update({"theme_day.count": "多"})),
        "另存过.xlsx": without_seal(first),
        "加密.xlsx": compound("EncryptionInfo", "EncryptedPackage"),
        "传断了.xlsx": first[:15_000],
        "炸弹.xlsx": pack({**parts({"表": sheet("")}), "xl/media/a.bin": bytes(210 << 20)}),
        "远角.xlsx": workbook('<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
        "不是工作簿.xlsx": "单位,次数\n甲,1\n".encode(),
        "空的.xlsx": b"",
        "压缩.zip": pack({"上报/上报.xlsx": first}),
        "编码不对.xlsx": sealed(7, code="XX-0007").content,
        "名册外.xlsx": sealed(60).content,
        "~$云溪市第1党支部_2023上半年_上报.xlsx": b"lock",
        ".~lock.云溪.xlsx#": b"lock",
        "快捷方式.lnk": b"L\0\0\0",
    }  # fmt: skip


def roster_rows() -> list[tuple[str, str]]:
    names = {**ODD_UNITS, 3: "云溪市第三党支部"}
    numbers = [*GOOD, 41, *range(42, 50), 90]
    return [(f"ZB-{number:04}", names.get(number, f"云溪市第{number}党支部")) for number in numbers]


def write_roster(path: Path, rows, header=("单位编码", "单位名称"), before=()) -> None:
    book = openpyxl.Workbook()
    for row in (*before, header, *rows):
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value is not None:
                cell.data_type = "s"
    book.save(path)


def seen(root: Path) -> dict[str, tuple[int, str]]:
    """What lies below a folder: kind and content of everything, links not followed."""
    found = {}
    for at, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(at, name)
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found[os.fsencode(path.relative_to(root))] = (path.lstat().st_mode, hashlib.sha256(content).hexdigest())
    return found


@pytest.fixture(scope="module")
def tree(good, tmp_path_factory) -> Path:
    """The folder «报来的», and what lies around it."""
    root = tmp_path_factory.mktemp("tree")
    folder = root / "报来的"
    laid(folder, {file_name(number, made): made.content for number, made in good.items()})
    laid(folder, {file_name(4, good[4]): front_typed_over(good[4].content),
                  file_name(5, good[5]): resealed(good[5].content, share_changed)})  # fmt: skip
    laid(folder, bad_files(good))
    laid(folder, {"情况说明.docx": b"PK", ".DS_Store": b"x", "._甲.xlsx": b"x", ".pyxl-0.part": b"x"})
    build_ledger(CATALOGUE, folder / "台账.xlsx", year=None, unit="", cover=cover_of(50), rows=rows_of(50))
    laid(folder / "子文件夹", {"上报.xlsx": sealed(90).content})
    laid(root / "别处", {"上报.xlsx": sealed(90).content})
    (folder / "链接.xlsx").symlink_to(root / "别处" / "上报.xlsx")
    os.mkfifo(folder / "管道.xlsx")
    write_roster(folder / "名册.xlsx", roster_rows())
    return root


@pytest.fixture(scope="module")
def collected(tree):
    before = seen(tree)
    outcome = actions.collect(actions.Collecting(tree / "报来的"), today=TODAY)
    return outcome, before, seen(tree)


def ends(outcome) -> list[tuple]:
    return [(each.file, each.status, each.reason, each.params) for each in outcome.found.standings]


def of_file(outcome, name: str):
    return next(each for each in outcome.found.standings if each.file == name)


def test_each_bad_file_ends_where_the_table_says(collected):
    found = [each for each in collected[0].found.standings if each.status is not Status.ACCEPTED]
    lines = {
        each.file or each.unit: (each.status.value, each.unit, each.reason, told(each).reason, told(each).hint)
        for each in found
    }
    changed = lines.pop("换了钥匙.xlsx")
    expected = {file: line for file, line in TABLE.items() if file != "换了钥匙.xlsx"}
    assert lines == expected
    assert (changed[:3], changed[4]) == (TABLE["换了钥匙.xlsx"][:3], TABLE["换了钥匙.xlsx"][4])
    assert len(found) == len(TABLE)


def test_the_changed_key_is_told_with_both_fingerprints(collected):
    keys = [fingerprint(public_bytes(unit_key(name))) for name in ("ZB-0045", "以前的")]
    told_now = told(of_file(collected[0], "换了钥匙.xlsx")).reason
    assert told_now == TABLE["换了钥匙.xlsx"][3].format(now=keys[0], before=keys[1])


def test_the_forty_count(collected, good):
    accepted = collected[0].found.of(Status.ACCEPTED)
    names = {file_name(number, made).encode("utf-8", "replace").decode() for number, made in good.items()}
    assert {each.file for each in accepted} == names
    assert [each.identity for each in accepted] == [f"ZB-{number:04}" for number in GOOD]
    assert [each.part.identity for each in collected[0].found.units] == [f"ZB-{number:04}" for number in GOOD]
    assert collected[0].found.present == 40


def test_the_figures_are_those_of_the_forty_alone(collected, good, tmp_path):
    laid(tmp_path / "只有好的", {f"{number}.xlsx": made.content for number, made in good.items()})
    alone = actions.collect(actions.Collecting(tmp_path / "只有好的"), today=TODAY)
    assert alone.found.totals == collected[0].found.totals
    rows = {number: rows_of(number) for number in GOOD}
    held = sum(row["date"] <= date(2023, 6, 30) for each in rows.values() for row in each["theme_day"])
    assert collected[0].found.totals.get("主题党日", "次数").value == held


def test_what_is_remarked_on_those_that_count(collected, good):
    accepted = {int(each.identity[3:]): each for each in collected[0].found.of(Status.ACCEPTED)}
    remarks = {number: told(each).remarks.split("；第一次收到")[0] for number, each in accepted.items()}
    remarks = {number: text for number, text in remarks.items() if not text.startswith("第一次收到")}
    counts = {n: manifest_in(good[n].content)["units"][0]["shares"]["theme_day.count"] for n in (4, 5)}
    sheet = openpyxl.load_workbook(collected[0].folder / file_name(4, good[4]))["上报封面"]
    row = next(cell.row for cell in sheet["F"] if cell.value == "99次")
    assert remarks == {
        3: REMARKS[3],
        4: REMARKS[4].format(row=row, count=counts[4]),
        5: REMARKS[5].format(count=counts[5]),
    }


def test_nothing_is_written_but_the_workbook_and_no_input_is_changed(collected, tree):
    outcome, before, after = collected
    assert outcome.written == tree / "报来的_汇总.xlsx"
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {os.fsencode("报来的_汇总.xlsx")}


def test_the_sheet_says_the_same_line_by_line_and_nothing_in_the_book_is_a_formula(collected):
    book = openpyxl.load_workbook(collected[0].written)
    rows = [tuple(cell or "" for cell in row) for row in book["报送情况"].iter_rows(min_row=4, values_only=True)]
    kept = [replace(each, remarks=tuple(remark for remark in each.remarks if remark.code != "first_key"))
            for each in collected[0].found.standings]  # fmt: skip
    assert rows == [tuple(told(each)) for each in kept]
    assert [row[0] for row in rows] == sorted(
        (row[0] for row in rows), key=["已收", "被替换", "退回", "名册外", "未报", "跳过"].index
    )
    for each in book:
        assert [cell.coordinate for row in each for cell in row if cell.data_type == "f"] == []
    assert {"=cmd|' /C calc'!A0", "..\\x", "CON", "A/B"} <= {
        row[0].value for row in book["各单位"].iter_rows(min_row=4)
    }


def test_what_is_said_first(collected):
    band = next(openpyxl.load_workbook(collected[0].written)["报送情况"].iter_rows(max_row=1, values_only=True))
    counted = "收到 40/50，退回 23，未报 3，名册外 2，被替换 4"
    sentence = f"{counted}。本页每次收集都重新生成，请不要在这里填写。"
    assert [text for text in band if text] == ["报送情况", sentence]


def test_the_roster_that_lies_in_the_folder_is_used_by_itself(collected):
    assert collected[0].expected == tuple(Expected(*row) for row in roster_rows())


def test_run_again_it_reads_only_what_has_no_content_and_gives_the_same_bytes(collected, tree, monkeypatch):
    read, look_at = [], Reader.look_at
    monkeypatch.setattr(Reader, "look_at", lambda self, path, name: read.append(name) or look_at(self, path, name))
    first = collected[0].written.read_bytes()
    again = actions.collect(actions.Collecting(tree / "报来的"), today=TODAY)
    assert read == ["空的.xlsx"]
    assert again.found.totals == collected[0].found.totals
    assert ends(again) == ends(collected[0])
    assert again.written.read_bytes() == first
    monkeypatch.setenv("XDG_CACHE_HOME", str(tree / "别处"))
    cold = actions.collect(actions.Collecting(tree / "报来的"), today=TODAY)
    assert cold.found.standings == again.found.standings
    assert cold.found == again.found
    assert again.written.read_bytes() == first


def test_the_order_and_the_names_of_the_chunks_do_not_matter(good, tmp_path):
    """The same files in two folders, laid down in another order."""
    results = []
    for name, seed in (("甲", 1), ("乙", 2)):
        order = list(GOOD)[:12]
        random.Random(seed).shuffle(order)
        laid(tmp_path / name / "报来的", {f"{number:02}.xlsx": good[number].content for number in order})
        results.append(
            actions.collect(actions.Collecting(tmp_path / name / "报来的"), today=TODAY).written.read_bytes()
        )
    assert results[0] == results[1]


# ── smaller folders ──


@pytest.fixture
def own_keys(home_of_module, good, own_home):  # good: first of all the keys are made
    """Keys and findings of this test alone; with the keys that the good files were made with."""
    made = home_of_module / "data/pyxl/keys"
    shutil.copytree(made, keys_folder(), ignore=shutil.ignore_patterns("known.json"))


def collect(folder: Path, **asked):
    return actions.collect(actions.Collecting(folder, **asked), today=TODAY)


def test_where_nothing_can_be_counted_no_workbook_is_written_and_that_is_said(own_keys, tmp_path, capsys):
    folder = tmp_path / "报来的"
    laid(folder, {"空.xlsx": b"", "坏.xlsx": b"x"})
    outcome = collect(folder)
    assert (outcome.written, outcome.found.period, outcome.found.as_of) == (None, None, None)
    assert {each.reason for each in outcome.found.of(Status.REJECTED)} == {"file_empty", "kind_text"}
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == []
    assert collect_page(outcome, as_json=False) == 1
    said = capsys.readouterr().out
    assert said.startswith("没有能计入的上报件 · 收到 0，退回 2")
    assert "没有一份能计入，没有写汇总表。请看上面各份的原因，改好后再收集一次。" in said
    assert collect_page(outcome, as_json=True) == 1
    told_json = json.loads(capsys.readouterr().out)
    assert (told_json["period"], told_json["as_of"], told_json["units"], told_json["written"]) == (None, None, [], None)


def test_an_empty_folder_is_told(own_keys, tmp_path, capsys):
    (tmp_path / "报来的").mkdir()
    outcome = collect(tmp_path / "报来的", period="2023H1")
    assert outcome.written is None
    assert collect_page(outcome, as_json=False) == 1
    assert capsys.readouterr().out.startswith("2023年上半年 · 收到 0")


def test_what_was_collected_before_stays_when_nothing_can_be_counted(own_keys, tmp_path, good):
    folder = tmp_path / "报来的"
    laid(folder, {"1.xlsx": good[1].content})
    before = collect(folder).written.read_bytes()
    laid(folder, {"1.xlsx": b""})
    assert collect(folder).written is None
    assert (tmp_path / "报来的_汇总.xlsx").read_bytes() == before


def test_a_new_key_is_rejected_until_it_is_trusted_and_is_then_the_known_one(own_keys, tmp_path, good):
    folder = tmp_path / "报来的"
    laid(folder, {"1.xlsx": good[1].content})
    collect(folder)
    (
        keys_folder() / next(path.name for path in keys_folder().glob("*.pem") if key_of(path) == key_in(good[1]))
    ).unlink()
    again = sealed(1, moment=LATER, rows=rows_of(2))
    assert key_in(again) != key_in(good[1])
    laid(folder, {"1新.xlsx": again.content})
    first = collect(folder)
    assert {each.file: each.reason for each in first.found.standings} == {"1.xlsx": "", "1新.xlsx": "key_changed"}
    assert known_units() == {"ZB-0001": Pin(key_in(good[1]), "云溪市第1党支部")}
    trusted = collect(folder, trust=("ZB-0001",))
    assert {each.file: each.reason for each in trusted.found.standings} == {"1新.xlsx": "", "1.xlsx": "older"}
    assert known_units() == {"ZB-0001": Pin(key_in(again), "云溪市第1党支部")}
    assert [each.status for each in collect(folder).found.standings if each.file == "1新.xlsx"] == [Status.ACCEPTED]


def key_in(made: actions.Sealed) -> str:
    return sealed_part(unpacked(made.content)[MANIFEST_PART]).key.hex()


def key_of(path: Path) -> str:
    return public_bytes(load_pem_private_key(path.read_bytes(), None)).hex()


def test_a_damaged_list_of_keys_is_told_before_anything_is_read(own_keys, tmp_path, good, monkeypatch):
    laid(tmp_path / "报来的", {"1.xlsx": good[1].content})
    laid(keys_folder(), {"known.json": b"[]"})
    monkeypatch.setattr(Reader, "look_at", None)
    with pytest.raises(OutputError) as caught:
        collect(tmp_path / "报来的")
    assert caught.value.code == "keys_unreadable"
    assert not (tmp_path / "报来的_汇总.xlsx").exists()


def test_fast_comes_to_the_same_and_says_that_no_rows_were_read(own_keys, tmp_path, good):
    folder = tmp_path / "报来的"
    laid(
        folder, {f"{number}.xlsx": good[number].content for number in (1, 2, 3)} | {"4.xlsx": resaved(good[4].content)}
    )
    slow, fast = collect(folder, out=tmp_path / "慢.xlsx"), collect(folder, out=tmp_path / "快.xlsx", fast=True)
    assert fast.found.totals == slow.found.totals
    said = {each.file: "没有读明细" in told(each).remarks for each in fast.found.of(Status.ACCEPTED)}
    assert said == {"1.xlsx": True, "2.xlsx": True, "3.xlsx": True, "4.xlsx": False}


def test_the_workbook_may_lie_among_the_files_and_is_none_of_them(own_keys, tmp_path, good, monkeypatch):
    folder = tmp_path / "报来的"
    laid(folder, {"1.xlsx": good[1].content})
    monkeypatch.chdir(folder)
    for out in (folder / "汇总.xlsx", Path("汇总.xlsx"), Path("../报来的/汇总.xlsx")):
        outcome = collect(folder, out=out)
        assert [each.file for each in outcome.found.standings] == ["1.xlsx"]


def test_a_roster_that_lies_elsewhere_counts_instead(own_keys, tmp_path, good):
    folder = tmp_path / "报来的"
    laid(folder, {"1.xlsx": good[1].content})
    write_roster(folder / "名册.xlsx", [("ZB-0009", "第9")])
    write_roster(tmp_path / "别的名册.xlsx", [("ZB-0001", "云溪市第1党支部")])
    assert [each.reason for each in collect(folder).found.standings] == ["outside", "missing"]
    outcome = collect(folder, roster=tmp_path / "别的名册.xlsx")
    assert {each.file: each.status for each in outcome.found.standings} == {"1.xlsx": Status.ACCEPTED}


def test_a_roster_that_lists_nobody_is_told(own_keys, tmp_path, good):
    laid(tmp_path / "报来的", {"1.xlsx": good[1].content})
    write_roster(tmp_path / "报来的" / "名册.xlsx", [], header=("姓名", "电话"))
    with pytest.raises(WorkbookError) as caught:
        collect(tmp_path / "报来的")
    assert caught.value.code == "no_roster"
