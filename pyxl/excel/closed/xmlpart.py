"""How is one XML part read without letting it declare anything or fetch anything?"""

from __future__ import annotations

from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate, XMLParserType

from pyxl.excel.closed.refusal import Refusal

__all__ = ["StartHandler", "attribute", "forbid_dtd", "has_markup", "parse", "parser", "run"]

_NO_MEMORY = 1  # expat's own number for it

StartHandler = Callable[[str, dict[str, str]], None]

_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def has_markup(data: bytes) -> bool:
    """Whether a declaration, a comment or a CDATA section may be in a part whose encoding is a form of ASCII."""
    return b"!" in data and b"<!" in data  # to look for one sign first takes a twentieth of the time


def forbid_dtd(data: bytes, part: str) -> None:
    """Refuse a part with a document type or an entity in it: no spreadsheet program writes one.

    The test is on bytes, because the part may afterwards be read by a parser that is not ours.
    """
    if not has_markup(data) and b"\0" not in data:  # in UTF-16 every other byte of a declaration is 0
        return
    if any(declaration in data for declaration in _DECLARATIONS):
        raise Refusal("xml_declaration", part=part)


def parser(part: str) -> XMLParserType:
    """A parser that refuses declarations whatever the part's encoding, and never opens anything."""

    def refuse(*_: object) -> None:
        raise Refusal("xml_declaration", part=part)

    made = ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = refuse
    made.EntityDeclHandler = refuse
    made.ExternalEntityRefHandler = None
    return made


def parse(
    data: bytes,
    part: str,
    start: StartHandler,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a whole part; element names come without prefix. Refusal when it is not well-formed."""
    made = parser(part)
    made.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end:
        made.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    made.CharacterDataHandler = text
    run(made, data, part)


def run(made: XMLParserType, data: bytes, part: str) -> None:
    """Let a parser read a whole part. Refusal when it is not well-formed."""
    try:
        made.Parse(data, True)
    except ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from None
        raise Refusal("damaged_part", part=part) from None
    except LookupError:  # an encoding that nobody knows
        raise Refusal("damaged_part", part=part) from None


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """The attribute called `name` under whatever prefix; None when it is not there."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name and ":" in key:
            return value
    return None
