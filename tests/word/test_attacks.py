"""Hostile text in every place where it can come in: told, refused, or printed as it is, and quickly; nothing runs.

Every case runs in a process of its own, whose memory and time are measured and in which whatever starts a
program or opens a connection is written down (tests/word/limited.py).
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.word.attacked import payloads
from tests.word.attacks import HARMLESS, PAYLOADS
from tests.word.bombs import ALLOWED, REFUSED
from tests.word.limited import MEGABYTES, SECONDS, results_of

GROUPS = (
    "templates", "harmless_templates", "properties", "packages", "again", "cells", "printed_cells", "wording",
    "bombs", "checked_bombs",
)  # fmt: skip
REFUSED_WITH = "TemplateError template_"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """All results of a group, which runs once, and the folder where a successful attack leaves its mark."""

    @cache
    def run(name):
        folder = tmp_path_factory.mktemp("attack")
        return results_of(name, folder), folder

    return run


@pytest.fixture(params=GROUPS)
def group(request, ran):
    return ran(request.param)


@pytest.fixture
def results(request, ran):
    return ran(request.param)[0]


def test_there_are_enough_attacks():
    assert len(PAYLOADS) >= 100
    assert len({*PAYLOADS.values(), *HARMLESS.values()}) == len(PAYLOADS) + len(HARMLESS)


def test_each_case_is_quick_and_small_and_runs_nothing(group):
    found, folder = group
    assert len(found) >= 10
    assert [(r.name, r.seconds) for r in found if r.seconds > SECONDS] == []
    assert [(r.name, r.megabytes) for r in found if r.megabytes > MEGABYTES] == []
    assert [(r.name, r.did) for r in found if r.did] == []
    assert not (folder / "canary").exists()


def test_no_case_ends_in_a_fault_of_ours(group):
    found, _ = group
    assert [(r.name, r.raised[-300:]) for r in found if r.raised and not r.raised.startswith(REFUSED_WITH)] == []


@pytest.mark.parametrize("results", ["templates"], indirect=True)
def test_a_template_with_an_attack_is_refused_and_its_paragraph_quoted(results, ran):
    attacks = payloads(ran("templates")[1])
    silent = []
    for result in results:
        name, _, place = result.name.rpartition(", ")
        where = {"body": "正文第2段", "header": "页眉", "table": "表1第1行第2格"}[place]
        quotes = [quote.strip("…") for quote in re.findall(f"{where}「(.*?)」：", result.raised, re.DOTALL)]
        quoted = quotes and all(quote in attacks[name] for quote in quotes)
        silent += [] if quoted or "填充项太多" in result.raised else [(result.name, result.raised[:200])]
    assert silent == []
    assert len(results) == 3 * len(PAYLOADS)


@pytest.mark.parametrize("results", ["harmless_templates"], indirect=True)
def test_what_is_no_instruction_is_printed_as_it_stands(results):
    assert [
        (r.name, r.given)
        for r in results
        if [text.split("/")[0] for text in r.given] != [HARMLESS[r.name].split("{canary}")[0].split("/")[0]]
    ] == []


@pytest.mark.parametrize("results", ["properties"], indirect=True)
def test_what_a_template_says_of_itself_is_never_read(results):
    assert [(r.name, r.given) for r in results if r.given != ["2023年上半年工作总结"]] == []


@pytest.mark.parametrize("results", ["packages"], indirect=True)
def test_bombs_and_what_leads_out_of_the_file_are_refused(results):
    """A link that has to be clicked, and the path of the file that a template was made from, do no harm."""
    printed = {r.name for r in results if not r.raised}
    assert printed == {"external hyperlink", "external attachedTemplate"}
    codes = {r.name: r.raised.split()[1] for r in results if r.raised}
    assert codes["zip bomb"] == codes["zip bomb in a picture"] == codes["many parts"] == "template_too_large"
    assert codes["billion laughs"] == codes["external entity"] == codes["external document type"] == "template_damaged"
    assert codes["external image"] == codes["embedded aFChunk"] == codes["embedded control"] == "template_forbidden"


@pytest.mark.parametrize("results", ["bombs", "checked_bombs"], indirect=True)
def test_what_takes_too_long_to_go_through_is_refused_and_what_is_allowed_is_filled(results):
    codes = {r.name: r.raised.split()[1] if r.raised else "" for r in results}
    expected = {name: code for name, (_, code) in REFUSED.items()}
    told = {r.name: "template_forbidden" for r in results if r.given and "填充项太多" in str(r.given)}
    assert {**codes, **told} == {**expected, **dict.fromkeys(ALLOWED, "")}


def test_what_a_document_rests_on_is_not_asked_of_one_that_takes_too_long(ran):
    found, _ = ran("explained_bombs")
    assert [(r.name, r.seconds, r.megabytes) for r in found if r.seconds > SECONDS or r.megabytes > MEGABYTES] == []
    codes = {r.name: r.raised.split()[1] for r in found}
    assert codes.pop("many elements") == codes.pop("a header named again and again") == "document_without_sources"
    assert set(codes.values()) == {"document_too_large"}


@pytest.mark.parametrize("results", ["again"], indirect=True)
def test_a_finished_document_used_as_a_template_does_nothing_that_another_could_not(results):
    attacks = {name for name in PAYLOADS if name != "many tags"}  # those are allowed, and filled again
    assert {r.name for r in results if r.name in attacks and not r.raised} == set()
    assert {r.name for r in results if r.name in HARMLESS and r.raised} == set()


@pytest.mark.parametrize("results", ["cells", "printed_cells", "wording"], indirect=True)
def test_what_is_meant_stands_in_the_document_character_by_character(results):
    wrong = []
    for result in results:
        if result.raised:
            wrong.append((result.name, result.raised))
            continue
        printed = [text for text in result.given["printed"] if text]
        lost = [text for text in result.given["meant"] if text not in printed]
        wrong += [(result.name, text[:100]) for text in lost]
    assert wrong == []


@pytest.mark.parametrize("results", ["printed_cells"], indirect=True)
def test_an_attack_in_a_cell_that_is_quoted_is_printed_as_it_was_typed_or_told_with_its_cell(results, ran):
    folder = ran("printed_cells")[1]
    attacks = payloads(folder) | payloads(folder, harmless=True)
    neither = []
    for result in results:
        marker = attacks[result.name].split("/")[0][:20].strip()
        shown = any(marker in text for text in result.given["printed"])
        told = any(address.startswith("下步打算!") for _, _, address in result.given["issues"])
        neither += [] if shown or told else [result.name]
    assert neither == []


@pytest.mark.parametrize("results", ["wording"], indirect=True)
def test_an_attack_on_the_sheet_of_wording_is_an_error_at_its_cell_or_stays_text(results):
    silent = []
    for result in results:
        name, _, column = result.name.rpartition(", ")
        told = [
            address
            for _, level, address in result.given["issues"]
            if level == "error" and address.startswith("总结文字!")
        ]
        harmless = name in HARMLESS and column == "text"
        silent += [] if told or harmless else [result.name]
    assert silent == ["comparison chain, when"]  # numbers may be compared, and these are quickly
