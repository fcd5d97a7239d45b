"""What is counted before a tree is built, and what people's files may hold without being refused."""

from __future__ import annotations

import pytest
from lxml import etree

from pyxl.package import TooLargeError
from pyxl.word.bounds import refuse_many, refuse_nested
from pyxl.word.namespaces import WORD

HEAD = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-16", "gbk", "GB18030", "iso-8859-1"])
def test_what_is_written_in_a_usual_encoding_can_be_counted(encoding):
    text = HEAD.format(encoding) + "<a>" + "<w:p/>" * 20_000 + "</a>"
    refuse_many([text.encode(encoding)])
    with pytest.raises(TooLargeError):
        refuse_many([text.replace("<a>", "<a><w:p>").encode(encoding)])


@pytest.mark.parametrize(
    "content",
    ["<a/>".encode("cp037"), (HEAD.format("cp037") + "<a/>").encode("cp037"), HEAD.format("cp500").encode() + b"<a/>",
     HEAD.format("utf-7").encode() + b"<a/>", "<a/>".encode("utf-16-be"), "<a/>".encode("utf-32-le"), b"\0<a/>"],
)  # fmt: skip
def test_what_is_written_in_none_is_damaged(content):
    with pytest.raises(ValueError, match="encoding"):
        refuse_many([content])


def test_text_is_no_markup():
    """Signs of equality, quotation marks and words that begin like tags."""
    refuse_many([b"", b"\xef\xbb\xbf<a/>", b"<a>" + b'x="" ' * 900 + b"</a>", b'<a b="' + b"=" * 90_000 + b'"/>'])


@pytest.mark.parametrize("prefix", ["", "w:", "ns0:"])
def test_paragraphs_are_counted_under_any_prefix_and_nothing_else_is_taken_for_one(prefix):
    ends = ("/>", " >", ">", "\n/>")
    refuse_many([f"<{prefix}pPr/><{prefix}pict/>".encode() * 20_001])
    with pytest.raises(TooLargeError):
        refuse_many(["".join(f"<{prefix}p{end}" for end in ends).encode() * 5_001])


def test_depth_is_counted_of_tables_and_of_anything():
    def tables(count):
        return etree.fromstring(f'<w:x xmlns:w="{WORD}">{"<w:tbl>" * count}{"</w:tbl>" * count}</w:x>')

    refuse_nested([tables(8), etree.fromstring("<a>" * 100 + "</a>" * 100)])
    for root in (tables(9), etree.fromstring("<a>" * 101 + "</a>" * 101)):
        with pytest.raises(TooLargeError):
            refuse_nested([root])
