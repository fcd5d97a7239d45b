from __future__ import annotations

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.regularity import monthly, regularity
from pyxl.core.travelling import travelling


def test_what_was_held_in_every_month_that_counts_is_regular():
    months = [("支委会", [True, [1, 2], [1, 2]]), ("主题党日", [True, [1, 2], [2]])]
    assert regularity(months, ()) == (("支委会",), ("主题党日",))


def test_what_nobody_asks_for_or_knows_is_neither():
    months = [("支委会", [False, [1, 2], []]), ("主题党日", None), ("党小组会", [True, [], []])]
    assert regularity(months, ()) == (None, None)


def test_a_gap_of_one_group_is_none_of_the_whole_but_still_a_gap():
    assert regularity([("党小组会", [True, [1], [1]])], ["第一党小组党小组会缺1月"]) == (None, ("党小组会",))


def test_only_figures_of_months_are_asked():
    found = {each.label: [total.key for total in each.totals] for each in monthly(travelling(load_catalogue()))}
    assert found == {"支委会": ["months_without"], "党小组会": ["months_without"], "主题党日": ["months_without"]}
