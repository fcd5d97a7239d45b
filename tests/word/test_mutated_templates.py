"""Each tag of each template that we ship, changed by a careless hand: told with its paragraph, or harmless as stated.

Made from the templates as they are, so that a new one is covered by being there.
"""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.document import LEVELS, Picture
from pyxl.core.forms import Box, Form, Forms
from pyxl.errors import TemplateError
from pyxl.text import phrases
from pyxl.word.archive import read_archive
from pyxl.word.filling import filled, filled_forms
from pyxl.word.forms import form_names
from pyxl.word.kinds import is_of_forms
from pyxl.word.template_check import survey
from pyxl.word.trial import every_name, sample_report, template_names, unprinted_levels
from tests.word.documents import parts_of
from tests.word.mutated import HAND, SHIPPED, mutated, places
from tests.word.writer import saved_by_writer

CATALOGUE = load_catalogue()
KNOWN = every_name(CATALOGUE)
NAMES = template_names(CATALOGUE)
REPORT = sample_report(CATALOGUE, *LEVELS)
ESSENTIAL = [phrases("document", "names")[key] for key in ("title", "unit", "date", "body")]

shipped = pytest.mark.parametrize("template", SHIPPED, ids=lambda path: path.stem)


def sample_forms() -> Forms:
    """One form with a line of each kind, and a photograph that is missing."""
    words = phrases("template", "trial")
    box = Box(words["word"], words["word"])
    form = Form(words["title"], words["unit"], ((box, box),), (box,), ((box, box),))
    return Forms(words["title"], words["unit"], (form,), (Picture(words["word"]),))


def of_forms(template) -> bool:
    return template.name == "活动记录.docx"


def examined(path, template):
    """`template`: what the file was made of."""
    return survey(read_archive(path), form_names() if of_forms(template) else NAMES)


def printed(document: bytes) -> list[str]:
    """All text of a document in the order of the file, headers and footers too, with the style of each paragraph.

    The number of the page is a field: what stands there until a program computes it is not ours.
    """
    opened = Document(io.BytesIO(document))
    names = {style.style_id: style.name for style in opened.styles}
    parts = [opened.element, *(each._element for section in opened.sections for each in margins(section))]
    told = []
    for part in parts:
        for paragraph in part.iter("{*}p"):
            style = next((node.get(node.tag[:-6] + "val") for node in paragraph.iter("{*}pStyle")), None)
            text = "".join(node.text or "" for node in paragraph.iter("{*}t"))
            told.append(f"{names.get(style)}：{re.sub('— [0-9]+ —', '— 页 —', text)}")
    return told


def margins(section):
    return (section.header, section.footer, section.even_page_header, section.even_page_footer)


def document_from(path, template) -> list[str]:
    if of_forms(template):
        return printed(filled_forms(sample_forms(), path).document)
    return printed(filled(REPORT, path, KNOWN).document)


def text_of(path, template) -> str:
    return "".join(line.partition("：")[2] for line in document_from(path, template))


def each(template, hand, folder):
    """(place, survey, how the tag reads now, the mutated file) for every tag."""
    for place in places(template):
        path, raw = mutated(template, place, hand, folder / "改.docx")
        yield place, examined(path, template), raw, path


def quotes(problems, raw):
    return any(raw in problem.text for problem in problems)


# ---------------------------------------------------------------------------------- as they are


def test_the_templates_hold_enough_tags_to_try():
    assert {path.name for path in SHIPPED} >= {"半年工作总结.docx", "汇总情况报告.docx"}
    assert all(len(places(path)) > 10 for path in SHIPPED)


@shipped
def test_every_tag_is_tried(template):
    """As many as there are in the file's own XML, so that none is overlooked."""
    content = parts_of(template.read_bytes())
    marks = sum(text.count(b"{{") + text.count(b"{%") for name, text in content.items() if name.endswith(".xml"))
    assert len(places(template)) == marks


@shipped
def test_a_template_that_we_ship_is_without_fault(template):
    found = examined(template, template)
    assert ([p.line(0) for p in found.problems], [p.line(0) for p in found.advice]) == ([], [])


@shipped
def test_whose_template_it_is_shows(template):
    assert is_of_forms(read_archive(template)) == of_forms(template)


@pytest.mark.parametrize("name", ["半年工作总结.docx", "汇总情况报告.docx"])
def test_the_two_reports_print_everything(name):
    template = next(path for path in SHIPPED if path.name == name)
    assert examined(template, template).missing == ()
    assert unprinted_levels(template, CATALOGUE) == ()


# ---------------------------------------------------------------------------------- what is told


@shipped
def test_a_deleted_beginning_or_end_is_told_at_its_other_end(template, tmp_path):
    blocks = [
        (place, found, raw, path) for place, found, raw, path in each(template, "deleted", tmp_path) if place.is_block
    ]
    silent = [place for place, found, _, _ in blocks if not quotes(found.problems, place.partner)]
    assert (silent, bool(blocks)) == ([], True)


@shipped
@pytest.mark.parametrize("hand", ["misspelt", "full-width"])
def test_a_tag_that_is_misspelt_or_typed_in_full_width_is_quoted(template, hand, tmp_path):
    assert [place for place, found, raw, _ in each(template, hand, tmp_path) if not quotes(found.problems, raw)] == []


@shipped
def test_a_tag_that_is_doubled_is_quoted(template, tmp_path):
    """A block is a mistake; a value or a branch is asked about, for a report can still be made."""
    silent = []
    for place, found, raw, _ in each(template, "doubled", tmp_path):
        told = found.problems if place.is_block or place.word == "else" else found.advice
        silent += [] if quotes(told, raw) else [place]
    assert silent == []


@shipped
def test_a_tag_that_lost_its_block_or_loop_in_the_header_is_quoted_there(template, tmp_path):
    silent = []
    for place, found, raw, _ in each(template, "moved to the header", tmp_path):
        if place.word or place.of_a_loop:
            there = [p for p in found.problems if p.place == "header" and raw in p.text]
            silent += [] if there else [place]
    assert silent == []


# ---------------------------------------------------------------------------------- what stays legal, and what it does


@shipped
def test_a_value_that_is_deleted_is_missing_from_the_report_and_what_must_not_be_is_told(template, tmp_path):
    whole, wrong = text_of(template, template), []
    for place, found, _, path in each(template, "deleted", tmp_path):
        if place.word:
            continue
        again = [other for other in places(template) if other.path == place.path and other != place]
        if place.path in ESSENTIAL and not again:
            wrong += [] if found.missing == (place.path,) else [place]
        elif place.of_a_loop and not [
            o for o in places(template) if o != place and o.of_a_loop and o.loops == place.loops
        ]:
            wrong += [] if [p.reason for p in found.advice] == ["item_unread"] else [place]
        try:
            wrong += [] if len(text_of(path, template)) < len(whole) else [place]
        except TemplateError as error:
            wrong += [] if error.code == "template_leaves_out" and unprinted_levels(path, CATALOGUE) else [place]
    assert wrong == []


@shipped
def test_a_branch_that_is_deleted_loses_no_text_unseen(template, tmp_path):
    wrong = []
    for place, found, _, path in each(template, "deleted", tmp_path):
        if place.word in ("elif", "else"):
            levels = unprinted_levels(path, CATALOGUE)
            shown = levels or all(block.text in text_of(path, template) for block in REPORT.blocks)
            wrong += [] if found.problems == [] and shown else [place]
    assert wrong == []


@shipped
def test_a_value_that_is_doubled_is_printed_twice(template, tmp_path):
    whole = len(text_of(template, template))
    values = (found for found in each(template, "doubled", tmp_path) if not found[0].word)
    assert [place for place, found, _, path in values if found.problems or len(text_of(path, template)) <= whole] == []


@shipped
def test_a_value_of_the_whole_report_may_stand_in_the_header(template, tmp_path):
    wrong = []
    for place, found, _, path in each(template, "moved to the header", tmp_path):
        if not place.word and not place.of_a_loop:
            same = sorted(text_of(path, template)) == sorted(text_of(template, template))
            wrong += (
                []
                if (found.problems, found.missing, same) == ([], examined(template, template).missing, True)
                else [place]
            )
    assert wrong == []


@shipped
@pytest.mark.parametrize("hand", [hand for hand in HAND if hand.startswith("split")])
def test_a_tag_that_is_split_works_as_before(template, hand, tmp_path):
    whole = document_from(template, template)
    wrong = []
    for place, found, _, path in each(template, hand, tmp_path):
        told = [*found.problems, *found.advice]
        wrong += [] if not told and document_from(path, template) == whole else [(place, [p.line(0) for p in told])]
    assert wrong == []


# ---------------------------------------------------------------------------------- saved again by Writer


@pytest.fixture(scope="module")
def resaved(tmp_path_factory):
    """Name → the template as Writer saves it."""
    folder = tmp_path_factory.mktemp("writer")
    return {path.name: path for path in saved_by_writer(SHIPPED, folder)}


@pytest.mark.live
@shipped
def test_a_template_that_writer_has_saved_prints_the_same_in_the_same_styles(template, resaved):
    path = resaved[template.name]
    found = examined(path, template)
    assert ([p.line(0) for p in found.problems], [p.line(0) for p in found.advice]) == ([], [])
    assert found.missing == examined(template, template).missing
    assert document_from(path, template) == document_from(template, template)


@pytest.mark.live
@shipped
def test_writer_does_split_tags(template, resaved):
    """Else the test above would show little."""
    content = parts_of(resaved[template.name].read_bytes())["word/document.xml"].decode()
    assert sum(place.raw not in content for place in places(template)) > 5
