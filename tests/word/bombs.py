"""Small files that unpack to much, or to what takes long to go through: refused, or read in time where they are allowed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pyxl.word.namespaces import WORD
from tests.word.documents import a_template, parts_of

__all__ = ["ALLOWED", "REFUSED", "documents", "templates"]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN, RELATIONS, CONTENT = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
LOOP = ("{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")  # so that a check fills it, too
RUN = "<w:r><w:t>甲</w:t></w:r>"

Parts = Mapping[str, bytes]


def _body(xml: str) -> Callable[[Parts], Parts]:
    return lambda plain: {MAIN: plain[MAIN].replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)}


def _headers(count: int, xml: str, ending: str = "xml", encoding: str = "utf-8") -> Callable[[Parts], Parts]:
    """So many headers that hold this."""

    def made(plain: Parts) -> Parts:
        names = [f"header9{number}.{ending}" for number in range(count)]
        kinds = "".join(f'<Override PartName="/word/{name}" ContentType="{TYPES}.header+xml"/>' for name in names)
        links = "".join(f'<Relationship Id="rId9{name}" Type="{OFFICE}/header" Target="{name}"/>' for name in names)
        told = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding != "utf-8" else ""
        content = f'{told}<w:hdr xmlns:w="{WORD}">{xml}</w:hdr>'.encode(encoding)
        return dict.fromkeys((f"word/{name}" for name in names), content) | {
            CONTENT: plain[CONTENT].replace(b"</Types>", kinds.encode() + b"</Types>"),
            RELATIONS: plain[RELATIONS].replace(b"</Relationships>", links.encode() + b"</Relationships>"),
        }

    return made


def _pictures(*sizes: int) -> Callable[[Parts], Parts]:
    def made(plain: Parts) -> Parts:
        default = b'<Default Extension="png" ContentType="image/png"/></Types>'
        links = "".join(
            f'<Relationship Id="rId9{number}" Type="{OFFICE}/image" Target="media/{number}.png"/>'
            for number in range(len(sizes))
        )
        return {f"word/media/{number}.png": bytes(size) for number, size in enumerate(sizes)} | {
            CONTENT: plain[CONTENT].replace(b"</Types>", default),
            RELATIONS: plain[RELATIONS].replace(b"</Relationships>", links.encode() + b"</Relationships>"),
        }

    return made


def _within(times: int, xml: str) -> str:
    """Tables in the cells of tables."""
    return "<w:tbl><w:tr><w:tc>" * times + xml + "<w:p/></w:tc></w:tr></w:tbl>" * times


def _attributes(count: int) -> str:
    return "<w:p " + " ".join(f'w:a{number}=""' for number in range(count)) + "/>"


# what is changed in a plain template → the error that it ends with
REFUSED: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "paragraphs of a header": (_headers(1, "<w:p/>" * 600_000), "template_too_large"),
    "paragraphs of six headers": (_headers(6, "<w:p/>" * 600_000), "template_too_large"),
    "paragraphs of many headers, none of them large": (_headers(90, "<w:p/>" * 10_000), "template_too_large"),
    "paragraphs under another name": (_headers(1, "<w:p/>" * 600_000, "bin"), "template_too_large"),
    "paragraphs in two bytes a letter": (_headers(1, "<w:p/>" * 150_000, encoding="utf-16"), "template_too_large"),
    "an encoding that hides them": (_headers(1, "<w:p/>" * 600_000, encoding="cp037"), "template_damaged"),
    "a picture": (_pictures(95_000_000), "template_too_large"),
    "pictures": (_pictures(*[14_000_000] * 6), "template_too_large"),
    "runs": (_body(f"<w:p>{RUN * 4900}</w:p>" * 30), "template_too_large"),
    "elements": (_body(f"<w:p>{'<w:r/>' * 150_000}</w:p>"), "template_too_large"),
    "attributes": (_body(_attributes(200_000)), "template_too_large"),
    "tables in tables": (_body(_within(60, f"<w:tbl>{'<w:tr/>' * 90_000}</w:tbl>")), "template_too_large"),
    "controls in controls": (
        _body("<w:sdt><w:sdtContent>" * 110 + "<w:p/>" * 15_000 + "</w:sdtContent></w:sdt>" * 110),
        "template_too_large",
    ),
    "tags of many parts": (
        _headers(20, f"<w:p><w:r><w:t>{'{{ 标题 }}' * 1900}</w:t></w:r></w:p>"),
        "template_forbidden",
    ),
}

# as much as may be, of each
ALLOWED: dict[str, Callable[[Parts], Parts]] = {
    "many paragraphs": _headers(2, "<w:p/>" * 9_800),
    "many runs": _body(f"<w:p>{RUN * 48}</w:p>" * 1000),
    "many elements": _body(f"<w:p>{'<w:r/>' * 95_000}</w:p>"),
    "much text": _body(f"<w:p><w:r><w:t>{'x' * 3_900_000}</w:t></w:r></w:p>"),
    "much text in two parts": _headers(2, f"<w:p><w:r><w:t>{'x' * 3_000_000}</w:t></w:r></w:p>"),
    "large pictures": _pictures(14_900_000, 14_900_000, 9_000_000),
    "many rows in tables in tables": _body(_within(6, f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 19_000}</w:tbl>")),
    "many headers": _headers(900, f"<w:p>{RUN}</w:p>"),
    "many tags": _headers(2, f"<w:p><w:r><w:t>{'{{ 标题 }}' * 1990}</w:t></w:r></w:p>"),
    "many attributes": _body(_attributes(950) * 50),
}


def _written(path: Path, plain: Parts, change: Callable[[Parts], Parts]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {**plain, **change(plain)}.items():
            archive.writestr(name, content)
    return path


def templates(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each of them, refused or allowed, under its name."""
    plain = parts_of(a_template(folder, "{{ 标题 }}", *LOOP).read_bytes())
    changes = {name: change for name, (change, _) in REFUSED.items()} | ALLOWED
    for name, change in changes.items():
        yield name, _written(folder / "大.docx", plain, change)


def documents(folder: Path) -> Iterator[tuple[str, Path]]:
    """The same for who reads what a document rests on; the last of them holds as much as may be."""
    plain = parts_of(a_template(folder, "甲").read_bytes())
    links = f'<Relationship Id="rId9" Type="{OFFICE}/header" Target="header90.xml"/>' * 3000
    again = _headers(1, "<w:p/>" * 100_000)
    cases: dict[str, Callable[[Parts], Parts]] = {
        "headers": _headers(8, "<w:p/>" * 4_900_000),
        "a header": _headers(1, "<w:p/>" * 4_900_000),
        "large texts": _headers(3, f"<w:p><w:r><w:t>{'x' * 14_000_000}</w:t></w:r></w:p>"),
        "a header named again and again": lambda plain: {
            **again(plain),
            RELATIONS: plain[RELATIONS].replace(b"</Relationships>", links.encode() + b"</Relationships>"),
        },
        "many elements": _headers(2, "<w:p/>" * 950_000),
    }
    for name, change in cases.items():
        yield name, _written(folder / "总结.docx", plain, change)
