"""Nothing that somebody else has packed gets out of the folder that it is unpacked into."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile

import pytest

from pyxl.bundling.archives import entry_of_tar, is_safe_name, unpacked_zip
from pyxl.errors import InstallError


def a_zip(*entries: tuple[str | zipfile.ZipInfo, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return buffer.getvalue()


def a_tar(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


UNSAFE = [
    "../x", "a/../../x", "/x", "//server/x", "C:/x", "C:x", "a\\b", "a/", "./x", "a//b", "a/..", "x.", "x ", "a./b",
    "nul", "a/CON.txt", "com1.dll", "LPT9", "x:Zone.Identifier", "a?b", "a*", 'a"b', "a|b", "a\x01b", "",
]  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE)
def test_a_name_that_leads_elsewhere_or_means_something_else_on_windows_is_unsafe(name):
    assert not is_safe_name(name)


@pytest.mark.parametrize("name", ["x", "a/b.py", "党支部 工具&1/台账.xlsx", ".hidden", "console.py", "a/auxiliary.txt"])
def test_a_plain_name_below_the_folder_is_safe(name):
    assert is_safe_name(name)


@pytest.mark.parametrize("name", ["../x", "/x", "C:/x", "nul"])
def test_an_archive_with_such_a_name_is_refused_as_a_whole(name):
    with pytest.raises(InstallError) as caught:
        unpacked_zip(a_zip(("fine.py", "1"), (name, "2")), "x.whl")
    assert caught.value.code == "archive_unsafe"
    assert caught.value.params == {"file": "x.whl", "part": name}


def test_two_files_of_one_name_on_windows_are_refused():
    with pytest.raises(InstallError) as caught:
        unpacked_zip(a_zip(("A.py", "1"), ("a.py", "2")), "x.whl")
    assert caught.value.code == "archive_unsafe"


def test_a_link_is_refused():
    entry = zipfile.ZipInfo("link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(InstallError) as caught:
        unpacked_zip(a_zip((entry, "../outside")), "x.whl")
    assert caught.value.code == "archive_unsafe"


def test_an_archive_that_swells_is_refused_before_it_is_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", bytes(1024))
    content = bytearray(buffer.getvalue())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (300 * 1024**2).to_bytes(4, "little")
    with pytest.raises(InstallError) as caught:
        unpacked_zip(bytes(content), "x.whl")
    assert caught.value.code == "archive_unsafe"


def test_files_come_out_by_name_and_folders_do_not():
    assert unpacked_zip(a_zip(("a/", ""), ("a/b", "1")), "x.whl") == {"a/b": b"1"}


# the names of the cases must not hold an archive's bytes: those have the moment in them that they were made
@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", a_zip(("a", "some text"))[:60]], ids=["empty", "no zip", "cut off"]
)
def test_a_damaged_archive_is_told(content):
    with pytest.raises(InstallError) as caught:
        unpacked_zip(content, "x.whl")
    assert caught.value.code == "archive_damaged"


def test_of_a_source_package_one_file_is_taken():
    content = a_tar(("pkg-1.0/setup.py", b"run me"), ("pkg-1.0/src/data.zip", b"data"))
    assert entry_of_tar(content, "x.tar.gz", "src/data.zip") == b"data"


@pytest.mark.parametrize(
    ("content", "code"),
    [(a_tar(("pkg/x", b"1")), "archive_lacks"), (b"no tar", "archive_damaged")],
    ids=["without it", "no tar"],
)
def test_a_source_package_without_it_is_refused(content, code):
    with pytest.raises(InstallError) as caught:
        entry_of_tar(content, "x.tar.gz", "src/data.zip")
    assert caught.value.code == code
