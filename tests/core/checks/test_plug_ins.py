"""A further kind of check from an installed package."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import Distribution, EntryPoint, EntryPoints

import pytest

from pyxl.catalogue.model import CheckSpec, Severity
from pyxl.core.checks import CHECKS, PLUG_INS, CheckKind, Param, at_cell, at_sheet, kinds, verify
from pyxl.errors import CatalogueError
from pyxl.text import phrase

TEXTS = {
    "topic_without_verb": {
        "severity": "hint",
        "message": "“{label}”里没有“{verb}”。",
        "hint": "请在 {cell} 写明做什么。",
    },
    "sheet_too_small": {"severity": "hint", "message": "“{label}”只有 {rows} 行。", "hint": "请补记。"},
}


def says(entry, spec, context):
    verb = spec.params["verb"]
    if verb not in entry.text(spec.columns[0]):
        code = "topic_without_verb"
        yield at_cell(entry, spec.columns[0], spec, context, code, words=TEXTS[code], verb=verb)


def big_enough(sheet, spec, context):
    if len(sheet.entries) < 2:
        code = "sheet_too_small"
        yield at_sheet(sheet, spec, code, words=TEXTS[code], rows=len(sheet.entries))


SAYS = CheckKind(
    says,
    "row",
    (1, 1),
    ("topic_without_verb",),
    params={"verb": Param("value", needed=True)},
    gives=frozenset({"label", "value", "verb"}),
    texts=TEXTS,
)
BIG_ENOUGH = CheckKind(
    big_enough, "sheet", (0, 0), ("sheet_too_small",), gives=frozenset({"label", "rows"}), texts=TEXTS
)
NO_KIND = "not a kind of check"


@pytest.fixture
def asked(monkeypatch):
    """A package that offers two kinds, and something else; the list of groups that were asked for."""
    groups: list[str] = []
    offered = EntryPoints(
        EntryPoint(name, f"{__name__}:{value}", PLUG_INS)
        for name, value in (("says", "SAYS"), ("big_enough", "BIG_ENOUGH"), ("nonsense", "NO_KIND"), ("broken", "NONE"))
    )

    def entry_points(*, group):
        groups.append(group)
        return offered.select(group=group)

    def load(entry):
        return globals()[entry.value.partition(":")[2]]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    monkeypatch.setattr(EntryPoint, "load", load)
    return groups


def test_packages_are_not_looked_for_while_our_kinds_suffice(asked, lab):
    assert kinds(CHECKS) is CHECKS
    lab.add(present=5, due=4)
    assert lab.found("not_greater", "present", "due") == [("greater_than", "error", "会议!H4")]
    assert asked == []


def test_only_the_kind_that_is_used_is_loaded(asked):
    found = kinds(["says", "not_greater"])
    assert found["says"] is SAYS
    assert set(found) == {*CHECKS, "says"}  # "broken" could not have been loaded


def test_ours_come_first(asked, monkeypatch):
    monkeypatch.setitem(globals(), "SAYS", CHECKS["unique"])
    assert kinds(["not_greater", "says"])["not_greater"] is CHECKS["not_greater"]


def test_a_rule_of_a_plugged_in_kind_finds_its_row(asked, lab):
    lab.add(topic="学习党章").add(topic="党章")
    (issue,) = lab.issues("says", ("topic",), verb="学习", severity="warning")
    assert (issue.code, issue.severity, issue.where.address) == ("topic_without_verb", Severity.WARNING, "会议!D5")
    assert (issue.message, issue.hint) == ("“主题”里没有“学习”。", "请在 D5 写明做什么。")
    assert (issue.found, issue.basis) == ("党章", "依据")


def test_a_plugged_in_kind_may_look_at_a_whole_sheet(asked, lab):
    lab.add()
    assert lab.found("big_enough", severity="hint") == [("sheet_too_small", "hint", "会议")]
    lab.add()
    assert lab.found("big_enough", severity="hint") == []


def test_its_rules_are_verified_like_ours(asked, lab):
    def problems(*columns, **params):
        spec = CheckSpec("rule", "says", Severity.HINT, "依据", columns, params.pop("code", ""), params)
        return [problem.key.removeprefix("meeting.checks[rule].") for problem in verify(lab.catalogue("meeting", spec))]

    assert problems("topic", verb="学习") == []
    assert problems("topic") == ["verb"]
    assert problems("topic", verb="学习", code="required_missing") == []
    assert problems("topic", verb="学习", code="text_short") == ["code"]


def test_a_code_of_ours_brings_its_own_words(asked, lab):
    lab.add(topic="党章")
    (issue,) = lab.issues("says", ("topic",), verb="学习", code="required_missing")
    assert (issue.code, issue.message) == ("required_missing", "“主题”没有填写。")


def test_a_kind_that_nobody_offers_is_an_unknown_kind(asked, lab):
    spec = CheckSpec("rule", "unheard_of", Severity.HINT, "依据")
    (problem,) = verify(lab.catalogue("meeting", spec))
    assert problem.reason == phrase("catalogue", "problems", "unknown_check", value="unheard_of")
    assert asked == [PLUG_INS]


def test_what_is_no_kind_of_check_is_a_mistake_that_names_its_package(asked, lab):
    spec = CheckSpec("rule", "nonsense", Severity.HINT, "依据")
    (problem,) = verify(lab.catalogue("meeting", spec))
    assert (problem.file, problem.key) == ("meeting.toml", "meeting.checks[rule].check")
    assert problem.reason == f"软件包“{__name__}”给出的“{__name__}:NO_KIND”不是一种检查（CheckKind），请更新它"
    assert set(kinds(["nonsense"])) == set(CHECKS)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'x'"), "ModuleNotFoundError: No module named 'x'"),
        (AttributeError("no SAYS"), "AttributeError: no SAYS"),
        (ValueError("braces {0} {"), "ValueError: braces {0} {"),
    ],
)
def test_a_package_that_cannot_be_loaded_is_a_mistake_that_names_it(asked, lab, monkeypatch, error, said):
    def load(entry):
        raise error

    monkeypatch.setattr(EntryPoint, "load", load)
    rules = [CheckSpec("rule", name, Severity.HINT, "依据") for name in ("broken", "unheard_of")]
    broken, unknown = verify(lab.catalogue("meeting", *rules))
    assert broken.reason == f"软件包“{__name__}”的这种检查装不进来（{said}），请更新或重装它"
    assert unknown.reason == phrase("catalogue", "problems", "unknown_check", value="unheard_of")
    assert set(kinds(["broken"])) == set(CHECKS)


def test_a_broken_package_goes_by_its_own_name(lab, monkeypatch):
    """Of a real distribution: its name, not that of the module that failed; nothing runs, with exit code 2."""

    class Package(Distribution):
        name = "pyxl-local-rules"

        def read_text(self, filename):
            return "[pyxl.checks]\nsays = no_such_module_anywhere:SAYS\n" if filename == "entry_points.txt" else None

        def locate_file(self, path):
            raise NotImplementedError

    offered = Package().entry_points
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: offered.select(group=group))
    (problem,) = verify(lab.catalogue("meeting", CheckSpec("rule", "says", Severity.HINT, "依据", ("topic",))))
    assert "“pyxl-local-rules”" in problem.reason
    assert "no_such_module_anywhere" in problem.reason
    assert CatalogueError([problem]).exit_code == 2


def test_words_without_a_code_of_ours_have_to_be_brought_along(asked, lab, monkeypatch):
    from dataclasses import replace

    monkeypatch.setitem(globals(), "SAYS", replace(SAYS, texts={}))
    spec = CheckSpec("rule", "says", Severity.HINT, "依据", ("topic",), params={"verb": "学习"})
    (problem,) = verify(lab.catalogue("meeting", spec))
    assert problem.reason == phrase("catalogue", "problems", "unknown_code", value="topic_without_verb")
