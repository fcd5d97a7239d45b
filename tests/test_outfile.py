from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.errors import OutputError
from pyxl.outfile import deliver, deliver_bytes, free_name, holds_the_same, safe_stem, sweep

ROOT = Path(__file__).parent.parent


def writes(content: bytes):
    return lambda path: path.write_bytes(content)


def accepts(path: Path) -> None:
    assert path.stat().st_size


def refuses(path: Path) -> None:
    raise ValueError(path.name)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def code_of(excinfo: pytest.ExceptionInfo[OutputError]) -> str:
    assert excinfo.value.message
    assert excinfo.value.hint
    return excinfo.value.code


def test_a_result_gets_its_name_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "总结.docx"
    assert deliver(target, writes(b"new"), accepts) == target
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["总结.docx"]


def test_while_it_is_written_it_has_a_hidden_name_in_the_same_folder(tmp_path):
    seen: list[tuple[str, list[str]]] = []

    def write(path: Path) -> None:
        path.write_bytes(b"new")
        seen.append((path.name, names(tmp_path)))

    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    deliver(target, write, lambda path: seen.append((path.name, [target.read_bytes().decode()])))
    (name, folder), (verified, content) = seen
    assert name.startswith(".")
    assert name.endswith(".part")
    assert folder == sorted([name, "总结.docx"])
    assert verified == name
    assert content == ["old"]


@pytest.mark.parametrize(("write", "verify"), [(refuses, accepts), (writes(b"half"), refuses)])
def test_a_failure_of_ours_leaves_the_old_file_and_no_half_made_one(tmp_path, write, verify):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match=r"\.part"):
        deliver(target, write, verify)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["总结.docx"]


def test_an_interruption_leaves_the_old_file_and_no_half_made_one(tmp_path):
    def interrupted(path: Path) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        deliver(target, interrupted, accepts)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["总结.docx"]


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "pathlib.Path.replace", "write", "verify"])
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "output_disk_full"),
        (errno.EDQUOT, "output_disk_full"),
        (errno.ENAMETOOLONG, "output_path_too_long"),
        (errno.EROFS, "output_no_permission"),
        (errno.EIO, "output_failed"),
    ],
)
def test_whatever_the_file_system_refuses_and_when_has_its_sentence(tmp_path, monkeypatch, step, number, code):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    if "." in step:
        monkeypatch.setattr(step, fail)
    write, verify = fail if step == "write" else writes(b"new"), fail if step == "verify" else accepts
    with pytest.raises(OutputError) as excinfo:
        deliver(target, write, verify)
    monkeypatch.undo()
    assert code_of(excinfo) == code
    assert "总结.docx" in excinfo.value.message
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["总结.docx"]


def test_a_target_that_is_open_elsewhere_is_told_after_some_patience(tmp_path, monkeypatch):
    attempts: list[Path] = []

    def locked(self: Path, target: Path) -> None:
        attempts.append(target)
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    monkeypatch.setattr("pyxl.outfile.sleep", lambda _: None)
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path / "总结.docx", writes(b"new"), accepts)
    assert code_of(excinfo) == "output_locked"
    assert len(attempts) == 4
    assert names(tmp_path) == []


def test_a_target_that_is_held_only_for_a_moment_is_written(tmp_path, monkeypatch):
    rename, failures = Path.replace, [PermissionError(errno.EACCES, "scanned")]

    def scanned(self: Path, target: Path) -> Path:
        if failures:
            raise failures.pop()
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", scanned)
    deliver(tmp_path / "总结.docx", writes(b"new"), accepts)
    assert (tmp_path / "总结.docx").read_bytes() == b"new"


def test_a_missing_folder_is_told_and_not_made(tmp_path):
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path / "没有" / "总结.docx", writes(b"new"), accepts)
    assert code_of(excinfo) == "output_folder_missing"
    assert names(tmp_path) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path / "文件" / "总结.docx", writes(b"new"), accepts)
    assert code_of(excinfo) == "output_folder_missing"


def test_a_folder_in_place_of_the_target_is_told(tmp_path):
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path, writes(b"new"), accepts)
    assert code_of(excinfo) == "output_is_folder"


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path / f"{'长' * 100}.docx", writes(b"new"), accepts)
    assert code_of(excinfo) == "output_path_too_long"
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_file_is_told(tmp_path, monkeypatch):
    def denied(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("os.open", denied)
    with pytest.raises(OutputError) as excinfo:
        deliver(tmp_path / "总结.docx", writes(b"new"), accepts)
    assert code_of(excinfo) == "output_no_permission"
    assert str(tmp_path) in excinfo.value.message


def test_a_read_only_target_is_told(tmp_path, monkeypatch):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr("os.access", lambda path, mode: (path, mode) != (target, os.W_OK))
    with pytest.raises(OutputError) as excinfo:
        deliver(target, writes(b"new"), accepts)
    assert code_of(excinfo) == "output_no_permission"
    assert target.read_bytes() == b"old"


def test_no_input_is_overwritten_under_whatever_name(tmp_path):
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(b"ledger")
    (tmp_path / "链接.xlsx").symlink_to(ledger)
    (tmp_path / "硬链接.xlsx").hardlink_to(ledger)
    (tmp_path / "里").mkdir()
    for target in (ledger, tmp_path / "里" / ".." / "台账.xlsx", tmp_path / "链接.xlsx", tmp_path / "硬链接.xlsx"):
        with pytest.raises(OutputError) as excinfo:
            deliver(target, writes(b"new"), accepts, inputs=[tmp_path / "模板.docx", ledger])
        assert code_of(excinfo) == "output_is_input"
    assert ledger.read_bytes() == b"ledger"


def test_a_link_as_target_stays_a_link(tmp_path):
    real, link = tmp_path / "真.docx", tmp_path / "链接.docx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert deliver(link, writes(b"new"), accepts) == link
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_replaced_file_keeps_its_rights(tmp_path):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    deliver(target, writes(b"new"), accepts)
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_killed_program_leaves_the_old_file_and_a_part_that_can_be_named(tmp_path):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"old")
    code = (
        "import os, sys; from pathlib import Path; from pyxl.outfile import deliver\n"
        "deliver(Path(sys.argv[1]), lambda path: (path.write_bytes(b'half'), os.kill(os.getpid(), 9)), print)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert target.read_bytes() == b"old"
    (part,) = tmp_path.glob(".pyxl-*.part")
    assert part.read_bytes() == b"half"
    assert names(tmp_path) == sorted(["总结.docx", part.name])


def test_what_a_killed_program_has_left_goes_after_a_day_and_nothing_else(tmp_path):
    names_ = (".pyxl-0123456789ab.part", ".pyxl-0123456789ac.part", ".pyxl-mine.part", "pyxl-0123456789ab.part")
    for name, age in zip(names_, (90_000, 80_000, 90_000, 90_000), strict=True):
        (tmp_path / name).write_bytes(b"half")
        then = time.time() - age
        os.utime(tmp_path / name, (then, then))
    deliver(tmp_path / "总结.docx", writes(b"new"), accepts)
    assert names(tmp_path) == sorted(["总结.docx", *names_[1:]])


def test_who_writes_many_files_sweeps_once(tmp_path):
    left = tmp_path / ".pyxl-0123456789ab.part"
    left.write_bytes(b"half")
    os.utime(left, (time.time() - 90_000,) * 2)
    deliver(tmp_path / "甲.docx", writes(b"new"), accepts, swept=True)
    assert names(tmp_path) == sorted(["甲.docx", left.name])
    sweep(tmp_path)
    assert names(tmp_path) == ["甲.docx"]


def test_a_free_name_counts_up(tmp_path):
    path = tmp_path / "总结{0}.docx"
    expected = ["总结{0}.docx", "总结{0}（2）.docx", "总结{0}（3）.docx"]
    for name in expected:
        free = free_name(path)
        assert free == tmp_path / name
        free.write_bytes(b"")
    assert names(tmp_path) == sorted(expected)


def test_a_dangling_link_bears_its_name_too(tmp_path):
    (tmp_path / "总结.docx").symlink_to(tmp_path / "没有")
    assert free_name(tmp_path / "总结.docx").name == "总结（2）.docx"


@pytest.mark.parametrize(
    "text", ["第一党支部", "2023年上半年党支部工作总结", "甲 & 乙", "a.b", "䶮𠮷", "A-1_（草稿）", "长" * 66]
)
def test_a_good_name_stays_as_it_is(text):
    assert safe_stem(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "..", "a/b", "..\\..\\x", "C:\\x", "C:x", "a\0b", "a\nb", '<>:"|?*', "尾点.", "尾空格 ", " 头空格",
        ".隐藏", "~$台账", "CON", "con", "NUL.txt", "NUL .txt", "COM1", "COM\u00b9", "LPT\u00b3.x", "CONIN$", "AUX.",
        "\u202egnp.exe", "\ud800", "\ufffe", "e\u0301", "\uf9d1", "长" * 67, "a" * 81, "\u3000全角空格\u3000",
    ],
)  # fmt: skip
def test_a_bad_name_is_mended_and_marked(text):
    stem = safe_stem(text)
    assert stem != text
    assert is_safe(stem)
    assert safe_stem(stem) == stem


def is_safe(stem: str) -> bool:
    """What Windows, Linux and a sync program accept, in words of its own."""
    reserved = PureWindowsPath(stem).is_reserved() or PureWindowsPath(f"{stem}.docx").is_reserved()
    characters = all(c not in '<>:"/\\|?*' and unicodedata.category(c) not in ("Cc", "Cs") for c in stem)
    return (
        not reserved
        and characters
        and 0 < len(stem) <= 80
        and len(stem.encode()) <= 200
        and stem == stem.strip()
        and not stem.startswith((".", "~$"))
        and not stem.endswith(".")
        and unicodedata.is_normalized("NFC", stem)
    )


NAMES = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from('./\\:*?"<>|~$ \t\n\0\u3000\u202e\u0301CONULcom1\u00b9党支部'),
    ),
    max_size=100,
)


@settings(deadline=None)
@given(NAMES)
def test_any_text_becomes_a_name_that_stays_in_its_folder(text):
    stem = safe_stem(text)
    assert is_safe(stem)
    assert safe_stem(stem) == stem
    root = Path("/out").resolve()
    assert (root / f"{stem}.docx").resolve().parent == root
    assert PureWindowsPath(f"{stem}.docx").name == f"{stem}.docx"


@settings(deadline=None)
@given(st.lists(NAMES, unique=True, max_size=20))
def test_two_texts_never_share_a_name(texts):
    assert len({safe_stem(text) for text in texts}) == len(texts)


@settings(deadline=None)
@given(NAMES, st.integers(0, 99))
def test_names_that_differ_in_what_is_dropped_stay_apart(text, place):
    other = text[:place] + "/" + text[place:]
    assert safe_stem(text) != safe_stem(other)


def test_a_file_that_holds_the_same_need_not_be_passed_over(tmp_path):
    made, there, second = tmp_path / "new" / "甲.docx", tmp_path / "甲.docx", tmp_path / "甲（2）.docx"
    made.parent.mkdir()
    made.write_bytes(b"same")
    assert free_name(there, like=made) == there
    there.write_bytes(b"same")
    assert free_name(there, like=made) == there
    there.write_bytes(b"edit")
    assert free_name(there, like=made) == second
    second.mkdir()  # a folder holds nothing that could be compared
    assert not holds_the_same(second, made)
    assert free_name(there, like=made) == tmp_path / "甲（3）.docx"


def test_anew_a_result_takes_the_first_free_name_and_no_rights_of_the_old_one(tmp_path):
    old = tmp_path / "总结.docx"
    old.write_bytes(b"old")
    old.chmod(0o400)
    written = deliver(old, writes(b"new"), accepts, anew=True)
    assert (written.name, written.read_bytes(), old.read_bytes()) == ("总结（2）.docx", b"new", b"old")
    assert written.stat().st_mode & 0o200
    assert names(tmp_path) == ["总结.docx", "总结（2）.docx"]


@pytest.mark.parametrize("links", [True, False])
def test_anew_what_takes_the_name_in_the_meantime_is_not_replaced(tmp_path, monkeypatch, links):
    """Two of us look for a free name at the same moment; some file systems have no second names."""
    target = tmp_path / "总结.docx"

    def write(path: Path) -> None:
        path.write_bytes(b"mine")
        target.write_bytes(b"yours")

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert deliver(target, write, accepts, anew=True) == tmp_path / "总结（2）.docx"
    assert target.read_bytes() == b"yours"
    assert (tmp_path / "总结（2）.docx").read_bytes() == b"mine"


def test_anew_even_between_the_look_and_the_naming(tmp_path, monkeypatch):
    target, link = tmp_path / "总结.docx", Path.hardlink_to

    def late(path: Path, temporary: Path) -> None:
        target.write_bytes(b"yours")
        link(path, temporary)

    monkeypatch.setattr(Path, "hardlink_to", late)
    assert deliver(target, writes(b"mine"), accepts, anew=True) == tmp_path / "总结（2）.docx"
    assert target.read_bytes() == b"yours"
    assert names(tmp_path) == ["总结.docx", "总结（2）.docx"]


def test_a_link_that_leads_to_itself_is_told(tmp_path):
    loop = tmp_path / "总结.docx"
    loop.symlink_to(loop)
    with pytest.raises(OutputError) as excinfo:
        deliver(loop, writes(b"new"), accepts)
    assert code_of(excinfo) == "output_failed"


def test_bytes_are_read_back_and_may_be_asked_for_more(tmp_path):
    path = tmp_path / "甲.txt"
    assert deliver_bytes(path, b"one") == path
    asked = []
    assert deliver_bytes(path, b"two", lambda hidden: asked.append(hidden.read_bytes())) == path
    assert (path.read_bytes(), asked) == (b"two", [b"two"])
    assert deliver_bytes(path, b"three", anew=True) == tmp_path / "甲（2）.txt"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["甲.txt", "甲（2）.txt"]


def test_bytes_that_do_not_read_back_as_they_are_get_no_name(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"on")
    with pytest.raises(OutputError) as caught:
        deliver_bytes(tmp_path / "甲.txt", b"one")
    assert caught.value.code == "document_unreadable"
    assert list(tmp_path.iterdir()) == []
