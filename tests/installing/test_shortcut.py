"""The shortcuts that are sent a ledger: field by field, as [MS-SHLLINK] lays them out."""

from __future__ import annotations

import struct

import pytest

from pyxl.installing.shortcut import shortcut

TARGET = r"C:\Profiles\党员 甲\AppData\Local\pyxl\python\pythonw.exe"
EXPANDABLE = r"%LOCALAPPDATA%\pyxl\python\pythonw.exe"
ARGUMENTS = "-X utf8 -B -m pyxl.cli.dropped check"


@pytest.fixture
def link() -> bytes:
    return shortcut(TARGET, EXPANDABLE, ARGUMENTS, "党支部工作-校验")


def items(link: bytes) -> list[bytes]:
    """The entries of the target's list, each without its length."""
    place, end = 78, 78 + struct.unpack_from("<H", link, 76)[0]
    found = []
    while size := struct.unpack_from("<H", link, place)[0]:
        found.append(link[place + 2 : place + size])
        place += size
    assert place + 2 == end
    return found


def full_name(item: bytes) -> str:
    """The name in the extension block, which stands where the item's last two bytes say."""
    start = struct.unpack("<H", item[-2:])[0] - 2
    size, version, signature = struct.unpack_from("<HHI", item, start)
    assert (size, version, signature) == (len(item) - start, 3, 0xBEEF0004)
    return item[start + 20 : -4].decode("utf-16-le")


def after_list(link: bytes) -> tuple[str, str, bytes]:
    """Description, arguments, and the blocks behind them."""
    place = 78 + struct.unpack_from("<H", link, 76)[0]
    texts = []
    for _ in range(2):
        length = 2 * struct.unpack_from("<H", link, place)[0]
        texts.append(link[place + 2 : place + 2 + length].decode("utf-16-le"))
        place += 2 + length
    return texts[0], texts[1], link[place:]


def test_the_header_is_that_of_a_shortcut_to_a_file_in_unicode(link):
    size, kind, flags, attributes = struct.unpack_from("<I16sII", link)
    assert (size, kind.hex()) == (0x4C, "0114020000000000c000000000000046")
    assert flags == 0x1 | 0x4 | 0x20 | 0x80 | 0x100 | 0x200  # list, name, arguments, Unicode, no info, variable
    assert attributes == 0x20
    assert struct.unpack_from("<I", link, 60)[0] == 1  # a normal window


def test_the_target_is_listed_from_the_computer_down_to_the_file(link):
    computer, drive, *path = items(link)
    assert computer.hex() == "1f50e04fd020ea3a6910a2d808002b30309d"
    assert drive.startswith(b"/C:\\\0")
    assert len(drive) == 23
    assert [item[0] for item in path] == [0x31] * 6 + [0x32]
    assert [full_name(item) for item in path] == TARGET.split("\\")[1:]


def test_programs_of_old_find_a_name_in_ascii(link):
    names = [item[12:].partition(b"\0")[0] for item in items(link)[2:]]
    assert names == [b"Profiles", b"__ _", b"AppData", b"Local", b"pyxl", b"python", b"pythonw.exe"]


def test_the_words_for_the_program_stand_before_the_files_that_are_dropped(link):
    description, arguments, _ = after_list(link)
    assert (description, arguments) == ("党支部工作-校验", ARGUMENTS)


def test_the_path_with_the_variable_does_not_depend_on_the_users_name(link):
    *_, blocks = after_list(link)
    size, signature = struct.unpack_from("<II", blocks)
    assert (size, signature, len(blocks)) == (788, 0xA0000001, 792)
    assert blocks[8:268].rstrip(b"\0") == EXPANDABLE.encode()
    assert blocks[268:788].decode("utf-16-le").rstrip("\0") == EXPANDABLE
    assert blocks[788:] == bytes(4)


@pytest.mark.parametrize("target", [r"\\server\share\pythonw.exe", "pythonw.exe", r"C:pythonw.exe"])
def test_a_target_that_is_on_no_drive_is_refused(target):
    with pytest.raises(ValueError, match="pythonw"):
        shortcut(target, EXPANDABLE, ARGUMENTS, "")


@pytest.mark.parametrize("expandable", [r"%LOCALAPPDATA%\党\pythonw.exe", "x" * 260])
def test_a_variable_path_that_the_block_cannot_hold_is_refused(expandable):
    with pytest.raises(ValueError):
        shortcut(TARGET, expandable, ARGUMENTS, "")
