"""What XML can hold is what its readers take, and what is written is read as it was meant."""

from __future__ import annotations

from xml.parsers import expat

import pytest

from pyxl.xmltext import ILLEGAL, escaped, parser, replaced_once


def read(xml: bytes) -> str:
    texts: list[str] = []
    made = parser()
    made.CharacterDataHandler = texts.append
    made.Parse(xml, True)
    return "".join(texts)


def takes(sign: str) -> bool:
    try:
        read(f"<a>{sign}</a>".encode("utf-8", "surrogatepass"))
    except expat.ExpatError:
        return False
    return True


def test_a_reader_takes_every_character_but_those_that_xml_cannot_hold():
    signs = [chr(code) for code in range(0x11000) if chr(code) not in "&<"]
    assert [sign for sign in signs if takes(sign) is bool(ILLEGAL.match(sign))] == []


def test_an_escaped_text_is_read_as_it_was():
    text = "甲 & 乙 <b>&lt;&amp;</b> ]]> \"'"
    assert "<" not in escaped(text)
    assert read(f"<a>{escaped(text)}</a>".encode()) == text


@pytest.mark.parametrize("xml", ["<!DOCTYPE a><a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_document_type_is_refused(xml):
    with pytest.raises(ValueError, match="document type"):
        read(xml.encode())


def test_prefixes_are_parted_from_names():
    names: list[str] = []
    made = parser()
    made.StartElementHandler = lambda name, _: names.append(name)
    made.Parse(b'<w:a xmlns:w="urn:w"><b/></w:a>', True)
    assert names == ["urn:w a", "b"]


def test_what_must_stand_there_once_is_replaced_or_missed():
    assert replaced_once("<甲/></a>".encode(), "</a>", "<乙/></a>") == "<甲/><乙/></a>".encode()
    for content in (b"", b"</a></a>"):
        with pytest.raises(ValueError, match=f"stands there {content.count(b'/')} times"):
            replaced_once(content, "</a>", "")
