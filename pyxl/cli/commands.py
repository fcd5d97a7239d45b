"""Which verbs are there, and which action does each call?

Nothing here computes or writes: a verb calls one action and hands its outcome to a page.
Actions are imported inside the verbs, so that `--help` and a mistyped word cost nothing; pages after
them, because they import what an action imports while the ledger is being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pyxl import __version__
from pyxl.cli.chinese import Said, Verb, Verbs
from pyxl.cli.screen import emit, working
from pyxl.cli.stopping import stoppable
from pyxl.errors import UsageError
from pyxl.text import phrase

__all__ = ["verbs"]

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Decorator = Callable[[_Function], _Function]

_YEARS = range(2000, 2100)  # what the cover sheet and --period accept


def _year_of(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """The year as a number; Said when it is not one that a ledger can be of."""
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{4}", value) or int(value) not in _YEARS:
        hint = phrase("cli", "usage", "year_hint", first=_YEARS[0], last=_YEARS[-1])
        raise Said(phrase("cli", "usage", "bad_year", value=value), hint)
    return int(value)


def _day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """The day; UsageError when it is not written as one."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", value.strip())
    try:
        return date(*map(int, found.groups())) if found else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: str) -> date:
    raise UsageError("bad_day", written=value)


def _path(name: str, metavar: str, *, required: bool = True) -> _Decorator[Any]:
    """A positional file or folder."""
    shown = phrase("cli", "metavars", metavar)
    return click.argument(name, metavar=shown, required=required, type=click.Path(path_type=Path))


def _option(*names: str, text: str, metavar: str, kind: Any = str, **more: Any) -> _Decorator[Any]:
    """An option with a value."""
    shown = phrase("cli", "metavars", metavar)
    return click.option(*names, help=phrase("cli", "options", text), metavar=shown, type=kind, **more)


def _flag(*names: str, text: str) -> _Decorator[Any]:
    """An option without a value."""
    return click.option(*names, is_flag=True, help=phrase("cli", "options", text))


_FILE = click.Path(path_type=Path)
_ledger = _path("ledger", "ledger")
_json = _flag("--json", "as_json", text="json")
_period = _option("--period", text="period", metavar="period")
_catalogue = _option(
    "--catalogue", "catalogue_folder", text="catalogue", metavar="folder", kind=_FILE, envvar="PYXL_CATALOGUE"
)


_photos = _option("--photos", text="photos", metavar="photos", kind=_FILE, is_flag=False, flag_value=Path())


@click.group(cls=Verbs, name="pyxl", no_args_is_help=True)
@click.version_option(
    __version__,
    message=phrase("cli", "about", "version", version=__version__),
    help=phrase("cli", "options", "version"),
)
def verbs() -> None:
    """All verbs; click calls this before the chosen one."""


@verbs.command("demo", cls=Verb)
@_path("folder", "folder", required=False)
@_catalogue
def _demo(folder: Path | None, catalogue_folder: Path | None) -> int:
    from pyxl import actions

    with working("demo"):
        outcome = actions.demo(folder or Path("pyxl-demo"), catalogue_folder=catalogue_folder, today=date.today())
    from pyxl.cli import pages

    return pages.demo_page(outcome)


@verbs.command("new", cls=Verb)
@_path("ledger", "ledger")
@_option("--year", text="year", metavar="year", callback=_year_of)
@_option("--unit", text="unit", metavar="unit", default="")
@_catalogue
def _new(ledger: Path, year: int | None, unit: str, catalogue_folder: Path | None) -> int:
    from pyxl import actions

    with working("new"):
        outcome = actions.new(ledger, year=year or date.today().year, unit=unit, catalogue_folder=catalogue_folder)
    from pyxl.cli import pages

    return pages.new_page(outcome, pages.repeated(catalogue=catalogue_folder))


@verbs.command("check", cls=Verb)
@_ledger
@_option("-o", "--output", "out", text="results", metavar="results", kind=_FILE)
@_json
@_period
@_catalogue
def _check(ledger: Path, *, as_json: bool, **options: Any) -> int:
    from pyxl import actions

    now = datetime.now().astimezone()
    with working("check"):
        outcome = actions.check(ledger, today=now.date(), moment=now, **options)
    from pyxl.cli import pages

    if as_json:
        emit(pages.check_json(outcome))
        return pages.verdict(outcome)
    return pages.check_page(outcome, pages.repeated(options["period"], options["catalogue_folder"]))


@verbs.command("totals", cls=Verb)
@_ledger
@_json
@_period
@_catalogue
def _totals(ledger: Path, *, as_json: bool, period: str | None, catalogue_folder: Path | None) -> int:
    from pyxl import actions

    with working("totals"):
        outcome = actions.total(ledger, period=period, catalogue_folder=catalogue_folder, today=date.today())
    from pyxl.cli import pages

    return pages.totals_page(outcome, pages.repeated(period, catalogue_folder), as_json=as_json)


@verbs.command("preview", cls=Verb)
@_ledger
@_json
@_flag("--sources", text="preview_sources")
@_period
@_catalogue
def _preview(ledger: Path, *, as_json: bool, sources: bool, period: str | None, catalogue_folder: Path | None) -> int:
    from pyxl import actions

    with working("preview"):
        outcome = actions.preview(ledger, period=period, catalogue_folder=catalogue_folder, today=date.today())
    from pyxl.cli import pages

    again = pages.repeated(period, catalogue_folder)
    return pages.preview_page(outcome, again, sources=sources, as_json=as_json)


@verbs.command("report", cls=Verb)
@_ledger
@_option("-o", "--output", "out", text="out", metavar="output", kind=_FILE)
@_period
@_option("--template", text="template", metavar="template", kind=_FILE)
@_flag("--draft", text="draft")
@_flag("--details", text="details")
@_flag("--sources", text="sources")
@_flag("--pdf", text="pdf")
@_photos
@_catalogue
def _report(
    ledger: Path, *, draft: bool, sources: bool, details: bool, photos: Path | None, pdf: bool, **options: Any
) -> int:
    from pyxl import actions

    by = actions.find_printer() if pdf else None
    with working("report"):
        appendices = actions.Appendices(sources, details, photos)
        outcome = actions.summarise(ledger, draft=draft, appendices=appendices, today=date.today(), **options)
        if by:
            outcome = actions.with_pdf(outcome, by, anew=options["out"] is None)
    from pyxl.cli import pages

    again = pages.repeated(options["period"], options["catalogue_folder"])
    return pages.report_page(outcome, again, draft=draft)


@verbs.command("record", cls=Verb)
@_ledger
@_option("--activity", text="activity", metavar="activity", required=True)
@_option("-o", "--output", "out", text="record_out", metavar="record", kind=_FILE)
@_option("--period", text="record_period", metavar="period")
@_option("--from", "first", text="first", metavar="day", callback=_day_of)
@_option("--to", "last", text="last", metavar="day", callback=_day_of)
@_option("--template", text="record_template", metavar="template", kind=_FILE)
@_flag("--pdf", text="pdf")
@_photos
@_catalogue
def _record(ledger: Path, *, pdf: bool, **options: Any) -> int:
    from pyxl import actions

    if options["first"] and options["last"] and options["first"] > options["last"]:
        raise UsageError("days_reversed")
    by = actions.find_printer() if pdf else None
    with working("record"):
        outcome = actions.record_forms(actions.Recording(ledger, **options), today=date.today())
        if by:
            outcome = actions.with_pdf(outcome, by, anew=options["out"] is None)
    from pyxl.cli.recorded import record_page

    return record_page(outcome)


@verbs.command("explain", cls=Verb)
@_path("document", "document")
@_option("--number", text="number", metavar="number")
@_option("--ledger", text="explain_ledger", metavar="ledger", kind=_FILE)
@_json
@_catalogue
def _explain(document: Path, *, as_json: bool, **options: Any) -> int:
    from pyxl import actions

    with working("explain"):
        outcome = actions.explain(document, today=date.today(), **options)
    from pyxl.cli.explained import explain_page

    return explain_page(outcome, as_json=as_json)


@verbs.command("submit", cls=Verb)
@_ledger
@_option("-o", "--output", "out", text="submit_out", metavar="folder", kind=_FILE)
@_period
@_catalogue
def _submit(ledger: Path, **options: Any) -> int:
    from pyxl import actions

    now = datetime.now().astimezone()
    with working("submit"):
        outcome = actions.submit(ledger, today=now.date(), moment=now, **options)
    from pyxl.cli import pages

    return pages.submit_page(outcome)


@verbs.command("collect", cls=Verb)
@_path("folder", "folder")
@_option("--roster", text="roster", metavar="roster", kind=_FILE)
@_option("-o", "--output", "out", text="collect_out", metavar="consolidated", kind=_FILE)
@_option("--report", text="collect_report", metavar="consolidated_report", kind=_FILE)
@_option("--slips", text="slips", metavar="folder", kind=_FILE)
@_option("--previous", text="previous", metavar="previous", kind=_FILE)
@_json
@_option("--period", text="collect_period", metavar="period")
@_option("--unit", text="upper_unit", metavar="unit", default="")
@_option("--code", text="upper_code", metavar="code", default="")
@_option("--trust", text="trust", metavar="unit", multiple=True)
@_flag("--fast", text="fast")
@_option("--scheduler", text="scheduler", metavar="scheduler", default="")
@_catalogue
def _collect(folder: Path, *, as_json: bool, **options: Any) -> int:
    from pyxl import actions

    with working("collect") as tell, stoppable() as cancelled:
        hands = actions.Hands(
            progress=lambda done, of: tell(phrase("cli", "collect", "progress", done=done, of=of)), cancelled=cancelled
        )
        outcome = actions.collect(actions.Collecting(folder, **options), today=date.today(), hands=hands)
    from pyxl.cli.collected import collect_page

    return collect_page(outcome, as_json=as_json)


@verbs.command("build", cls=Verb)
@_flag("--check", "check_only", text="build_check")
def _build(*, check_only: bool) -> int:
    from pyxl import actions

    with working("build"):
        outcome = actions.build(check_only=check_only, root=None)
    from pyxl.cli import pages

    return pages.build_page(outcome, check_only=check_only)


def _set_up() -> tuple[click.Command, ...]:
    from pyxl.cli.setup import setup_verbs
    from pyxl.cli.template import template_verbs

    return (*template_verbs(), *setup_verbs())


verbs.further = _set_up
