"""What does a document say of its numbers' sources, whoever has had it in hands since?

The file may be anything: it is opened with limits, unpacked only where it has to be, and its part is
believed only when it is exactly as we write it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pyxl.core.period import parse_period
from pyxl.core.provenance import MOST_ROWS, Number, Provenance, SourceRow
from pyxl.errors import DocumentError
from pyxl.package import DAMAGE, Parts, TooLargeError
from pyxl.record import record
from pyxl.word.bookmarked import texts
from pyxl.word.opening import word_bytes
from pyxl.word.sourcepart import CUSTOM, FORMAT, SPACE, Mark, main_part, parsed, related

__all__ = ["Sources", "read_sources"]

_LARGEST = 100_000_000  # bytes of a file
_MOST = 5000  # parts in it
_LARGEST_PART = 30_000_000  # bytes, unpacked, of any part that is looked into, and of all of them
_LONGEST = 2_000_000  # characters of one text in it
_MOST_TAGS = 2_000_000  # in all of them: some 600,000 for the rows of the largest ledger that is told
_MOST_ELEMENTS = 3 * MOST_ROWS  # numbers, places and rows: we write far fewer
_DIGESTS = {"provenance": re.compile(r"[0-9a-f]{64}"), "row": re.compile(r"[0-9a-f]{32}")}
_WHOLE = re.compile(r"[0-9]{1,9}")
_WITHIN = {"number": "provenance", "row": "provenance", "mark": "number", "cell": "row"}
_REASONS = {"unreadable": "closed", "empty": "not_word"}  # as dialogs.toml has it of a document


@record
class Sources:
    """What the numbers of a document rest on, and where they stand in it."""

    provenance: Provenance
    marks: tuple[Mark, ...]  # number by number, with what was printed there
    present: Mapping[str, str]  # name of a bookmark → what stands there now


class _LaterFormatError(ValueError):
    """The part was written by a later program."""


def read_sources(path: Path) -> Sources:
    """The sources in a document. Raises DocumentError when there are none that can be read, and says why."""

    def refused(reason: str) -> DocumentError:
        return DocumentError(f"document_{_REASONS.get(reason, reason)}", file=path.name or str(path))

    package = word_bytes(path, _LARGEST, refused)
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            parts = Parts(archive, _LARGEST_PART, _MOST, together=_LARGEST_PART)
            main = main_part(parts)
            names = related(parts, main, CUSTOM)
            shown = [main, *related(parts, main, "/header"), *related(parts, main, "/footer")]
            content = _bounded({part: parts[part] for part in dict.fromkeys([*names, *shown])})
            found = [sources for name in names if (sources := _read(content[name]))]
            present = {
                name: text for part in reversed([*dict.fromkeys(shown)]) for name, text in texts(content[part]).items()
            }
    except _LaterFormatError:
        raise DocumentError("document_later", file=path.name) from None
    except TooLargeError:
        raise DocumentError("document_too_large", file=path.name) from None
    except DAMAGE:
        raise DocumentError("document_damaged", file=path.name) from None
    if not found:
        raise DocumentError("document_without_sources", file=path.name)
    return Sources(found[0][0], found[0][1], present)


def _bounded(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The same parts. Raises TooLargeError where there are more tags in them than in any document of ours."""
    if sum(content.count(b"<") for content in contents.values()) > _MOST_TAGS:
        raise TooLargeError
    return contents


def _read(content: bytes) -> tuple[Provenance, tuple[Mark, ...]] | None:
    """What a custom part says; None when it is somebody else's. Raises ValueError when it is not as we write it."""
    reader = _Reader()
    parsed(content, reader.begins, reader.says, reader.ends)
    return reader.told() if reader.ours else None


class _Reader:
    """What expat tells of a part, held against its schema."""

    def __init__(self) -> None:
        self.ours = False
        self._began = False
        self._within: list[str] = []
        self._texts: list[str] = []
        self._head: dict[str, str] = {}
        self._numbers: list[dict[str, str]] = []
        self._marks: list[tuple[str, dict[str, str], str]] = []
        self._rows: list[tuple[dict[str, str], dict[str, str]]] = []
        self._attributes: dict[str, str] = {}

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        space, _, name = tag.rpartition(" ")
        if not self._began:
            self._began, self.ours, self._head = True, space.startswith(SPACE), attributes
            if self.ours:
                _refuse_format(space.removeprefix(SPACE), attributes)
        elif not self.ours:
            return
        elif space != f"{SPACE}{FORMAT}" or _WITHIN.get(name) != self._within[-1]:
            raise ValueError(tag)
        elif name == "number":
            self._numbers.append(attributes)
        elif name == "row":
            self._rows.append((attributes, {}))
        if len(self._rows) + len(self._numbers) + len(self._marks) > _MOST_ELEMENTS:
            raise TooLargeError
        self._within.append(name)
        self._texts, self._attributes = [], attributes

    def says(self, text: str) -> None:
        """Characters."""
        self._texts.append(text)

    def ends(self, tag: str) -> None:
        """An element ends."""
        if not self.ours:
            return
        name, text = self._within.pop(), "".join(self._texts)
        if len(text) > _LONGEST:
            raise ValueError(tag)
        if name == "mark":
            self._marks.append((self._numbers[-1]["name"], self._attributes, text))
        elif name == "cell":
            self._rows[-1][1][self._attributes["column"]] = text
        self._texts = []

    def told(self) -> tuple[Provenance, tuple[Mark, ...]]:
        """All of it. Raises ValueError or LookupError where something is wanting."""
        if not (_DIGESTS["provenance"].fullmatch(self._head["digest"]) and parse_period(self._head["period"])):
            raise ValueError(self._head["period"])
        rows = {each["id"]: _row(each, cells) for each, cells in self._rows}
        numbers = [_number(each, rows) for each in self._numbers]
        own = {name: self._head[name] for name in ("program", "catalogue", "ledger", "unit", "period", "digest")}
        told = Provenance(
            **own, numbers={each.name: each for each in numbers}, rows={row.ref: row for row in rows.values()}
        )
        return told, tuple(Mark(figure, each["bookmark"], text) for figure, each, text in self._marks)


def _refuse_format(named: str, attributes: Mapping[str, str]) -> None:
    for written in (named, attributes.get("format", "")):
        if not _WHOLE.fullmatch(written) or int(written) < FORMAT:
            raise ValueError(written)
        if int(written) > FORMAT:
            raise _LaterFormatError


def _row(told: Mapping[str, str], cells: Mapping[str, str]) -> SourceRow:
    if not (_WHOLE.fullmatch(told["row"]) and _DIGESTS["row"].fullmatch(told["digest"])):
        raise ValueError(told["row"])
    return SourceRow(told["sheet"], int(told["row"]), cells, told["digest"])


def _number(told: Mapping[str, str], rows: Mapping[str, SourceRow]) -> Number:
    refs = tuple(rows[each].ref for each in told["rows"].split()) if "rows" in told else None
    return Number(told["name"], told["value"], refs)
