"""Where an arrow key leads in a line of cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.hosts.libreoffice.ranges import jump

FILLED = [(2, 4), (5, 5), (8, 9)]  # numbers and texts come apart: 2 to 5 is one run
LIMIT = 12


@pytest.mark.parametrize(
    ("start", "down", "up"),
    [(1, 2, 1), (2, 5, 1), (3, 5, 2), (5, 8, 2), (6, 8, 5), (8, 9, 5), (9, 12, 8), (10, 12, 9), (12, 12, 9)],
)
def test_it_leads_to_the_end_of_a_run_or_to_the_next_one(start, down, up):
    assert jump(FILLED, start, LIMIT, forward=True) == down
    assert jump(FILLED, start, LIMIT, forward=False) == up


def walked(full, start, limit):
    """The same, cell by cell."""
    step = start + 1
    if start in full and step in full:
        while step + 1 in full:
            step += 1
        return step
    while step <= limit and step not in full:
        step += 1
    return min(step, limit)


@given(full=st.sets(st.integers(1, 20)), start=st.integers(1, 20))
def test_it_leads_where_one_gets_cell_by_cell(full, start):
    assert jump([(each, each) for each in full], start, 20, forward=True) == walked(full, start, 20)
