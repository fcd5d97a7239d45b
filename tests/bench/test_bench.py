from __future__ import annotations

import pytest

from tests.bench.bench import measure, ratios


@pytest.mark.campaign
def test_report_is_at_least_four_times_as_fast_as_the_naive_script(capsys):
    found = ratios(measure())
    with capsys.disabled():
        print({key: round(ratio, 1) for key, ratio in found.items()})
    assert found["report"] >= 4
    assert found["check"] >= found["report"] * 0.9
