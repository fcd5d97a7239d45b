"""Answers for short texts are kept; long ones are thought over anew, and fill no memory."""

from __future__ import annotations

from pyxl.excel.remembering import remembered


def test_a_short_text_is_thought_over_once_and_a_long_one_each_time() -> None:
    asked: list[int] = []

    @remembered
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    assert [length("甲乙"), length("甲乙"), length("甲" * 101), length("甲" * 101)] == [2, 2, 101, 101]
    assert asked == [2, 101, 101]
