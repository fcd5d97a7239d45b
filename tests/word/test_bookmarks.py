"""A number becomes a bookmark around exactly its characters; not one character of the text moves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.word.bookmarked import texts
from pyxl.word.bookmarks import bookmarked, enclosed, unmarked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIGURES = ["支委会.次数", "党课.题目", "1.甲 乙·丙", "长" * 30 + "." + "名" * 30, "𠮷" * 15 + "." + "𠮷" * 15]
RUN = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def part(*paragraphs: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(f"<w:p>{each}</w:p>" for each in paragraphs)}</w:body></w:document>'


def run(text: str) -> str:
    return f"<w:r>{RUN}<w:t>{text}</w:t></w:r>"


def made(*paragraphs: str) -> tuple[str, list[tuple[str, str]]]:
    parts, found = bookmarked({"a": part(*paragraphs)}, FIGURES)
    return parts["a"], found


def plain(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_a_run_is_parted_at_the_number_and_keeps_its_properties():
    xml, found = made(run(f"共{enclosed('7', 0)}次"))
    text = '<w:t xml:space="preserve">'
    assert (
        part(
            f"<w:r>{RUN}{text}共</w:t></w:r>"
            '<w:bookmarkStart w:id="1" w:name="支委会_次数"/>'
            f"<w:r>{RUN}{text}7</w:t></w:r>"
            '<w:bookmarkEnd w:id="1"/>'
            f"<w:r>{RUN}{text}次</w:t></w:r>"
        )
        == xml
    )
    assert found == [("支委会.次数", "支委会_次数")]


def test_no_run_is_left_that_has_nothing_in_it():
    xml, _ = made(run(enclosed("7", 0)), run(enclosed("8", 0) + enclosed("9", 1)))
    assert xml.count("<w:r>") == 3
    assert texts(xml.encode()) == {"支委会_次数": "7", "支委会_次数_2": "8", "党课_题目": "9"}


def test_names_are_what_word_allows():
    xml, found = made(*(run(enclosed("7", number)) for number in (2, 3, 4, 3, 4)))
    names = [name for _, name in found]
    assert names[0] == "n_1_甲_乙_丙"
    assert names[1] == "长" * 30 + "_" + "名" * 9
    assert names[3] == "长" * 30 + "_" + "名" * 7 + "_2"
    assert len(set(names)) == 5
    for name in names:
        assert len(name.encode("utf-16-le")) <= 80
        assert re.fullmatch(r"[^\W\d_]\w*", name)
    ids = re.findall(r'bookmarkStart w:id="(\d+)"', xml)
    assert ids == re.findall(r'bookmarkEnd w:id="(\d+)"', xml) == ["1", "2", "3", "4", "5"]


def test_names_and_numbers_that_the_template_has_taken_are_left_to_it():
    there = '<w:bookmarkStart w:id="41" w:name="支委会_次数"/><w:bookmarkEnd w:id="41"/>'
    xml, found = made(there, run(enclosed("7", 0)))
    assert found == [("支委会.次数", "支委会_次数_2")]
    assert '<w:bookmarkStart w:id="42" w:name="支委会_次数_2"/>' in xml


def test_breaks_and_tabs_within_a_number_stay_within():
    inner = f"甲</w:t><w:br/><w:t>乙</w:t></w:r><w:r>{RUN}<w:tab/></w:r><w:r>{RUN}<w:t>丙"
    xml, _ = made(run(f"前{enclosed(inner, 1)}后"))
    assert texts(xml.encode()) == {"党课_题目": "甲\n乙\t丙"}
    assert plain(xml) == "前甲乙丙后"


@pytest.mark.parametrize(
    "content",
    [
        f"<w:r><w:instrText>{enclosed('7', 0)}</w:instrText></w:r>",
        f'<w:r><w:drawing><wp:docPr xmlns:wp="urn:x" descr="{enclosed("7", 0)}"/></w:drawing></w:r>',
        f'<w:sdt><w:sdtPr><w:alias w:val="{enclosed("7", 0)}"/></w:sdtPr></w:sdt>',
        f"<w:r><w:t>{enclosed('7', 99)}</w:t></w:r>",  # of no figure
        "<w:r><w:t>\ufdd2</w:t></w:r>",
        "<w:r><w:t>\ufdd0\ufdd6\ufdd1</w:t></w:r>",  # without an end
        f'<mc:AlternateContent xmlns:mc="urn:y"><mc:Fallback><w:r><w:t>{enclosed("7", 0)}</w:t></w:r></mc:Fallback></mc:AlternateContent>',
    ],
)
def test_where_no_bookmark_can_stand_there_is_none_and_no_mark_either(content):
    xml, found = made(content)
    assert found == []
    assert plain(xml) == plain(unmarked(content))
    assert unmarked(xml) == xml


def test_a_number_in_a_text_box_within_a_run_is_a_bookmark_there():
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run(enclosed('7', 0))}</w:p></w:txbxContent></w:pict></w:r>"
    xml, found = made(box + run("后"))
    assert found == [("支委会.次数", "支委会_次数")]
    assert texts(xml.encode()) == {"支委会_次数": "7"}
    assert plain(xml) == "7后"


@given(st.lists(st.tuples(st.text("甲 7&", max_size=3), st.integers(-1, 4)), max_size=8))
def test_the_text_is_the_same_and_each_bookmark_holds_what_was_printed(pieces):
    escaped = [(text.replace("&", "&amp;"), number) for text, number in pieces]
    xml, found = made(run("".join(text if number < 0 else enclosed(text, number) for text, number in escaped)))
    assert plain(xml) == "".join(text for text, _ in escaped)
    held = texts(xml.encode())
    told = [(FIGURES[number], text) for text, number in pieces if number >= 0 and text]
    assert [(figure, held[name]) for figure, name in found] == told


@pytest.mark.parametrize("xml", [b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_plain_xml_is_refused(xml):
    with pytest.raises(ValueError, match=r"token|document type"):
        texts(xml)
