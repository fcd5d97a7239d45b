"""Bad files, each made here, each refused with its own sentence and left as it was."""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import socket
import struct
import threading
import time
import tomllib
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

from pyxl.errors import WorkbookError
from pyxl.excel.closed.child import read_bytes
from pyxl.excel.closed.container import MAX_ENTRIES, MAX_PART
from pyxl.excel.closed.preflight import inspect
from pyxl.excel.closed.reading import read_book
from pyxl.excel.closed.refusal import Refusal
from tests.archives import MAIN, compound, pack, parts, sheet, workbook

ROOT = Path(__file__).parents[3]
DIALOGS = tomllib.loads((ROOT / "pyxl/text/dialogs.toml").read_text(encoding="utf-8"))
ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>'
GOOD = parts({"主题党日": sheet(ROWS)}, ["<t>日期</t>"])


def good(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """The parts of a sound workbook, some replaced or (None) left out; __ stands for /, · for a dot."""
    made: dict[str, str | bytes | None] = {**GOOD}
    for name, content in changed.items():
        made[name.replace("__", "/").replace("·", ".")] = content
    return {name: content for name, content in made.items() if content is not None}


def declared(part: str, declaration: str, encoding: str = "utf-8") -> bytes:
    """A sound workbook in one part of which stands a document type."""
    head, root, rest = GOOD[part].partition("\n")
    content = f"{head.replace('UTF-8', encoding)}{root}{declaration}{rest}"
    return pack({**GOOD, part: content.encode(encoding)})


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def foreign(name: str, content: str = "<x/>") -> bytes:
    return pack(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": GOOD["_rels/.rels"].replace("xl/workbook.xml", name),
            name: content,
        }
    )


def word_file() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def strict() -> bytes:
    namespace = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    return pack({name: content.replace(MAIN, namespace) for name, content in GOOD.items()})


def patched(data: bytes, part: str, where: str, field: int, value: int) -> bytes:
    """One number of the part's header changed; `where` is central or local."""
    entry = next(info for info in zipfile.ZipFile(io.BytesIO(data)).infolist() if info.filename == part)
    signature, length = (b"PK\x01\x02", 46) if where == "central" else (b"PK\x03\x04", 30)
    at = entry.header_offset if where == "local" else next(
        at for at in range(len(data)) if data.startswith(signature, at) and data.startswith(part.encode(), at + length)
    )  # fmt: skip
    return data[: at + field] + struct.pack("<L", value) + data[at + field + 4 :]


SHEET = "xl/worksheets/sheet1.xml"
SOUND = pack(good())
STORED = pack(good(), zipfile.ZIP_STORED)


def overlapping() -> bytes:
    """Two entries of the directory lead to the same bytes."""
    target = zipfile.ZipFile(io.BytesIO(STORED)).getinfo(SHEET).header_offset
    return patched(STORED, "xl/styles.xml", "central", 42, target)


def swallowing() -> bytes:
    """One entry claims to reach over the next one."""
    data = patched(STORED, "xl/workbook.xml", "central", 20, len(STORED) - 2000)
    return patched(data, "xl/workbook.xml", "local", 18, len(STORED) - 2000)


def many(count: int, told: int | None = None) -> bytes:
    data = pack(good() | {f"xl/media/{number}.bin": "" for number in range(count)})
    if told is None:
        return data
    at = data.rfind(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", told, told) + data[at + 12 :]


def doubled() -> bytes:
    return pack(good(xl__Styles·xml="<x/>"))


def flipped(data: bytes, part: str) -> bytes:
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo(part)
    start = entry.header_offset + 30 + len(part) + 10
    return data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + 40]) + data[start + 40 :]


BAD = {  # faults.md's number and what is wrong → the bytes, the name, the code
    "F01 flipped bytes in a packed part": (flipped(SOUND, SHEET), "damaged_part"),
    "F01 flipped bytes in a stored part": (flipped(STORED, "xl/sharedStrings.xml"), "damaged_part"),
    "F01 wrong checksum": (patched(patched(SOUND, SHEET, "central", 16, 1), SHEET, "local", 14, 1), "damaged_part"),
    "F01 a picture with a wrong checksum": (flipped(pack(good(xl__media__a·png=random.Random(1).randbytes(99))), "xl/media/a.png"), "damaged_part"),
    "F02 two thirds of a file": (SOUND[: len(SOUND) * 2 // 3], "truncated"),
    "F02 the first few bytes": (SOUND[:10], "truncated"),
    "F03 nothing": (b"", "file_empty"),
    "F03 zeros only": (bytes(4096), "damaged_file"),
    "F04 a part that would be huge": (patched(SOUND, SHEET, "central", 24, MAX_PART + 1), "zip_bomb"),
    "F04 a part that swells a thousandfold": (pack(good(xl__media__a·bin=bytes(9 << 20))), "zip_bomb"),
    "F04 parts that are huge together": (
        patched(patched(patched(SOUND, SHEET, "central", 24, 150 << 20), "xl/styles.xml", "central", 24, 150 << 20),
                "xl/workbook.xml", "central", 24, 150 << 20), "zip_bomb"),
    "F04 a part larger than it says": (
        patched(patched(SOUND, SHEET, "central", 24, 20), SHEET, "local", 22, 20), "zip_sizes"),
    "F05 too many parts": (many(MAX_ENTRIES), "zip_too_many"),
    "F05 too many parts, few told": (many(MAX_ENTRIES, told=12), "zip_too_many"),
    "F05 a part counted but not there": (many(3, told=99), "damaged_file"),
    "F05 two parts in the same bytes": (overlapping(), "zip_overlap"),
    "F05 one part over the next": (swallowing(), "zip_overlap"),
    "F05 headers that disagree on the size": (patched(SOUND, SHEET, "local", 22, 7), "zip_sizes"),
    "F05 headers that disagree on the packed size": (patched(SOUND, SHEET, "local", 18, 7), "zip_sizes"),
    "F05 a header that leads nowhere": (patched(SOUND, SHEET, "central", 42, len(SOUND) - 40), "damaged_part"),
    "F05 two parts of one name": (doubled(), "zip_duplicate"),
    "F05 another packing method": (pack(good(), zipfile.ZIP_BZIP2), "zip_method"),
    "F06 billion laughs in a sheet": (declared(SHEET, LAUGHS), "xml_declaration"),
    "F06 billion laughs in the shared texts": (declared("xl/sharedStrings.xml", LAUGHS), "xml_declaration"),
    "F06 billion laughs in the list of sheets": (declared("xl/workbook.xml", LAUGHS), "xml_declaration"),
    "F06 billion laughs in the styles": (declared("xl/styles.xml", LAUGHS), "xml_declaration"),
    "F06 billion laughs in the relationships": (declared("_rels/.rels", LAUGHS), "xml_declaration"),
    "F06 billion laughs in UTF-16": (declared(SHEET, LAUGHS, "utf-16"), "xml_declaration"),
    "F06 billion laughs in UTF-16 without a mark": (declared(SHEET, LAUGHS, "utf-16-be"), "xml_declaration"),
    "F07 an outside document type": (declared(SHEET, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x">'), "xml_declaration"),
    "F11 a workbook with a password": (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "F11 a zip with a password": (patched(patched(SOUND, SHEET, "central", 8, 0x80001), SHEET, "local", 6, 0x80001), "zip_password"),
    "F12 .xls": (compound("Workbook"), "kind_xls"),
    "F12 an older .xls": (compound("Book"), "kind_xls"),
    "F13 .et.et": (compound("Workbook"), "kind_et"),
    "F13 comma-separated in UTF-8": ("日期,主题\n2023-03-05,学习\n".encode() * 9000, "kind_text"),
    "F13 comma-separated in GBK": ("日期,主题\n2023-03-05,学习\n".encode("gbk") * 9000, "kind_text"),
    "F13 comma-separated in UTF-16": ("日期\t主题\n".encode("utf-16"), "kind_text"),
    "F13 a web page": ("\ufeff<html><table><tr><td>日期</td></tr></table></html>".encode(), "kind_html"),
    "F13 a web page in an envelope": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "kind_html"),
    "F13 XML 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "kind_xml2003"),
    "F13 .pdf": (b"%PDF-1.7\n%\xe2\xe3", "kind_pdf"),
    "F13 .rar": (b"Rar!\x1a\x07\x01\x00", "kind_archive"),
    "F13 .7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "kind_archive"),
    "F13 .gz": (b"\x1f\x8b\x08\x00", "kind_archive"),
    "F13 a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "kind_picture"),
    "F13 a zip of workbooks": (pack({"第一党支部.xlsx": SOUND}), "kind_archive"),
    "F13 an empty zip": (pack({}), "kind_archive"),
    "F13 noise": (bytes(range(256)), "kind_unknown"),
    "F13 another compound file": (compound("Something"), "kind_unknown"),
    "F14 .docx": (word_file(), "kind_docx"),
    "F14 .doc": (compound("WordDocument"), "kind_doc"),
    "F14 .rtf": (rb"{\rtf1\ansi}", "kind_doc"),
    "F14 .pptx": (foreign("ppt/presentation.xml"), "kind_pptx"),
    "F14 .ppt": (compound("PowerPoint Document"), "kind_ppt"),
    "F14 .ods": (pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "kind_ods"),
    "F14 .xlsb": (foreign("xl/workbook.bin"), "kind_xlsb"),
    "F15 Strict Open XML": (strict(), "strict_format"),
    "F18 no list of sheets": (pack(good(xl__workbook·xml=None)), "part_missing"),
    "F18 no relationships": (pack(good(_rels__·rels=None)), "part_missing"),
    "F18 no relationships of the list": (pack(good(xl___rels__workbook·xml·rels=None)), "part_missing"),
    "F18 no content types": (pack({name: part for name, part in GOOD.items() if name[0] != "["}), "part_missing"),
    "F18 no sheet": (pack(good(xl__worksheets__sheet1·xml=None)), "part_missing"),
    "F18 no shared texts": (pack(good(xl__sharedStrings·xml=None)), "part_missing"),
    "F18 no styles": (pack(good(xl__styles·xml=None)), "part_missing"),
    "F18 too few shared texts": (workbook('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "damaged_part"),
    "F18 a sheet that breaks off": (pack(good(xl__worksheets__sheet1·xml=GOOD[SHEET][:-40])), "damaged_part"),
    "F18 a list of sheets that breaks off": (pack(good(xl__workbook·xml=GOOD["xl/workbook.xml"][:-9])), "damaged_part"),
    "F18 an encoding nobody knows": (pack(good(xl__workbook·xml=GOOD["xl/workbook.xml"].replace("UTF-8", "x-nil"))), "damaged_part"),
    "F18 an address that is none": (workbook('<row r="1"><c r="1A"><v>7</v></c></row>'), "damaged_part"),
    "no sheet at all": (pack(parts({})), "no_sheets"),
    "F61 a name that climbs": (pack(good() | {"../../x.xml": "<x/>"}), "zip_unsafe_name"),
    "F61 a name from the root": (pack(good() | {"/etc/x.xml": "<x/>"}), "zip_unsafe_name"),
    "F61 a name on a drive": (pack(good() | {"C:/x.xml": "<x/>"}), "zip_unsafe_name"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_its_own_sentence_and_left_as_it_was(tmp_path, what):
    data, code = BAD[what]
    name = "台账.et" if what.endswith(".et") else "台账{0}.xlsx"
    path = tmp_path / name
    path.write_bytes(data)
    before = path.stat()
    began = time.perf_counter()
    with pytest.raises(WorkbookError) as excinfo:
        read_book(path)
    assert time.perf_counter() - began < 30
    assert excinfo.value.code == code
    assert name in excinfo.value.message
    assert excinfo.value.hint
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest()
    assert (path.stat().st_mtime_ns, path.stat().st_mode) == (before.st_mtime_ns, before.st_mode)
    assert os.listdir(tmp_path) == [name]


def test_the_sound_workbook_that_the_bad_ones_are_made_from_is_read():
    assert read_bytes(SOUND, "x.xlsx")["sheets"][0]["rows"] == [["日期", 1]]
    assert read_bytes(STORED, "x.xlsx")["sheets"][0]["rows"] == [["日期", 1]]


def refused(data: bytes, name: str = "x.xlsx") -> Refusal:
    with pytest.raises(Refusal) as excinfo:
        read_bytes(data, name)
    return excinfo.value


@pytest.mark.parametrize(
    ("what", "params"),
    [
        ("F01 flipped bytes in a packed part", {"part": SHEET}),
        ("F01 flipped bytes in a stored part", {"part": "xl/sharedStrings.xml"}),
        ("F02 two thirds of a file", {"kilobytes": 1}),
        ("F06 billion laughs in UTF-16", {"part": SHEET}),
        ("F13 comma-separated in UTF-8", {"encoding": "UTF-8"}),
        ("F13 comma-separated in GBK", {"encoding": "GBK"}),
        ("F13 comma-separated in UTF-16", {"encoding": "UTF-16"}),
        ("F18 no styles", {"part": "xl/styles.xml"}),
        ("F18 no sheet", {"part": SHEET}),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(what, params):
    assert refused(BAD[what][0]).params == params


def test_every_code_that_reading_can_give_has_its_sentences_and_a_bad_file():
    sources = [ROOT / "pyxl/outfile.py", *(ROOT / "pyxl/excel").rglob("*.py")]
    raised = re.compile(r'(?:Refusal|WorkbookError|OutputError)\(\s*"(\w+)"')
    codes = {code for source in sources for code in raised.findall(source.read_text(encoding="utf-8"))}
    assert len(codes) > 30
    assert codes - DIALOGS.keys() == set()
    made = {code for _, code in BAD.values()}
    assert {code for code in DIALOGS if code.startswith(("kind_", "zip_"))} - made == set()


def test_every_entry_says_what_happened_and_what_to_do():
    for code, entry in DIALOGS.items():
        assert entry.keys() == {"message", "hint"}, code
        assert entry["message"], code
        assert entry["hint"], code


@pytest.mark.parametrize("what", ["没有.xlsx", "没有/台账.xlsx", "a\0b.xlsx"])
def test_a_missing_file_is_told(tmp_path, what):
    with pytest.raises(WorkbookError) as excinfo:
        read_book(tmp_path / what)
    assert excinfo.value.code == "file_missing"


def test_a_folder_is_told(tmp_path):
    with pytest.raises(WorkbookError) as excinfo:
        read_book(tmp_path)
    assert excinfo.value.code == "is_folder"


def test_a_pipe_is_told_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "台账.xlsx")
    with pytest.raises(WorkbookError) as excinfo:
        read_book(tmp_path / "台账.xlsx", seconds=5)
    assert excinfo.value.code == "not_a_file"


def test_a_file_that_is_too_large_is_told_before_it_is_read(tmp_path):
    path = tmp_path / "台账.xlsx"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(WorkbookError) as excinfo:
        read_book(path)
    assert excinfo.value.code == "file_too_large"


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".~lock.台账.xlsx#"])
def test_a_lock_file_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x05user" + bytes(160))
    with pytest.raises(WorkbookError) as excinfo:
        read_book(tmp_path / name)
    assert excinfo.value.code == "lock_file"


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(5, "io")])
def test_a_file_that_the_system_withholds_is_told(tmp_path, monkeypatch, error):
    from pyxl.excel.closed import preflight

    (tmp_path / "台账.xlsx").write_bytes(SOUND)

    def withheld(*_: object) -> None:
        raise error

    monkeypatch.setattr(preflight, "open", withheld, raising=False)
    with pytest.raises(Refusal) as excinfo:
        preflight.load(str(tmp_path / "台账.xlsx"))
    assert excinfo.value.code == ("file_locked" if isinstance(error, PermissionError) else "file_unreadable")


def test_a_read_only_file_is_read(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(SOUND)
    path.chmod(0o444)
    assert read_book(path).sheets[0].rows == (("日期", 1),)


def test_nothing_that_a_file_asks_for_is_fetched(tmp_path):
    """A server that would notice, and a file whose contents would show."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def serve() -> None:
            connection, address = server.accept()
            calls.append(address)
            connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        secret = tmp_path / "secret"
        secret.write_text("canary")
        for declaration in (f'<!DOCTYPE x SYSTEM "{url}">', f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'):
            for part in GOOD:
                assert refused(declared(part, declaration)).code in ("xml_declaration", "damaged_part")
        with socket.create_connection(server.getsockname()) as client:
            thread.join()
            ours = client.getsockname()
    assert calls == [ours]


def test_a_bomb_is_refused_without_being_inflated():
    data = pack(good(xl__worksheets__sheet1·xml=b"<x>" + bytes(150 << 20)))
    tracemalloc.start()
    try:
        assert refused(data).code == "zip_bomb"
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_inflated_no_further_than_it_says():
    data = pack(good(xl__media__a·bin=bytes(100 << 20)))
    told = 1000
    data = patched(patched(data, "xl/media/a.bin", "central", 24, told), "xl/media/a.bin", "local", 22, told)
    tracemalloc.start()
    try:
        assert refused(data).code == "zip_sizes"
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


def test_a_file_cut_anywhere_is_refused():
    for length in range(len(SOUND)):
        refused(SOUND[:length])


def test_a_file_with_any_byte_changed_is_refused_or_means_the_same():
    expected = read_bytes(SOUND, "x.xlsx")
    random.seed(20230305)
    for at in range(len(SOUND)):
        data = bytearray(SOUND)
        data[at] ^= random.randint(1, 255)
        try:
            assert read_bytes(bytes(data), "x.xlsx") == expected, at
        except Refusal:
            continue


def test_bytes_behind_the_end_and_a_comment_do_no_harm():
    assert read_bytes(SOUND + b"\r\n", "x.xlsx") == read_bytes(SOUND, "x.xlsx")


def test_a_workbook_written_as_a_stream_is_read():
    """Sizes behind the data, and 64-bit fields where none are needed."""
    buffer = io.BytesIO()

    class Stream(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            return buffer.write(data)

    with zipfile.ZipFile(Stream(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in GOOD.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(content.encode())
    assert read_bytes(buffer.getvalue(), "x.xlsx") == read_bytes(SOUND, "x.xlsx")


def test_a_large_archive_end_record_is_read(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    data = pack(good())
    assert b"PK\x06\x06" in data
    assert read_bytes(data, "x.xlsx") == read_bytes(SOUND, "x.xlsx")


def test_parts_are_found_where_the_relationships_lead():
    moved = {
        "[Content_Types].xml": GOOD["[Content_Types].xml"],
        "_rels/.rels": GOOD["_rels/.rels"].replace("xl/workbook.xml", "/BOOK/main.xml"),
        "book/main.xml": GOOD["xl/workbook.xml"],
        "book/_rels/main.xml.rels": GOOD["xl/_rels/workbook.xml.rels"]
        .replace("worksheets/sheet1.xml", "..\\data\\Sheet.xml")
        .replace("sharedStrings.xml", "/texts.xml"),
        "data/sheet.xml": GOOD[SHEET],
        "texts.xml": GOOD["xl/sharedStrings.xml"],
        "book/styles.xml": GOOD["xl/styles.xml"],
    }
    assert read_bytes(pack(moved), "x.xlsx")["sheets"][0]["rows"] == [["日期", 1]]


def test_what_a_package_tells():
    inside = (
        '<workbookPr date1904="1"/>|<definedNames>'
        "<definedName name=\"单位名称\">'基本 信''息'!$C$4</definedName>"
        '<definedName name="区域">表!$B$2:$D$9</definedName>'
        '<definedName name="年度" localSheetId="0">表!$A$1</definedName>'
        '<definedName name="年度">表!$C$3</definedName>'
        '<definedName name="点">$表.$A$1</definedName>'
        '<definedName name="坏">表!#REF!</definedName>'
        '<definedName name="数">3</definedName>'
        '<definedName name="外">[1]表!$A$1</definedName>'
        '<definedName name="走">没有!$A$1</definedName>'
        '<definedName name="_xlnm.Print_Titles">表!$A$1</definedName></definedNames>'
    )
    made = parts({"基本 信'息": sheet(""), "表": sheet("")}, inside=inside, states={"表": "veryHidden"})
    made |= {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<x/>", "xl/connections.xml": "<x/>"}
    package = inspect(pack(made | {"xl/embeddings/a.bin": "x"}), "x.xlsm")
    assert [(each.name, each.state) for each in package.sheets] == [("基本 信'息", "visible"), ("表", "veryHidden")]
    assert package.names == {"单位名称": ("基本 信'息", 4, 3), "区域": ("表", 2, 2), "年度": ("表", 3, 3)}
    assert package.date1904
    assert package.notes == ("has_macros", "external_links", "connections", "embedded_objects")


def test_every_note_has_its_words():
    notes = tomllib.loads((ROOT / "pyxl/text/words.toml").read_text(encoding="utf-8"))["notes"]
    known = {"has_macros", "external_links", "connections", "embedded_objects", "open_elsewhere"}
    assert known <= notes.keys()


def test_a_chart_sheet_is_no_sheet_of_cells():
    made = parts({"表": sheet(ROWS), "图": sheet("")}, ["<t>日期</t>"])
    rels = made["xl/_rels/workbook.xml.rels"].replace(
        'worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2'
    )
    assert [each.name for each in inspect(pack(made | {"xl/_rels/workbook.xml.rels": rels}), "x.xlsx").sheets] == ["表"]


def test_a_real_workbook_passes():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("主题党日").write("A1", "日期")
        book.define_name("单位名称", "=主题党日!$A$1")
    package = inspect(buffer.getvalue(), "x.xlsx")
    assert [tuple(each) for each in package.sheets] == [("主题党日", SHEET, "visible")]
    assert package.names == {"单位名称": ("主题党日", 1, 1)}
    assert not package.date1904
    assert package.notes == ()
