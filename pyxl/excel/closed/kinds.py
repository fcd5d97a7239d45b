"""What is this file really, when it is not a workbook that can be read?"""

from __future__ import annotations

import codecs

from pyxl.excel.closed.container import Container
from pyxl.excel.closed.refusal import Refusal

__all__ = ["foreign_container", "foreign_file"]

_HEAD = 65_536  # bytes that are enough to tell

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # name of a stream inside a compound file → the code of the kind; the first that is there counts
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "kind_doc"),
    ("PowerPoint Document", "kind_ppt"),
    ("Workbook", "kind_xls"),
    ("Book", "kind_xls"),
)
_SIGNATURES = (
    (b"\x09\x08\x10\x00", "kind_xls"),  # BIFF without the compound file around it
    (b"\x09\x04\x06\x00", "kind_xls"),
    (b"Rar!\x1a\x07", "kind_archive"),
    (b"7z\xbc\xaf\x27\x1c", "kind_archive"),
    (b"\x1f\x8b", "kind_archive"),
    (b"BZh", "kind_archive"),
    (b"\xfd7zXZ\x00", "kind_archive"),
    (b"\x89PNG\r\n", "kind_picture"),
    (b"\xff\xd8\xff", "kind_picture"),
    (b"GIF8", "kind_picture"),
    (b"BM", "kind_picture"),
    (rb"{\rtf", "kind_doc"),
)
_PARTS = (  # a part that only this kind of package has
    ("word/document.xml", "kind_docx"),
    ("ppt/presentation.xml", "kind_pptx"),
    ("xl/workbook.bin", "kind_xlsb"),
    ("index/document.iwa", "kind_unknown"),
)
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")
_TEXT_ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GBK"))


def foreign_file(data: bytes, path: str) -> Refusal:
    """The refusal that names the real kind of a file that does not begin like a zip."""
    if data.startswith(_COMPOUND):
        return Refusal(_compound_kind(data, path))
    head = data[:_HEAD]
    if not head.strip(b"\0"):
        return Refusal("damaged_file")
    if b"%PDF-" in head[:1024]:
        return Refusal("kind_pdf")
    for signature, code in _SIGNATURES:
        if head.startswith(signature) and (signature != b"BM" or b"\0" in head[:64]):
            return Refusal(code)
    return _text_kind(head)


def foreign_container(container: Container, missing: str) -> Refusal:
    """The refusal that names the real kind of a zip in which the workbook's part `missing` is not."""
    for part, code in _PARTS:
        if container.find(part):
            return Refusal(code)
    if container.find("mimetype") and b"opendocument" in container.read("mimetype"):
        return Refusal("kind_ods")
    if container.find("[Content_Types].xml"):
        return Refusal("part_missing", part=missing)
    return Refusal("kind_archive")


def _compound_kind(data: bytes, path: str) -> str:
    for stream, code in _STREAMS:
        if _has_stream(data, stream):
            is_wps = code == "kind_xls" and path.lower().endswith((".et", ".ett"))
            return "kind_et" if is_wps else code
    return "kind_unknown"


def _has_stream(data: bytes, stream: str) -> bool:
    """Whether the compound file's directory lists `stream`.

    Directory entries are 128 bytes long in sectors of 512 or 4096 bytes and begin with the name, so
    a hit off that grid is text inside some stream. Searching spares us walking sector chains, which
    a hostile file could tie into a ring.
    """
    wanted = (stream + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0 and at % 128:
        at = data.find(wanted, at + 1)
    return at >= 0


def _text_kind(head: bytes) -> Refusal:
    encoding, text = _decoded(head)
    if not encoding:
        return Refusal("kind_unknown")
    start = text.lstrip("\ufeff \t\r\n").lower()[:4096].encode("utf-8", "replace")
    if start.startswith(b"mime-version") or any(start.startswith(tag) for tag in _HTML) or b"<html" in start:
        return Refusal("kind_html")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Refusal("kind_xml2003")
    return Refusal("kind_text", encoding=encoding)


def _decoded(head: bytes) -> tuple[str, str]:
    """Name of the encoding and the text; two empty strings when it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", head.decode("utf-16", "replace")
    if any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head[:4096]):
        return "", ""
    for codec, label in _TEXT_ENCODINGS:
        try:
            # Incremental, so that a character cut in two at the end of the head is no mistake.
            return label, codecs.getincrementaldecoder(codec)().decode(head)
        except UnicodeDecodeError:
            continue
    return "", ""
