"""Rules that are delivered switched off: an overlay that names one by its id and gives a severity switches it on."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl.actions import load_catalogue
from pyxl.catalogue.model import Severity
from pyxl.core.validation import validate
from pyxl.excel.parse import parse
from pyxl.sample import sample
from tests.books import raw_book
from tests.catalogues import OURS, overlay

BY_ID = """
key = "theme_day"

[[checks]]
id = "attended_well"
severity = "hint"
"""


@pytest.fixture
def switched_on(tmp_path):
    return load_catalogue(overlay(tmp_path, activities__theme_day=BY_ID))


def found(catalogue, present):
    """What is said of the second theme day, of 17 due, with so many present."""
    cover, rows = sample()
    rows = {key: [dict(row) for row in kept] for key, kept in rows.items()}
    absentees = "、".join(f"{name}（出差）" for name in ("丁海涛", "苗若溪", "程一帆")[: 17 - present])
    rows["theme_day"][1] |= {"present": present, "leave": 17 - present or None, "absentees": absentees or None}
    ledger = parse(raw_book(catalogue, cover, rows), catalogue)
    issues = validate(ledger, catalogue, ledger.period, date(2024, 1, 2)).issues
    return [(each.code, each.severity, each.where.address, each.message) for each in issues]


def test_the_rule_keeps_what_the_overlay_does_not_name(switched_on):
    (rule,) = (spec for spec in switched_on.activity("theme_day").checks if spec.id == "attended_well")
    assert (rule.severity, rule.check, rule.columns) == (Severity.HINT, "ratio_between", ("present", "due"))
    assert rule.params == {"minimum": 85}
    assert len(list(switched_on.rules())) == len(list(OURS.rules())) + 1


def test_it_finds_what_it_is_about_once_it_is_on(switched_on):
    message = "“实到”是“应到”的 82.35%，一般不少于 85%。"
    assert found(OURS, 14) == []
    assert found(switched_on, 14) == [("ratio_outside", Severity.HINT, "主题党日!I5", message)]
    assert found(switched_on, 15) == []  # 88 %
