"""One problem in user data, as a value: what, how grave, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pyxl.catalogue.model import Severity
from pyxl.core.place import CellRef
from pyxl.record import record
from pyxl.text import table

__all__ = ["Issue", "in_order", "issue", "summary"]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


@record
class Issue:
    """One problem. `code` is English and stable; the sentences come from text/issues.toml."""

    code: str
    severity: Severity
    where: CellRef
    message: str
    hint: str
    found: str = ""  # what stands in the cell
    params: Mapping[str, object] = field(default_factory=dict, compare=False)
    basis: str = ""  # the regulation behind the rule, where there is one

    @property
    def blocks(self) -> bool:
        """Whether a report has to wait for this."""
        return self.severity is Severity.ERROR


def issue(
    code: str,
    where: CellRef,
    *,
    severity: Severity | None = None,
    found: str = "",
    basis: str = "",
    words: Mapping[str, str] | None = None,
    **params: object,
) -> Issue:
    """The only maker of issues: takes words and severity from issues.toml, unless a rule sets one.

    `words` (severity, message, hint) stand in for an entry of issues.toml: a plug-in brings its own.
    Raises KeyError for an unknown code and for a sentence whose parameter was not given.
    """
    entry = words or table("issues")[code]
    known = {"cell": where.cell, "sheet": where.sheet, "row": where.row, "found": found, **params}
    return Issue(
        code=code,
        severity=severity or Severity(entry["severity"]),
        where=where,
        message=entry["message"].format(**known),
        hint=entry["hint"].format(**known),
        found=found,
        params=params,
        basis=basis,
    )


def in_order(issues: list[Issue], sheets: list[str]) -> tuple[Issue, ...]:
    """Sorted by sheet (in workbook order), row, column and gravity; one for each place and code."""
    rank = {name: number for number, name in enumerate(sheets)}
    unique = {(found.where, found.code, found.message): found for found in issues}

    def key(found: Issue) -> tuple[int, tuple[str, int, int], int, str]:
        sheet = rank.get(found.where.sheet, len(rank))
        return (sheet, found.where.sort_key(), _RANK[found.severity], found.code)

    return tuple(sorted(unique.values(), key=key))


def summary(issues: tuple[Issue, ...]) -> dict[Severity, int]:
    """How many of each severity."""
    return {level: sum(found.severity is level for found in issues) for level in _RANK}
