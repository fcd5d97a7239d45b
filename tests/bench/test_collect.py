from __future__ import annotations

import pytest

from tests.bench.collect import made, measure


@pytest.mark.campaign
def test_collecting_is_far_faster_than_the_naive_script_and_a_rerun_gives_the_same_bytes(tmp_path, capsys):
    made(tmp_path, 200)
    few, many = (measure(tmp_path, files, 3) for files in (100, 200))
    with capsys.disabled():
        for found in (few, many):
            print({key: f"{found.each(key):.1f} ms" for key in found.runs})
    assert all(few.same)
    assert all(many.same)
    assert many.each("naive") / many.each("full") >= 4
    assert many.each("full") / many.each("fast") >= 3
    assert many.seconds("full") / many.seconds("rerun") >= 4
    assert many.seconds("click") / many.seconds("again") >= 2
    assert many.seconds("full") <= 2.4 * few.seconds("full")
    assert many.memory("full") <= 1.5 * few.memory("full")
