"""Is this a sound zip, and what do its parts hold?

The standard library's zipfile trusts what an archive says of itself. A workbook that was sent in by
someone else gets no trust: every declared number is compared with what is really there, and nothing
is inflated past the caps below.
"""

from __future__ import annotations

import zlib
from struct import Struct
from typing import NamedTuple

from pyxl.excel.closed.refusal import Refusal

__all__ = ["MAX_ENTRIES", "MAX_PART", "MAX_RATIO", "MAX_TOTAL", "Container", "Entry"]

_MEGABYTE = 1 << 20
MAX_ENTRIES = 5_000  # parts; a ledger has about fifty
MAX_PART = 200 * _MEGABYTE  # bytes of one part, inflated
MAX_TOTAL = 400 * _MEGABYTE  # bytes of all parts together, inflated
MAX_RATIO = 250  # inflated ÷ packed; a million blank formatted rows reach about 20
_RATIO_COUNTS_FROM = 8 * _MEGABYTE  # small parts of one repeated byte are harmless

_END = Struct("<4s4H2LH")  # end of central directory
_END64_LOCATOR = Struct("<4sLQL")
_END64 = Struct("<4sQ2H2L4Q")
_CENTRAL = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8


class Entry(NamedTuple):
    """One part as the central directory describes it; sizes and offsets in bytes."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int  # of the local header


class Container:
    """The parts of a zip held in memory: names known, layout checked, contents inflated on demand.

    Raises Refusal when the archive is cut off, damaged, encrypted, lies about itself, or would
    inflate past the caps.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        directory, listed = _entries(data)
        _check_caps(listed)
        self._entries: dict[str, Entry] = {}
        for entry in listed:
            _check_name(entry.name)
            # Part names are equal without regard to case (ECMA-376 part 2); two such parts would
            # let two readers see two different workbooks.
            if self._entries.setdefault(entry.name.lower(), entry) is not entry:
                raise Refusal("zip_duplicate", part=entry.name)
        self._spans = _check_layout(data, listed, directory)

    @property
    def names(self) -> tuple[str, ...]:
        """Every part's name as it is written, in the directory's order; folders are left out."""
        return tuple(entry.name for entry in self._entries.values() if not entry.name.endswith("/"))

    def find(self, name: str) -> str | None:
        """The name as it is written of the part that is called `name`, or None."""
        entry = self._entries.get(name.lower())
        return entry.name if entry else None

    def span(self, name: str) -> tuple[int, int]:
        """Where the part's packed bytes stand."""
        return self._spans[self._entries[name.lower()].name]

    def declared(self, name: str) -> tuple[int, int, int]:
        """How the part is said to be packed, its checksum, and its size: what makes of packed bytes its contents."""
        entry = self._entries[name.lower()]
        return entry.method, entry.crc, entry.size

    def read(self, name: str) -> bytes:
        """The part's contents; Refusal when size or checksum is not what was declared."""
        entry = self._entries[name.lower()]
        start, end = self._spans[entry.name]
        content = _inflate(entry, self._data[start:end])
        if len(content) > entry.size:
            raise Refusal("zip_sizes", part=entry.name)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Refusal("damaged_part", part=entry.name)
        return content


def _inflate(entry: Entry, packed: bytes) -> bytes:
    if entry.method == _STORED:
        return packed
    if entry.method != _DEFLATED:
        raise Refusal("zip_method", part=entry.name)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than declared is enough to see that the declaration is a lie.
        return inflater.decompress(packed, entry.size + 1)
    except zlib.error:
        raise Refusal("damaged_part", part=entry.name) from None


def _entries(data: bytes) -> tuple[int, list[Entry]]:
    """Where the central directory starts, and what it lists."""
    count, size, start, limit = _end_record(data)
    if count > MAX_ENTRIES:
        raise Refusal("zip_too_many", count=count)
    if start + size > limit:
        raise Refusal("damaged_file")
    listed: list[Entry] = []
    at = start
    while at + _CENTRAL.size <= start + size:
        entry, at = _central_entry(data, at)
        listed.append(entry)
        if len(listed) > MAX_ENTRIES:
            raise Refusal("zip_too_many", count=len(listed))
    if len(listed) != count:
        raise Refusal("damaged_file")
    return start, listed


def _end_record(data: bytes) -> tuple[int, int, int, int]:
    """Count of entries, size and start of the directory, and where it must end at the latest."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _MAX16))
    if at < 0 or at + _END.size > len(data):
        raise Refusal("truncated", kilobytes=max(1, len(data) // 1024))
    _, disk, directory_disk, _, count, size, start, _ = _END.unpack_from(data, at)
    locator = at - _END64_LOCATOR.size
    if locator >= 0 and data.startswith(b"PK\x06\x07", locator):
        at = _END64_LOCATOR.unpack_from(data, locator)[2]
        if not data.startswith(b"PK\x06\x06", at) or at + _END64.size > locator:
            raise Refusal("damaged_file")
        _, _, _, _, disk, directory_disk, _, count, size, start = _END64.unpack_from(data, at)
    if disk or directory_disk:
        raise Refusal("damaged_file")
    return count, size, start, at


def _central_entry(data: bytes, at: int) -> tuple[Entry, int]:
    fields = _CENTRAL.unpack_from(data, at)
    if fields[0] != b"PK\x01\x02":
        raise Refusal("damaged_file")
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    name_at = at + _CENTRAL.size
    extra_at = name_at + fields[10]
    end = extra_at + fields[11] + fields[12]
    name = data[name_at:extra_at].decode("utf-8" if flags & _UTF8 else "latin-1", "replace")
    extra = data[extra_at : extra_at + fields[11]]
    size, packed, offset = _widened(extra, size, packed, fields[16])
    return Entry(name, flags, method, crc, packed, size, offset), end


def _widened(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """The three numbers, taken from the zip64 field where they did not fit into 32 bits."""
    numbers = [size, packed, offset]
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == 1:
            field, place = extra[at + 4 : at + 4 + length], 0
            for index, number in enumerate(numbers):
                if number == _MAX32 and place + 8 <= len(field):
                    numbers[index] = int.from_bytes(field[place : place + 8], "little")
                    place += 8
        at += 4 + length
    return numbers[0], numbers[1], numbers[2]


def _check_caps(entries: list[Entry]) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        packed = max(entry.packed, 1)
        swollen = entry.size > _RATIO_COUNTS_FROM and entry.size // packed > MAX_RATIO
        if entry.size > MAX_PART or total > MAX_TOTAL or swollen:
            raise Refusal("zip_bomb", megabytes=total // _MEGABYTE)


def _check_name(name: str) -> None:
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or name[:1] in ("/", "\\") or name[1:2] == ":" or "\0" in name:
        raise Refusal("zip_unsafe_name", part=name.replace("\0", "?")[:80])


def _check_layout(data: bytes, entries: list[Entry], directory: int) -> dict[str, tuple[int, int]]:
    """Where each part's packed bytes stand; Refusal when two share bytes or the headers disagree."""
    spans: dict[str, tuple[int, int]] = {}
    taken = 0
    if len({entry.offset for entry in entries}) < len(entries):
        raise Refusal("zip_overlap", part=entries[-1].name)
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < taken:
            raise Refusal("zip_overlap", part=entry.name)
        start = _data_start(data, entry)
        taken = start + entry.packed
        if taken > directory:
            raise Refusal("zip_overlap" if start < directory else "damaged_file", part=entry.name)
        spans[entry.name] = (start, taken)
    return spans


def _data_start(data: bytes, entry: Entry) -> int:
    """Where the packed bytes begin, once the local header says the same as the directory."""
    if entry.offset + _LOCAL.size > len(data) or not data.startswith(b"PK\x03\x04", entry.offset):
        raise Refusal("damaged_part", part=entry.name)
    fields = _LOCAL.unpack_from(data, entry.offset)
    flags, method, packed, size, name_length, extra_length = fields[2], fields[3], *fields[7:11]
    if (flags | entry.flags) & _ENCRYPTED:
        raise Refusal("zip_password")
    start = entry.offset + _LOCAL.size
    name = data[start : start + name_length].decode("utf-8" if flags & _UTF8 else "latin-1", "replace")
    if method != entry.method or name != entry.name:
        raise Refusal("damaged_part", part=entry.name)
    if not flags & _SIZES_FOLLOW:
        extra = data[start + name_length : start + name_length + extra_length]
        size, packed, _ = _widened(extra, size, packed, 0)
        if (size, packed) != (entry.size, entry.packed):
            raise Refusal("zip_sizes", part=entry.name)
    return int(start + name_length + extra_length)
