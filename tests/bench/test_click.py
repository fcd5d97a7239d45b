from __future__ import annotations

import pytest

from tests.bench.click import LIMITS, PARTS, measure, medians


@pytest.mark.campaign
@pytest.mark.live
def test_a_warm_click_is_answered_in_time(capsys):
    found = medians(measure())
    with capsys.disabled():
        for key, told in found.items():
            print(f"\n{key}:", *(f"{what} {seconds * 1000:.0f} ms" for what, seconds in told.items()), sep="  ")
    for key, limit in LIMITS.items():
        assert found[key]["ours"] < limit
        assert found[key]["ours"] < found[key]["pandas visible"]
        assert sum(found[key][part] for part in PARTS) == pytest.approx(found[key]["ours"], rel=0.35)
