"""How does a workbook grow by finished pieces of its sheets, without any of them being read again?

A part of a zip is one deflated stream; finished pieces are copied into it between a head and a tail, and
the checksum of the whole follows from the pieces' own (the combination that zlib calls crc32_combine).
What has to be in memory is one piece at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from struct import Struct
from typing import BinaryIO, NamedTuple

from pyxl.errors import OutputError
from pyxl.excel.consolidating.fragment import Piece
from pyxl.excel.consolidating.mark import marked
from pyxl.package import CONTENT_TYPES, CUSTOM_PROPERTIES

__all__ = ["Spliced", "combined", "write_package"]

_LOCAL = Struct("<4s5H3L2H")
_CENTRAL = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_DATE = 0x21  # the first day that a zip file can name
_MOST = 0xFFFFFFFF
_POLYNOMIAL = 0xEDB88320
_ZEROS = memoryview(bytes(8192))


class Spliced(NamedTuple):
    """A part whose middle is made of pieces."""

    head: bytes
    pieces: Iterable[Piece]
    tail: bytes


class _Written(NamedTuple):
    name: bytes
    crc: int
    packed: int
    size: int
    offset: int


def write_package(out: BinaryIO, parts: Mapping[str, bytes | Spliced]) -> None:
    """A package of these parts, in a fixed order; what tells whether they were touched since comes last.

    Raises OutputError when a part or the whole exceeds 4 GB.
    """
    names = sorted(parts.keys() - {CUSTOM_PROPERTIES}, key=lambda name: (name != CONTENT_TYPES, name))
    written = [_write(out, name, parts[name]) for name in names]
    if isinstance(last := parts.get(CUSTOM_PROPERTIES), bytes):
        others = ((each.name.decode(), each.crc, each.size) for each in written)
        written.append(_write(out, CUSTOM_PROPERTIES, marked(last, others)))
    start = out.tell()
    for each in written:
        fields = (_VERSION, _VERSION, _UTF8, _DEFLATED, 0, _DATE, each.crc, each.packed, each.size)
        out.write(_CENTRAL.pack(b"PK\x01\x02", *fields, len(each.name), 0, 0, 0, 0, 0, each.offset) + each.name)
    end = out.tell()
    if end > _MOST:
        raise OutputError("consolidated_too_large")
    out.write(_END.pack(b"PK\x05\x06", 0, 0, len(written), len(written), end - start, start, 0))


def _write(out: BinaryIO, name: str, content: bytes | Spliced) -> _Written:
    """One part; its header comes last, because only then its sizes are known."""
    encoded, offset = name.encode(), out.tell()
    out.seek(offset + _LOCAL.size + len(encoded))
    crc, size = _copied(out, content if isinstance(content, Spliced) else Spliced(content, (), b""))
    end = out.tell()
    packed = end - offset - _LOCAL.size - len(encoded)
    if max(size, end) > _MOST:
        raise OutputError("consolidated_too_large")
    out.seek(offset)
    fields = (_VERSION, _UTF8, _DEFLATED, 0, _DATE, crc, packed, size, len(encoded), 0)
    out.write(_LOCAL.pack(b"PK\x03\x04", *fields) + encoded)
    out.seek(end)
    return _Written(encoded, crc, packed, size, offset)


def _copied(out: BinaryIO, content: Spliced) -> tuple[int, int]:
    """Writes the deflated stream; checksum and size of what it inflates to."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    out.write(packer.compress(content.head) + packer.flush(zlib.Z_FULL_FLUSH))
    crc, size = zlib.crc32(content.head), len(content.head)
    for piece in content.pieces:
        out.write(piece.data)
        crc, size = combined(crc, piece.crc, piece.size), size + piece.size
    last = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    out.write(last.compress(content.tail) + last.flush(zlib.Z_FINISH))
    return combined(crc, zlib.crc32(content.tail), len(content.tail)), size + len(content.tail)


def combined(first: int, second: int, size: int) -> int:
    """The CRC-32 of two texts one behind the other, from theirs and the second's length in bytes.

    So many zero bytes do to the first checksum what the second text does, but for its own; up to some
    thousands of them zlib is done sooner than we with the polynomials.
    """
    if size > len(_ZEROS):
        return _product(_shift(size), first) ^ second
    return zlib.crc32(_ZEROS[:size], first) ^ _of_zeros(size) ^ second


@cache
def _of_zeros(size: int) -> int:
    return zlib.crc32(_ZEROS[:size])


@lru_cache(maxsize=65_536)
def _shift(size: int) -> int:
    """X to the power of 8·size, modulo the polynomial: what so many zero bytes do to a checksum."""
    power, place = 1 << 31, 3
    while size:
        if size & 1:
            power = _product(_squares(place), power)
        size, place = size >> 1, place + 1
    return power


@lru_cache(maxsize=64)
def _squares(place: int) -> int:
    """X to the power of 2 to the power of `place`."""
    if place == 0:
        return 1 << 30
    half = _squares(place - 1)
    return _product(half, half)


def _product(first: int, second: int) -> int:
    """Of two polynomials over GF(2), modulo that of CRC-32; bits reversed, as zlib has them."""
    result, bit = 0, 1 << 31
    while bit:
        if first & bit:
            result ^= second
        second = (second >> 1) ^ _POLYNOMIAL if second & 1 else second >> 1
        bit >>= 1
    return result
