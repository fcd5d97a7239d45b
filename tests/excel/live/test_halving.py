from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pyxl.excel.live.halving import Area, last_filled, stretches, touched


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=40))
def test_stretches_tell_every_answer_in_order(line):
    def ask(first: int, last: int) -> str | None:
        answers = set(line[first - 1 : last])
        return answers.pop() if len(answers) == 1 else None

    found = list(stretches(1, len(line), ask))
    assert "".join(answer * (last - first + 1) for first, last, answer in found) == "".join(line)
    assert [first for first, _, _ in found] == [1, *(last + 1 for _, last, _ in found[:-1])]


def test_one_question_is_enough_where_the_answer_is_one():
    asked = []
    assert list(stretches(1, 20_000, lambda first, last: asked.append((first, last)) or "x")) == [(1, 20_000, "x")]
    assert asked == [(1, 20_000)]


def test_one_odd_row_among_twenty_thousand_takes_no_more_than_two_questions_a_halving():
    asked = []

    def ask(first: int, last: int) -> bool | None:
        asked.append(first)
        return (True if first == last else None) if first <= 777 <= last else False

    assert [(first, last) for first, last, answer in stretches(1, 20_000, ask) if answer] == [(777, 777)]
    assert len(asked) <= 31


def test_a_single_cell_that_says_nothing_is_left_out():
    assert list(stretches(3, 3, lambda *_: None)) == []


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=8))
def test_touched_finds_every_block_once(places):
    """Blocks of two rows and three columns each, side by side on a grid."""
    blocks = {Area(2 * row + 1, 3 * column + 1, 2 * row + 2, 3 * column + 3) for row, column in places}

    def overlaps(one: Area, other: Area) -> bool:
        rows = one.top <= other.bottom and other.top <= one.bottom
        return rows and one.left <= other.right and other.left <= one.right

    found = list(
        touched(
            Area(1, 1, 10, 12),
            lambda area: any(overlaps(area, block) for block in blocks),
            lambda cell: next(block for block in blocks if overlaps(cell, block)),
        )
    )
    assert sorted(found) == sorted(blocks)


def test_what_is_found_already_is_not_asked_about_again():
    block = Area(1, 1, 100, 1)
    asked = []

    def ask(area: Area) -> bool:
        asked.append(area)
        return area.top <= 100

    assert list(touched(Area(1, 1, 200, 1), ask, lambda _: block)) == [block]
    assert len(asked) < 20


def test_the_first_row_comes_alone_first():
    assert Area(1, 1, 20, 5).halves() == (Area(1, 1, 1, 5), Area(2, 1, 20, 5))
    assert Area(2, 1, 20, 5).halves() == (Area(2, 1, 11, 5), Area(12, 1, 20, 5))
    assert Area(2, 1, 2, 5).halves() == (Area(2, 1, 2, 3), Area(2, 4, 2, 5))


@given(st.sets(st.integers(1, 60)))
def test_last_filled_is_the_greatest(filled):
    found = last_filled(1, 60, lambda first, last: any(first <= each <= last for each in filled))
    assert found == max(filled, default=0)
