"""How does the outcome of an action read on a screen, and which exit code does it earn?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.answering import mention_lines
from pyxl.catalogue.model import Severity
from pyxl.cli.figures import figure_line, figure_rows
from pyxl.cli.screen import Row, complain, emit, json_text, on_terminal, say, show_table
from pyxl.core.issue import Issue, summary
from pyxl.core.period import parse_period
from pyxl.core.summary import rows_in_words
from pyxl.errors import CLEAN, ISSUES
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.outcomes import (
        BuildOutcome,
        CheckOutcome,
        DemoOutcome,
        NewOutcome,
        PreviewOutcome,
        ReportOutcome,
        SubmitOutcome,
        TotalsOutcome,
    )

__all__ = [
    "build_page",
    "capped",
    "check_json",
    "check_page",
    "demo_page",
    "new_page",
    "preview_page",
    "repeated",
    "report_page",
    "submit_page",
    "totals_page",
    "verdict",
]

_GRAVITY = {level: number for number, level in enumerate(Severity)}
_CAP = 8  # issues of one kind shown on a terminal; a pipe gets them all


def verdict(outcome: CheckOutcome) -> int:
    """0 when no error-level issue stands, else 1."""
    return ISSUES if outcome.blocked else CLEAN


def check_json(outcome: CheckOutcome) -> str:
    """The outcome of check as one JSON object."""
    rows = {name: getattr(outcome, name) for name in ("read", "counted", "excluded", "error")}
    issues = [
        {
            "code": found.code,
            "severity": found.severity.value,
            "sheet": found.where.sheet or None,
            "cell": found.where.cell or None,
            "message": found.message,
            "hint": found.hint,
        }
        for found in outcome.issues
    ]
    written = {"written": str(outcome.written)} if outcome.written else {}  # under -o, which may name a folder only
    return json_text({"unit": outcome.unit, "period": outcome.period, "rows": rows, "issues": issues, **written})


def repeated(period: str | None = None, catalogue: Path | None = None) -> str:
    """The options given, as they have to stand in the next command for it to mean the same thing."""
    options = (("--period", period), ("--catalogue", catalogue))
    return "".join(f" {name} {_typed(value)}" for name, value in options if value is not None)


def check_page(outcome: CheckOutcome, again: str = "") -> int:
    """What check found, the gravest first; 1 when an error-level issue stands. `again`: see repeated."""
    _heading(outcome.unit, outcome.period)
    for note in outcome.notes:
        say(note)
    say(_counts(outcome))
    _show_issues(outcome.issues)
    _show_rows(outcome)
    if outcome.written:
        say(phrase("cli", "check", "written", path=outcome.written))
    say(_next_after_check(outcome, again))
    return verdict(outcome)


def totals_page(outcome: TotalsOutcome, again: str = "", *, as_json: bool) -> int:
    """Every figure with its rows; rows in error are mentioned beside the results."""
    if as_json:
        figures = [
            {"activity": figure.activity, "name": figure.name, "value": figure.value, "rows": figure.rows}
            for figure in outcome.figures
        ]
        emit(json_text({"unit": outcome.unit, "period": outcome.period, "figures": figures}))
    else:
        _heading(outcome.unit, outcome.period)
        heads = tuple(phrase("cli", "totals", key) for key in ("activity", "name", "value", "rows"))
        show_table(heads, figure_rows(outcome.figures), figure_line)
    if outcome.check.error:
        ledger = _typed(outcome.check.ledger) + again
        complain(phrase("cli", "totals", "in_error", count=outcome.check.error, ledger=ledger))
    return CLEAN


def preview_page(outcome: PreviewOutcome, again: str = "", *, sources: bool, as_json: bool) -> int:
    """The summary as it will read, a paragraph a line; with `sources` the rows that each rests on.

    While errors stand, which leave out rows or wording, that is said beside it.
    """
    report = outcome.report
    if as_json:
        emit(_preview_json(outcome))
    else:
        say(report.title)
        for block in report.blocks:
            say(block.text)
            if sources and block.sources:
                say(phrase("cli", "preview", "rows", rows=rows_in_words(block.sources)))
        say(report.unit)
        say(report.date_text)
    if errors := sum(found.blocks for found in outcome.check.issues):
        ledger = _typed(outcome.check.ledger) + again
        complain(phrase("cli", "preview", "pending", count=errors, ledger=ledger))
    return CLEAN


def _preview_json(outcome: PreviewOutcome) -> str:
    report = outcome.report
    paragraphs = [{"level": block.level, "text": block.text, "rows": block.sources} for block in report.blocks]
    own = {"title": report.title, "paragraphs": paragraphs, "signature": report.unit, "date": report.date_text}
    return json_text({"unit": outcome.check.unit, "period": outcome.check.period, **own})


def report_page(outcome: ReportOutcome, again: str = "", *, draft: bool) -> int:
    """Where the document is; or, with 1, the errors that stand in its way."""
    check = outcome.check
    errors = tuple(found for found in check.issues if found.blocks)
    say(_counts(check))
    if outcome.written is None:
        _show_issues(errors)
        say(phrase("cli", "report", "blocked", count=len(errors)))
        return ISSUES
    if errors:
        say(phrase("cli", "report", "pending", count=len(errors)))
    elif check.issues:
        say(phrase("cli", "report", "review", ledger=_typed(check.ledger) + again, counts=_to_review(check)))
    say(phrase("cli", "report", "draft" if draft else "written", path=outcome.written))
    if outcome.kept:
        say(phrase("cli", "report", "kept", file=outcome.kept.name))
    if outcome.pdf:
        say(phrase("cli", "report", "pdf", path=outcome.pdf))
    if outcome.left_out:
        names = phrase("cli", "report", "names_joint").join(outcome.left_out)
        complain(phrase("cli", "report", "leaves_out", names=names, first=outcome.left_out[0]))
    if outcome.leftovers:
        complain("\n".join([phrase("cli", "report", "leftovers"), *outcome.leftovers]))
    if outcome.photos:
        from pyxl.cli.recorded import complain_of_photos

        complain_of_photos(outcome.photos)
    return CLEAN


def submit_page(outcome: SubmitOutcome) -> int:
    """Where the two files are and what to do with them; or, with 1, the errors that stand in their way."""
    check = outcome.check
    errors = tuple(found for found in check.issues if found.blocks)
    say(_counts(check))
    if outcome.written is None:
        _show_issues(errors)
        say(phrase("cli", "submit", "blocked", count=len(errors)))
        return ISSUES
    if check.issues:
        say(phrase("cli", "submit", "review", counts=_to_review(check)))
    say(phrase("cli", "submit", "written", path=outcome.written))
    say(phrase("cli", "submit", "report", path=outcome.report))
    for line in mention_lines(outcome.mentions, _CAP if on_terminal() else None):
        say(line)
    say(phrase("cli", "submit", "next"))
    return CLEAN


def _to_review(check: CheckOutcome) -> str:
    """How many issues of each gravity there are, those of which there are none left out."""
    parts = (
        phrase("cli", "report", "count", level=phrase("cli", "levels", level.value), count=count)
        for level, count in summary(check.issues).items()
        if count
    )
    return phrase("cli", "report", "count_joint").join(parts)


def new_page(outcome: NewOutcome, again: str = "") -> int:
    """Where the blank ledger is, and what comes next."""
    say(phrase("cli", "new", "written", path=outcome.written))
    say(phrase("cli", "new", "next", path=_typed(outcome.written) + again))
    return CLEAN


def demo_page(outcome: DemoOutcome) -> int:
    """A line for each step of the chain, with its result."""
    check, totals, report = outcome.check, outcome.totals, outcome.report
    say(phrase("cli", "demo", "ledger", path=outcome.ledger))
    say(phrase("cli", "demo", "check", counts=_counts(check), rows=_row_counts(check)))
    activities = {figure.activity for figure in totals.figures}
    say(phrase("cli", "demo", "totals", figures=len(totals.figures), activities=len(activities)))
    if report.written is None:
        errors = tuple(found for found in check.issues if found.blocks)
        _show_issues(errors)
        say(phrase("cli", "demo", "blocked", count=len(errors)))
        return ISSUES
    say(phrase("cli", "demo", "report", path=report.written))
    for old, path in outcome.kept:
        say(phrase("cli", "demo", "kept", old=old, path=path))
    say(phrase("cli", "demo", "next", ledger=outcome.ledger, report=report.written))
    return CLEAN


def build_page(outcome: BuildOutcome, *, check_only: bool) -> int:
    """What was built; or, with 1, what is stale."""
    if not check_only:
        for path in outcome.built:
            say(phrase("cli", "build", "built", path=path))
        say(phrase("cli", "build", "done", count=len(outcome.built)))
        return CLEAN
    for path in outcome.stale:
        say(phrase("cli", "build", "stale", path=path))
    if outcome.stale:
        say(phrase("cli", "build", "refresh", count=len(outcome.stale)))
        return ISSUES
    say(phrase("cli", "build", "fresh"))
    return CLEAN


def capped(issues: tuple[Issue, ...], cap: int = _CAP) -> tuple[list[Issue], dict[str, int]]:
    """The first `cap` issues of each code, and how many of each code were left out."""
    seen: dict[str, int] = {}
    kept: list[Issue] = []
    for found in issues:
        seen[found.code] = seen.get(found.code, 0) + 1
        if seen[found.code] <= cap:
            kept.append(found)
    return kept, {code: count - cap for code, count in seen.items() if count > cap}


def _heading(unit: str, period: str | None) -> None:
    written = parse_period(period) if period else None
    say(
        phrase(
            "cli",
            "check",
            "heading",
            unit=unit or phrase("cli", "check", "no_unit"),
            period=written.title if written else period or phrase("cli", "check", "no_period"),
        )
    )


def _counts(outcome: CheckOutcome) -> str:
    """How many of each gravity, in one line."""
    counts = {level.value: count for level, count in summary(outcome.issues).items()}
    return phrase("cli", "check", "counts", **counts)


def _row_counts(outcome: CheckOutcome) -> str:
    """What became of the rows read, in one line."""
    names = ("read", "counted", "excluded", "error")
    return phrase("cli", "check", "rows", **{name: getattr(outcome, name) for name in names})


def _show_issues(issues: tuple[Issue, ...]) -> None:
    """One row for each issue, the gravest first; on a terminal no more than a handful of the same kind."""
    issues = tuple(sorted(issues, key=lambda found: _GRAVITY[found.severity]))
    shown, left = capped(issues) if on_terminal() else (list(issues), {})
    if not shown:
        return
    last = {found.code: number for number, found in enumerate(shown)}
    rows: list[Row] = []
    styles: list[str] = []
    for number, found in enumerate(shown):
        rows.append(_issue_row(found))
        styles.append(found.severity.value)
        if number == last[found.code] and found.code in left:
            rows.append(("", "", "", phrase("cli", "check", "more", count=left[found.code]), ""))
            styles.append("")
    heads = tuple(phrase("cli", "check", key) for key in ("level", "place", "found", "problem", "remedy"))
    show_table(heads, rows, _issue_line, styles)


def _issue_row(found: Issue) -> Row:
    place = found.where.address or phrase("cli", "check", "whole")
    return (phrase("cli", "levels", found.severity.value), place, found.found, found.message, found.hint)


def _issue_line(row: Row) -> str:
    """An issue under a pipe."""
    level, place, typed, message, remedy = row
    found = phrase("cli", "check", "found_mark", found=typed) if typed else ""
    return phrase("cli", "check", "line", level=level, place=place, found=found, message=message, remedy=remedy)


def _show_rows(outcome: CheckOutcome) -> None:
    """What became of the rows read; those left out, by reason."""
    say(_row_counts(outcome))
    reasons: dict[str, list[str]] = {}
    for ref, reason in outcome.exclusions:
        reasons.setdefault(reason, []).append(ref)
    for reason, refs in reasons.items():
        say(phrase("cli", "check", "excluded", reason=reason, rows=rows_in_words(refs)))


def _next_after_check(outcome: CheckOutcome, again: str) -> str:
    errors = summary(outcome.issues)[Severity.ERROR]
    key = "failed" if errors else "passed" if outcome.issues else "clean"
    return phrase("cli", "check", key, count=errors, ledger=_typed(outcome.ledger) + again)


def _typed(value: Path | str) -> str:
    """A path or a word as it can be typed into the next command."""
    text = str(value)
    return f'"{text}"' if any(sign in text for sign in " ()&;'") else text
