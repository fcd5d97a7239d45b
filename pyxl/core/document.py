"""What goes into the Word document: finished text by paragraph, before any file format is thought of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pyxl.core.marks import Span
from pyxl.record import record

if TYPE_CHECKING:
    from pyxl.core.provenance import Provenance

__all__ = ["LEVELS", "Block", "DetailLine", "Picture", "Report", "SourceLine", "UnitLine"]

# What a paragraph is; a template gives each level a style of its own.
LEVELS = ("title", "heading1", "heading2", "body", "salutation")


@record
class Block:
    """One paragraph, its numeral included where it has one."""

    level: str  # one of LEVELS
    text: str
    sources: tuple[str, ...] = ()  # the rows its figures rest on: "主题党日!7" …
    spans: tuple[Span, ...] = ()  # where which figure is printed

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"unknown level {self.level!r}")


@record
class SourceLine:
    """One figure of the appendix, all of it as it is printed."""

    activity: str  # label of the activity type
    name: str  # label of the figure
    value: str
    rows: str  # the rows behind it, joined


@record
class DetailLine:
    """One activity in the table of all of them, as it is printed."""

    number: int
    day: str
    activity: str  # label of the activity type
    about: str
    due: str
    present: str


@record
class Picture:
    """One photograph with its caption; without an image, a line that says that it is missing."""

    caption: str
    image: bytes = b""  # JPEG
    width: int = 0  # pixels
    height: int = 0


@record
class UnitLine:
    """One unit in the table of a report on many; or all of them together, without number and name."""

    number: int | None
    code: str
    name: str
    rank: int | None
    total: int
    others: int  # of the total, what the table has no column for
    gaps: str
    counts: Mapping[str, int] = field(default_factory=dict)  # label of an activity → how often


@record
class Report:
    """半年总结: everything that a template may print.

    `fields` holds what a committee's own template may ask for beyond the finished text, by Chinese
    name: plain values, and groups of them (an activity's figures). The names of the report's own
    parts (see pyxl.word.names) win over a field of the same name.
    """

    title: str
    unit: str  # whoever signs (落款)
    date_text: str  # 2023年6月30日
    blocks: tuple[Block, ...]
    draft: bool = False
    draft_notes: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()  # empty: no appendix
    units: tuple[UnitLine, ...] = ()  # of a report on many units
    whole: UnitLine | None = None  # all of them together
    details: tuple[DetailLine, ...] = ()  # empty: no table of activities
    photos: tuple[Picture, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    provenance: Provenance | None = None  # what its figures rest on; None: the document does not tell

    @property
    def appendices(self) -> tuple[str, ...]:
        """Keys of words.toml [attachments]: those that the document has."""
        return tuple(key for key in ("units", "details", "sources", "photos") if getattr(self, key))
