"""What the document looks like on paper, as LibreOffice sets it: lines, pages, fonts, page numbers.

The fonts of the standard are not free; for others that stand in for them see tests/fonts.py.
"""

from __future__ import annotations

import re
import subprocess

import pytest

from pyxl.core.document import Block, SourceLine
from tests.fonts import FACES, converted, fonts_of
from tests.word.documents import a_report, our_template, rendered

pytestmark = pytest.mark.live

MM = 72 / 25.4  # points
UNIT = "示例科技有限公司机关第一党支部"
# the commonest characters: every font has them (GB/T 2312—1980, rows 16 to 30)
CHARACTERS = "".join(bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xBF) for cell in range(0xA1, 0xFF))[
    :1400
]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    """A report of several pages with its appendix, printed."""
    folder = tmp_path_factory.mktemp("rendering")
    blocks = (
        Block("body", "甲" * 100),
        Block("heading1", "一、上半年工作情况"),
        Block("heading2", "（一）强思想"),
        Block("body", CHARACTERS),
        Block("body", "末段。"),
    )
    sources = tuple(SourceLine("主题党日", f"指标{number}", f"{number}次", "主题党日!4") for number in range(60))
    report = a_report(title=f"{UNIT}2023年上半年工作总结", unit=UNIT, blocks=blocks, sources=sources)
    document = folder / "总结.docx"
    document.write_bytes(rendered(report, our_template(folder)))
    return converted(document, folder)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages(pdf):
    """The lines of each page, without spaces."""
    text = run("pdftotext", "-layout", "-enc", "UTF-8", pdf, "-")
    lines = [[line.replace(" ", "") for line in page.splitlines() if line.strip()] for page in text.split("\f")]
    return lines[:-1]


def words_of(pdf, page):
    """Each word with its left, top, right and bottom in millimetres."""
    text = run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-enc", "UTF-8", pdf, "-")
    words = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', text)
    return [(word[4], [float(number) / MM for number in word[:4]]) for word in words]


def boxes(pdf, page):
    """The same by word; the last one where a word stands twice."""
    return dict(words_of(pdf, page))


def test_the_document_is_set_in_the_five_faces_of_the_standard_and_no_other(pdf):  # 5.2.2, 7.3.1, 7.3.3, 7.5
    assert fonts_of(pdf) == set(FACES.values())


def test_pages_are_a4(pdf):
    assert re.search(r"Page size:\s+595\.\d+ x 841\.\d+ pts", run("pdfinfo", pdf))


def test_a_page_holds_22_lines_of_28_characters(pdf):  # 5.2.3
    second = pages(pdf)[1]
    assert [len(line) for line in second] == [28] * 22 + [3]
    assert second[-1] == "—2—"
    assert "".join(second[:-1]) in CHARACTERS


def test_the_first_page_holds_22_lines_with_title_and_blank_line(pdf):
    first = pages(pdf)[0]
    assert first[:2] == [UNIT, "2023年上半年工作总结"]
    assert len(first) == 22 - 1 + 1  # the blank line below the title does not print, the page number does
    assert [len(line) for line in first[2:6]] == [26, 28, 28, 18]  # first line two characters in
    assert first[6:8] == ["一、上半年工作情况", "（一）强思想"]


def test_text_stays_within_the_type_area(pdf):  # 5.2.1
    for number, (inner, outer) in ((1, (28, 26)), (2, (26, 28))):
        words = [box for word, box in boxes(pdf, number).items() if len(word) > 3]
        assert min(box[0] for box in words) >= inner - 0.5
        assert max(box[2] for box in words) <= 210 - outer + 0.5
        assert min(box[1] for box in words) >= 37 - 2  # a font's box is higher than its characters
        assert max(box[3] for box in words) <= 262 + 2


def test_page_numbers_alternate_between_the_outer_sides(pdf):  # 7.5
    odd, even = ([box for word, box in words_of(pdf, page) if word == "—"] for page in (1, 2))
    character = 14 / MM
    assert abs(odd[-1][2] - (210 - 26 - character)) < 0.5  # the dash on the right stands one character in
    assert abs(even[0][0] - (26 + character)) < 0.5  # and that on the left
    for dash in (*odd, *even):
        assert abs((dash[1] + dash[3]) / 2 - (262 + 7)) < 0.7  # the dashes lie 7 mm below the type area


@pytest.mark.parametrize(
    ("text", "font", "points"),
    [
        (UNIT, FACES["title"], 22),
        ("一、上半年工作情况", FACES["heading1"], 16),
        ("（一）强思想", FACES["heading2"], 16),
        ("甲" * 28, FACES["body"], 16),
        ("—", FACES["page"], 14),
    ],
)
def test_every_style_keeps_its_font_and_size(pdf, text, font, points):  # 5.2.2, 7.3.1, 7.3.3, 7.5
    shown = run("pdftohtml", "-xml", "-i", "-stdout", "-f", "1", "-l", "1", "-zoom", "1", pdf)
    fonts = {
        key: (size, name) for key, size, name in re.findall(r'<fontspec id="(\d+)" size="(\d+)" family="(.*?)"', shown)
    }
    lines = re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', shown)
    found = {fonts[key] for key, line in lines if text in re.sub("<.*?>", "", line)}
    assert {size for size, _ in found} == {str(points)}
    assert all(font.startswith(name.partition("+")[2]) for _, name in found), found


def test_the_date_begins_two_characters_to_the_right_of_the_unit(pdf):  # 7.3.5.2
    number = next(number for number, lines in enumerate(pages(pdf), 1) if UNIT in lines and number > 1)
    found = boxes(pdf, number)
    assert abs((found["2023"][0] - found[UNIT][0]) - 2 * 15.7 / MM) < 0.3
    assert abs((210 - (26 if number % 2 else 28)) - found[UNIT][2] - 2 * 15.7 / MM) < 0.5
    assert "末段。" in pages(pdf)[number - 1]  # never on a page of its own


def test_the_appendix_begins_a_page_and_repeats_its_head(pdf):  # 7.3.7
    appendix = [lines for lines in pages(pdf) if "指标数值所依据的行" in "".join(lines)]
    assert len(appendix) >= 2
    assert appendix[0][:2] == ["附件", "指标数据来源"]
    assert all("所依据的行" in "".join(lines[:1]) for lines in appendix[1:])
    assert "主题党日：指标59" in "".join(appendix[-1])
    assert len(pages(pdf)) == 4 + len(appendix) - 1
