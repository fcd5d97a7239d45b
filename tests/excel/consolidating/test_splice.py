"""A package grown by pieces is the one that would have been packed whole."""

from __future__ import annotations

import io
import zipfile
import zlib

from hypothesis import given
from hypothesis import strategies as st

from pyxl.excel.closed.container import Container
from pyxl.excel.consolidating.fragment import Piece
from pyxl.excel.consolidating.splice import Spliced, combined, write_package


def a_piece(text: bytes) -> Piece:
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(1, len(text), zlib.crc32(text), packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH))


@given(st.binary(max_size=5000), st.binary(max_size=5000), st.sampled_from([1, 9]))
def test_the_checksum_of_two_texts_follows_from_theirs(first, second, times):
    second *= times  # long ones are reckoned in another way
    assert combined(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@given(st.binary(), st.lists(st.binary(max_size=300), max_size=8), st.binary())
def test_a_part_is_its_head_its_pieces_and_its_tail(head, middle, tail):
    out = io.BytesIO()
    write_package(out, {"xl/a.xml": Spliced(head, map(a_piece, middle), tail), "[Content_Types].xml": b"<Types/>"})
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        assert package.namelist() == ["[Content_Types].xml", "xl/a.xml"]
        assert package.read("xl/a.xml") == head + b"".join(middle) + tail
    container = Container(out.getvalue())
    assert container.read("xl/a.xml") == head + b"".join(middle) + tail
