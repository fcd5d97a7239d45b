"""What the child sends comes out as it went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pyxl.collecting.frames import packed_pieces, unpacked_pieces
from pyxl.excel.consolidating.fragment import Piece

NUMBERS = st.integers(0, 2**32 - 1)
PIECES = st.builds(Piece, NUMBERS, NUMBERS, NUMBERS, st.binary(max_size=50))


@given(st.lists(st.dictionaries(st.sampled_from(["theme_day", "units", "名"]), PIECES), max_size=4))
def test_pieces_come_out_as_they_went_in(pieces):
    expected = [(number, key, each) for number, sheets in enumerate(pieces) for key, each in sheets.items()]
    assert list(unpacked_pieces(packed_pieces(pieces))) == expected
