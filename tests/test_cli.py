"""The command line as users and programs meet it: whole processes, their streams and exit codes."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.word.documents import texts

ROOT = Path(__file__).parent.parent
LATIN_WORDS = re.compile(r"[A-Za-z]{3,}")
KNOWN_LATIN = re.compile(r"pyxl(?: [a-z]+)?|--[a-z]+|xlsx|docx|[A-Za-z0-9_-]+\.log|/\S+")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def pyxl(
    *words: object, folder: Path, flags: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own, in `folder`, its streams decoded as UTF-8."""
    command = [sys.executable, *flags, "-m", "pyxl", *map(str, words)]
    done = subprocess.run(
        command, cwd=folder, env=environment(**variables), capture_output=True, check=False, timeout=120
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return subprocess.CompletedProcess(command, done.returncode, out, err)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """What `pyxl demo` leaves in a folder with a Chinese name and a space, and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "我的 台账"
    folder.mkdir()
    return folder / "pyxl-demo", pyxl("demo", folder=folder)


@pytest.fixture
def ledger(demo, tmp_path) -> Path:
    """A copy of the sample ledger, alone in its folder."""
    (source,) = demo[0].glob("*.xlsx")
    return Path(shutil.copy(source, tmp_path / "台账.xlsx"))


@pytest.fixture
def faulty(ledger) -> tuple[Path, str]:
    """A ledger in which one theme day has more people present than are due, and the cell of 实到."""
    book = openpyxl.load_workbook(ledger)
    sheet = book["主题党日"]
    header = next(row for row in sheet.iter_rows(max_row=10) if {"应到", "实到"} <= {cell.value for cell in row})
    columns = {cell.value: cell.column for cell in header}
    cell = sheet.cell(header[0].row + 1, columns["实到"])
    cell.value = sheet.cell(header[0].row + 1, columns["应到"]).value + 5
    book.save(ledger)
    book.close()
    return ledger, cell.coordinate


def test_demo_leaves_a_ledger_and_a_document_and_names_them(demo):
    folder, done = demo
    assert (done.returncode, done.stderr) == (0, "")
    (book,), (document,) = folder.glob("*.xlsx"), folder.glob("*.docx")
    assert book.name in done.stdout.splitlines()[-1]
    assert document.name in done.stdout.splitlines()[-1]
    assert [line.split("：")[0] for line in done.stdout.splitlines()[:4]] == ["示例台账", "校验", "汇总", "总结"]


def test_demo_may_be_run_again(demo, tmp_path):
    assert pyxl("demo", tmp_path / "甲", folder=tmp_path).returncode == 0
    first = {path.name: digest(path) for path in (tmp_path / "甲").iterdir()}
    assert pyxl("demo", tmp_path / "甲", folder=tmp_path).returncode == 0
    assert {path.name: digest(path) for path in (tmp_path / "甲").iterdir()} == first


def test_check_json_is_the_only_thing_on_standard_output(ledger):
    before = digest(ledger)
    done = pyxl("check", ledger, "--json", folder=ledger.parent)
    page = json.loads(done.stdout)
    assert set(page) == {"unit", "period", "rows", "issues"}
    assert set(page["rows"]) == {"read", "counted", "excluded", "error"}
    rows = page["rows"]
    assert rows["read"] == rows["counted"] + rows["excluded"] + rows["error"] > 0
    for issue in page["issues"]:
        assert set(issue) == {"code", "severity", "sheet", "cell", "message", "hint"}
        assert issue["severity"] in {"error", "warning", "hint"}
    assert (done.returncode, done.stderr) == (0, "")
    assert digest(ledger) == before


def test_an_error_level_issue_leaves_1_and_names_its_cell(faulty):
    path, cell = faulty
    done = pyxl("check", path, "--json", folder=path.parent)
    errors = [issue for issue in json.loads(done.stdout)["issues"] if issue["severity"] == "error"]
    assert done.returncode == 1
    assert [(issue["sheet"], issue["cell"]) for issue in errors] == [("主题党日", cell)]


def test_check_in_words_lists_counts_issues_and_rows(faulty):
    path, cell = faulty
    done = pyxl("check", path, folder=path.parent)
    assert done.returncode == 1
    assert re.search(r"^错误 1 · 提醒 \d+ · 建议 \d+$", done.stdout, re.MULTILINE)
    assert re.search(rf"^错误 主题党日!{cell}（", done.stdout, re.MULTILINE)
    assert re.search(r"^读到 \d+ 行：计入 \d+，未计入 \d+，有错 1$", done.stdout, re.MULTILINE)
    assert done.stdout.splitlines()[-1] == f"请改好 1 处错误，保存后再校验：pyxl check {path}"
    assert "\x1b" not in done.stdout


def test_totals_json_counts_every_activity(ledger):
    done = pyxl("totals", ledger, "--json", folder=ledger.parent)
    assert done.returncode == 0
    page = json.loads(done.stdout)
    assert set(page) == {"unit", "period", "figures"}
    counts = {figure["activity"]: figure for figure in page["figures"] if figure["name"] == "次数"}
    assert {figure["activity"] for figure in page["figures"]} == set(counts)
    assert counts["主题党日"]["value"] == len(counts["主题党日"]["rows"]) > 0
    assert all(re.fullmatch(r"主题党日!\d+", row) for row in counts["主题党日"]["rows"])


def test_another_period_gives_other_figures(ledger):
    page = json.loads(pyxl("totals", ledger, "--json", "--period", "2023Q1", folder=ledger.parent).stdout)
    half = json.loads(pyxl("totals", ledger, "--json", folder=ledger.parent).stdout)
    count = {
        p["period"]: {f["activity"]: f["value"] for f in p["figures"] if f["name"] == "次数"} for p in (page, half)
    }
    assert set(count) == {"2023Q1", "2023H1"}
    assert count["2023Q1"]["主题党日"] < count["2023H1"]["主题党日"]


def test_report_writes_beside_the_ledger_and_leaves_it_as_it_was(ledger):
    before = digest(ledger)
    done = pyxl("report", ledger, folder=ledger.parent.parent)
    assert done.returncode == 0
    (document,) = ledger.parent.glob("*.docx")
    assert done.stdout.splitlines()[-1] == f"已生成总结：{document}"
    assert digest(ledger) == before


def test_report_refuses_while_errors_stand_and_writes_nothing(faulty):
    path, cell = faulty
    done = pyxl("report", path, "-o", "总结.docx", folder=path.parent)
    assert done.returncode == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert f"错误 主题党日!{cell}（" in done.stdout
    assert "--draft" in done.stdout.splitlines()[-1]


def test_a_draft_is_written_all_the_same(faulty):
    path, _ = faulty
    done = pyxl("report", path, "-o", "样子.docx", "--draft", folder=path.parent)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "已生成草稿：样子.docx"
    assert (path.parent / "样子.docx").is_file()


def test_a_workbook_of_results_is_written_and_says_what_check_says(faulty):
    path, cell = faulty
    before = digest(path)
    done = pyxl("check", path, "-o", "结果.xlsx", folder=path.parent)
    assert done.returncode == 1
    assert "校验结果已写成工作簿：结果.xlsx" in done.stdout.splitlines()
    sheet = openpyxl.load_workbook(path.parent / "结果.xlsx")["校验结果"]
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == ["错误", "主题党日", cell]
    assert sheet["C4"].hyperlink.target == "台账.xlsx"
    assert digest(path) == before


def test_the_preview_says_word_for_word_what_the_document_says(ledger):
    done = pyxl("preview", ledger, folder=ledger.parent)
    assert (done.returncode, done.stderr) == (0, "")
    pyxl("report", ledger, "-o", "总结.docx", folder=ledger.parent)
    document = [text.replace("\n", "") for text in texts((ledger.parent / "总结.docx").read_bytes()) if text.strip()]
    assert done.stdout.splitlines() == document


def test_new_makes_a_ledger_that_check_can_read(tmp_path):
    done = pyxl("new", "台账.xlsx", "--year", "2024", "--unit", "第二党支部", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    page = json.loads(pyxl("check", "台账.xlsx", "--json", folder=tmp_path).stdout)
    assert page["unit"] == "第二党支部"
    assert page["period"].startswith("2024")
    assert page["rows"] == {"read": 0, "counted": 0, "excluded": 0, "error": 0}


def test_new_never_overwrites(ledger):
    before = digest(ledger)
    done = pyxl("new", ledger, folder=ledger.parent)
    assert done.returncode == 2
    assert ledger.name in done.stderr
    assert digest(ledger) == before


def test_built_files_are_what_their_sources_build():
    done = pyxl("build", "--check", folder=ROOT)
    assert (done.returncode, done.stdout) == (0, "已是最新\n")


def wrong_files(folder: Path, ledger: Path) -> dict[str, Path]:
    """Files that are no ledger, each as it may arrive."""
    made = {name: folder / name for name in ("不存在.xlsx", "空.xlsx", "文字.csv", "截断.xlsx", "别的.xlsx")}
    made["空.xlsx"].touch()
    made["文字.csv"].write_text("日期,主题\n2023-01-01,学习\n", encoding="gbk")
    made["截断.xlsx"].write_bytes(ledger.read_bytes()[: ledger.stat().st_size * 2 // 3])
    book = openpyxl.Workbook()
    book.active["A1"] = "采购清单"
    book.save(made["别的.xlsx"])
    made["文件夹"] = folder / "文件夹"
    made["文件夹"].mkdir()
    return made


@pytest.mark.parametrize("verb", ["check", "totals", "preview", "report"])
@pytest.mark.parametrize("name", ["不存在.xlsx", "空.xlsx", "文字.csv", "截断.xlsx", "别的.xlsx", "文件夹"])
def test_a_wrong_file_is_one_chinese_sentence_with_the_next_step(verb, name, ledger, tmp_path):
    folder = tmp_path / "wrong"
    folder.mkdir()
    path = wrong_files(folder, ledger)[name]
    before = digest(path) if path.is_file() else None
    listing = sorted(folder.iterdir())
    done = pyxl(verb, path, folder=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    sentence, hint = done.stderr.splitlines()
    assert name in sentence
    assert hint
    assert before is None or digest(path) == before
    assert sorted(folder.iterdir()) == listing


@pytest.mark.parametrize(
    "words", [["frob"], ["check"], ["check", "a", "b"], ["--frob"], ["check", "a.xlsx", "--period"], ["report", "-o"]]
)
def test_a_wrong_command_leaves_2_and_says_no_english_word(words, tmp_path):
    done = pyxl(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    rest = KNOWN_LATIN.sub("", done.stderr.replace("frob", ""))
    assert LATIN_WORDS.findall(rest) == []


def test_a_wrong_period_leaves_2(ledger):
    done = pyxl("check", ledger, "--period", "2023H3", folder=ledger.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "2023H3" in done.stderr


def test_a_missing_catalogue_folder_leaves_2(ledger):
    done = pyxl("check", ledger, "--catalogue", "没有", folder=ledger.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有" in done.stderr


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_output_is_utf8_in_every_locale(ledger, variables):
    # In a checkout with a Chinese name Python itself trips over its .pth files in such a locale: none are read.
    paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    options = {"folder": ledger.parent, "flags": ("-S",), "PYTHONPATH": paths}
    plain = pyxl("check", ledger, **options, LC_ALL="C.UTF-8")
    other = pyxl("check", ledger, **options, **variables)
    assert plain.returncode == 0
    assert (other.returncode, other.stdout) == (0, plain.stdout)


def test_a_reader_who_leaves_early_is_no_failure(ledger):
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "pyxl", "totals", str(ledger)]
    done = subprocess.run(command, env=environment(), stdout=write, stderr=subprocess.PIPE, check=False, timeout=120)
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


def test_a_terminal_gets_a_table_in_colour(faulty):
    path, cell = faulty
    master, slave = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "pyxl", "check", str(path)],
        env=environment(TERM="xterm-256color", COLUMNS="120"),
        stdout=slave,
        stderr=subprocess.PIPE,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    assert done.wait(timeout=120) == 1
    assert done.stderr is not None
    assert done.stderr.read() == b""
    done.stderr.close()
    text = shown.decode("utf-8")
    assert "\x1b[" in text
    assert re.search(r"级别.*位置.*填的是.*问题.*怎么改", text)
    assert f"主题党日!{cell}" in text


HEAVY = ["docx", "docxtpl", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "rich", "xlsxwriter", "xlwings"]
# what only collecting and submitting need, and what comes with it
ELSEWHERE = ["concurrent.futures", "logging", "pyxl.collecting", "pyxl.core.consolidation", "pyxl.core.matching",
             "pyxl.core.mentions", "pyxl.core.placing", "pyxl.core.received", "pyxl.core.submission"]  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "totals", "preview", "report"])
def test_the_path_of_a_click_loads_nothing_heavy(verb, ledger):
    assert _loaded(verb, ledger, HEAVY) == "0 []"


@pytest.mark.parametrize("verb", ["check", "totals", "preview", "report"])
def test_the_path_of_a_click_loads_nothing_of_other_verbs(verb, ledger):
    assert _loaded(verb, ledger, ELSEWHERE) == "0 []"


def _loaded(verb, ledger, names):
    """The exit code of a verb in a process of its own, and which of these modules it has imported."""
    code = (
        "import sys\nfrom pyxl.cli import main\n"
        f"code = main([{verb!r}, {str(ledger)!r}])\n"
        f"loaded = [name for name in {names!r} if name in sys.modules]\n"
        "sys.exit(f'{code} {loaded}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False, timeout=120
    )
    return done.stderr.strip()
