"""Addresses and the blocks of cells that they name."""

from __future__ import annotations

import pytest

from pyxl.core.place import column_letters, column_number
from pyxl.hosts.libreoffice.addresses import (
    COLUMNS,
    ROWS,
    Block,
    block_named,
    quoted,
    unquoted,
)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("A1", Block(1, 1, 1, 1)),
        ("$b$2", Block(2, 2, 1, 1)),
        ("B2:C9", Block(2, 2, 8, 2)),
        ("C9:B2", Block(2, 2, 8, 2)),
        ("A:C", Block(1, 1, ROWS, 3)),
        ("2:3", Block(2, 1, 2, COLUMNS)),
        ("XFD1048576", Block(ROWS, COLUMNS, 1, 1)),
        ("XFE1", None),
        ("A0", None),
        ("A1048577", None),
        ("名单", None),
        ("Sheet1!A1", None),
    ],
)
def test_an_address_names_a_block(text, block):
    assert block_named(text) == block


@pytest.mark.parametrize("address", ["$A$1", "$B$2:$C$9", "$A:$C", "$2:$3", "$XFD$1048576"])
def test_a_block_is_called_by_its_address(address):
    assert block_named(address).address() == address


def test_an_address_need_not_be_fixed():
    assert Block(1, 1, 2, 2).address(fixed_rows=False) == "$A1:$B2"
    assert Block(1, 1, 2, 2).address(fixed_columns=False) == "A$1:B$2"
    assert Block(1, 1, ROWS, COLUMNS).address(fixed_rows=False) == f"1:{ROWS}"


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_counted_in_letters(number, letters):
    assert (column_letters(number), column_number(letters)) == (letters, number)


def test_two_blocks_are_joined_by_the_smallest_that_holds_both():
    assert Block(2, 3, 1, 1).joined(Block(5, 1, 2, 1)) == Block(2, 1, 5, 3)
    assert Block(2, 1, 5, 3).holds(6, 3)
    assert not Block(2, 1, 5, 3).holds(7, 3)


@pytest.mark.parametrize(
    ("sheet", "written"),
    [("主题党日", "主题党日"), ("My Sheet", "'My Sheet'"), ("It's", "'It''s'"), ("A1", "'A1'"), ("2024", "'2024'")],
)
def test_a_sheets_name_is_quoted_where_it_would_be_misread(sheet, written):
    assert (quoted(sheet), unquoted(written)) == (written, sheet)
