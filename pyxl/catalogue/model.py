"""What is recorded: the types that the catalogue's TOML files are loaded into.

Everything is frozen. Keys are English and stable; labels are the Chinese words on the sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pyxl.record import record

__all__ = [
    "ActivityType",
    "Catalogue",
    "CheckSpec",
    "Clause",
    "ClauseForm",
    "Column",
    "ColumnType",
    "CoverField",
    "Kind",
    "OnForm",
    "PeriodRule",
    "Section",
    "Settlement",
    "Severity",
    "TotalKind",
    "TotalSpec",
]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class ColumnType(StrEnum):
    """How a cell is typed in, checked and read."""

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    MONTH = "month"  # year and month, e.g. a birth month; read as the first day of that month
    TIME = "time"
    INTEGER = "integer"  # whole number, 0 or more
    DECIMAL = "decimal"
    CHOICE = "choice"
    CHOICES = "choices"  # several of `choices`
    PERSON = "person"  # one name of the roster
    PEOPLE = "people"  # several names
    ITEMS = "items"  # several free texts
    YESNO = "yesno"


class Severity(StrEnum):
    """How grave: an error blocks the report, a warning asks to be confirmed, a hint advises."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    OFF = "off"


class Kind(StrEnum):
    """What one row of the sheet is."""

    ACTIVITY = "activity"  # something that took place on a date
    REGISTER = "register"  # a standing list: members, problems, plans


class PeriodRule(StrEnum):
    """Which rows belong to a reporting period."""

    WITHIN = "within"  # the row's date lies in the period
    UNTIL = "until"  # the row's date lies before the period's end (problems once raised stay)
    ALWAYS = "always"  # every row (members)
    NAMED = "named"  # the row names the period, or none (plans)


class TotalKind(StrEnum):
    """How a figure is computed from the counted rows."""

    COUNT = "count"  # rows
    SUM = "sum"  # of `column`
    RATIO = "ratio"  # sum of columns[0] over sum of columns[1]
    DISTINCT = "distinct"  # number of different values of the first column that is filled
    LIST = "list"  # those values, in order of date
    MONTHS_WITHOUT = "months_without"  # months of the period without a row


class OnForm(StrEnum):
    """Whether the form of one entry, as it is filed, has a box for a column."""

    ALWAYS = "always"
    FILLED = "filled"  # only where something stands in the cell
    NEVER = "never"


class ClauseForm(StrEnum):
    """What a row of wording becomes in the document; see pyxl.core.narrative."""

    PARAGRAPH = "paragraph"  # sentences that begin a new paragraph
    SENTENCE = "sentence"  # sentences that continue the paragraph or item
    ITEM = "item"  # begins a numbered item within the paragraph
    LEAD = "lead"  # opens a sentence of phrases; dropped when no phrase follows
    PHRASE = "phrase"  # one part of such a sentence, joined by commas
    EACH = "each"  # one numbered paragraph for every counted row of `activity`


@record
class Column:
    """One column of a sheet: its header, what may be typed, how it reads."""

    key: str
    label: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    width: float = 12.0  # in characters of the default font
    open: bool = False  # choices are suggestions: other text is accepted
    private: bool = False  # never leaves the ledger: no figure, no placeholder
    upward: bool = False  # names in it go up to the next level as they are
    maximum: float | None = None
    on_form: OnForm = OnForm.ALWAYS  # whether the form of one entry has a box for it
    on_form_with: str = ""  # key of a column whose box never stands without this one's: votes for and against
    signs: bool = False  # whoever it names signs the form
    photos: bool = False  # names of image files in it become pictures


@record
class CheckSpec:
    """One rule: which kind of check, on which columns, how grave, and on whose authority."""

    id: str
    check: str
    severity: Severity
    basis: str
    columns: tuple[str, ...] = ()
    code: str = ""  # of the issue raised; empty = the check's own
    params: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@record
class TotalSpec:
    """One figure of an activity. `where` maps a column's key to the values that count ("*" = any)."""

    key: str
    label: str
    kind: TotalKind
    columns: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    unit: str = ""
    present: bool = False  # of the roster: only who belongs to the branch on the last day that counts


@record
class Clause:
    """One row of wording: where it stands, when it applies, what it says (a jinja2 template)."""

    key: str
    section: str
    form: ClauseForm
    text: str
    when: str = ""
    order: float = 0.0
    activity: str = ""  # key of the activity whose file holds it; EACH runs over its rows
    where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)  # EACH: only these rows
    used: bool = True  # false: offered on the sheet, written only when the secretary says so
    file: str = ""  # where it stands, for messages
    documents: tuple[str, ...] = ()  # parts of the year (H1 … Q4) whose document it is for; none: every one
    instead_of: str = ""  # key of the clause that says the same in the other documents


@record
class Settlement:
    """When nothing remains to be done about a row that stays from period to period (UNTIL), and how it stood before."""

    column: str  # the row's state …
    values: tuple[str, ...]  # … and those that say that it is settled
    date: str  # the column that says since when
    before: str  # its state until then
    known: tuple[str, ...] = ()  # columns of which nothing was known until then


@record
class ActivityType:
    """One kind of activity = one sheet = one table, all named `label`."""

    key: str
    label: str
    group: str  # colour and place of the tab: members | meetings | work | plans
    order: float
    purpose: str  # one sentence: what belongs on this sheet
    columns: tuple[Column, ...]
    kind: Kind = Kind.ACTIVITY
    date: str = "date"  # key of the column that dates a row; empty = none
    period_rule: PeriodRule = PeriodRule.WITHIN
    measure: str = ""
    checks: tuple[CheckSpec, ...] = ()
    totals: tuple[TotalSpec, ...] = ()
    clauses: tuple[Clause, ...] = ()
    aliases: tuple[str, ...] = ()  # other names of the sheet
    in_matrix: bool = True  # a line of the activity-by-month matrix
    told_by: tuple[str, ...] = ()  # keys of the columns that say in a list of activities what one was about
    settlement: Settlement | None = None  # of a standing list: when a row of it has come to its end

    def column(self, key: str) -> Column:
        """The column with this key; KeyError when there is none."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether this activity records a column with this key."""
        return key in self._by_key

    @cached_property
    def _by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}


@record
class CoverField:
    """One field of the sheet 基本信息: a cell whose defined name is `label`."""

    key: str
    label: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    instead: str = ""  # key of the field whose value stands in while this one is blank
    advised: bool = False  # may stay blank, at a price that a hint names
    private: bool = False  # never leaves the ledger
    aliases: tuple[str, ...] = ()


@record
class Section:
    """One section of the report; level 0 has no heading, 1 is 一、 and 2 is （一）."""  # noqa: RUF002

    key: str
    title: str
    level: int
    label: str  # how the sheet of wording names it
    order: float = 0.0
    documents: tuple[str, ...] = ()  # parts of the year (H1 … Q4) whose document has it; none: every one
    titles: Mapping[str, str] = field(default_factory=lambda: _NOTHING)  # kind of document → another title


@record
class Catalogue:
    """The versioned set of activity types, cover fields and report sections."""

    version: str
    cover: tuple[CoverField, ...]
    activities: tuple[ActivityType, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]  # of the outline and of all activities, in order
    verbs: tuple[str, ...] = ()  # shared by neighbouring phrases: said once
    wording: tuple[Column, ...] = ()  # columns of the sheet that carries the clauses
    sources: tuple[str, ...] = field(default=())  # folders it was loaded from
    register: tuple[ActivityType, ...] = ()  # of what the next level makes of ledgers: its units, one sheet
    upper_sections: tuple[Section, ...] = ()  # of the next level's report, and its wording
    upper_clauses: tuple[Clause, ...] = ()
    upper_main: tuple[str, ...] = ()  # keys of the activities that the next level's table of units has a column for

    @cached_property
    def by_key(self) -> Mapping[str, ActivityType]:
        """Activity key → activity type."""
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def by_label(self) -> Mapping[str, ActivityType]:
        """Sheet name → activity type."""
        return {activity.label: activity for activity in self.activities}

    def activity(self, key: str) -> ActivityType:
        """The activity type with this key; KeyError when there is none."""
        return self.by_key[key]

    def rules(self) -> Iterator[tuple[ActivityType, CheckSpec]]:
        """Every rule that is switched on, with its activity type."""
        for activity in self.activities:
            for spec in activity.checks:
                if spec.severity is not Severity.OFF:
                    yield activity, spec
