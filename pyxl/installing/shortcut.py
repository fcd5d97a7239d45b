"""How is a shortcut (.lnk) written that starts a program with words of ours before the files dropped on it?

[MS-SHLLINK], without asking Windows' own COM object: that way it can be written and read back anywhere.
The target is named twice: as the shell's own list of folders, and as a path that begins with a variable
and so holds no user's name, whatever his characters.
"""

from __future__ import annotations

import struct
from pathlib import PureWindowsPath

__all__ = ["shortcut"]

_HEADER_SIZE = 0x4C
_CLASS = bytes.fromhex("0114020000000000c000000000000046")
_COMPUTER = bytes.fromhex("e04fd020ea3a6910a2d808002b30309d")

# LinkFlags; the structure LinkInfo, which would say the path once more, is left out
_ID_LIST, _NAME, _ARGUMENTS, _UNICODE, _NO_LINK_INFO, _EXPANDABLE = 0x1, 0x4, 0x20, 0x80, 0x100, 0x200
_FLAGS = _ID_LIST | _NAME | _ARGUMENTS | _UNICODE | _NO_LINK_INFO | _EXPANDABLE

_FILE_ATTRIBUTE_ARCHIVE, _SHOW_NORMAL = 0x20, 1
_FOLDER_ITEM, _FILE_ITEM = 0x31, 0x32
_VARIABLE_BLOCK, _LONGEST = 0xA0000001, 260


def shortcut(target: str, expandable: str, arguments: str, description: str) -> bytes:
    """The bytes of a shortcut to the program `target`, an absolute path on a drive.

    `expandable` is the same path with a variable in it, e.g. below %LOCALAPPDATA%. ValueError when a
    path is no such path or too long.
    """
    path = PureWindowsPath(target)
    if len(path.drive) != 2 or not path.root:
        raise ValueError(target)
    return b"".join(
        [
            _header(),
            _id_list(path),
            _text(description),
            _text(arguments),
            _variable(expandable),
            bytes(4),  # no further block
        ]
    )


def _header() -> bytes:
    times_and_size = bytes(8 * 3 + 4)
    rest = struct.pack("<IIHHII", 0, _SHOW_NORMAL, 0, 0, 0, 0)  # icon, window, hot key, reserved
    first = struct.pack("<I", _HEADER_SIZE) + _CLASS + struct.pack("<II", _FLAGS, _FILE_ATTRIBUTE_ARCHIVE)
    return first + times_and_size + rest


def _counted(content: bytes) -> bytes:
    """What is preceded by its length, the two bytes of the length included."""
    return struct.pack("<H", len(content) + 2) + content


def _id_list(path: PureWindowsPath) -> bytes:
    """This computer, the drive, each folder, the file; each with its length, and a zero behind the last."""
    drive = b"/" + f"{path.drive}\\".encode("ascii").ljust(22, b"\0")
    *folders, file = path.parts[1:]
    items = [b"\x1f\x50" + _COMPUTER, drive, *(_item(name, _FOLDER_ITEM) for name in folders), _item(file, _FILE_ITEM)]
    content = b"".join(_counted(item) for item in items) + bytes(2)
    return struct.pack("<H", len(content)) + content


def _item(name: str, kind: int) -> bytes:
    """One folder or file: an entry for programs of old, and the extension block that holds the name in full."""
    attributes = 0x10 if kind == _FOLDER_ITEM else _FILE_ATTRIBUTE_ARCHIVE
    short = name.encode("ascii", "replace").replace(b"?", b"_") + b"\0"
    short += b"\0" * (len(short) % 2)
    entry = struct.pack("<BBIIH", kind, 0, 0, 0, attributes) + short
    place = 2 + len(entry)  # counted from the item's own length
    extension = struct.pack("<HIIIHH", 3, 0xBEEF0004, 0, 0, 0x14, 0) + _wide(name) + struct.pack("<H", place)
    return entry + _counted(extension)


def _text(text: str) -> bytes:
    """A string preceded by its number of characters."""
    return struct.pack("<H", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _variable(path: str) -> bytes:
    """The block with the expandable path, in two fields of a fixed length."""
    if not path.isascii() or len(path) >= _LONGEST:
        raise ValueError(path)
    fields = path.encode("ascii").ljust(_LONGEST, b"\0") + path.encode("utf-16-le").ljust(_LONGEST * 2, b"\0")
    return struct.pack("<II", 8 + len(fields), _VARIABLE_BLOCK) + fields


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le") + bytes(2)
