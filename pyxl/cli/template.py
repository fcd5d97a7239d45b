"""How is a user's own Word template looked after on the command line: pyxl template list, check, fields?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pyxl.cli.chinese import Verb, Verbs
from pyxl.cli.screen import Row, emit, json_text, say, show_table, working
from pyxl.errors import CLEAN
from pyxl.text import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyxl.outcomes import TemplateFields, TemplateOutcome, TemplateRemark, TemplatesOutcome

__all__ = ["check_page", "fields_page", "list_page", "template_verbs"]

_FILE = click.Path(path_type=Path)


class _Member(Verb):
    """One of the verbs below `template`; its help page is in text/template.toml."""

    source = "template"


class _Family(Verbs):
    """The verb `template` with those below it."""

    source = "template"

    @property
    def intro(self) -> str:
        """What the help page begins with."""
        return phrase("cli", "verbs", "template") + "\n" + phrase("cli", "notes", "template")


@click.group("template", cls=_Family, no_args_is_help=True)
def _template() -> None:
    """All verbs about templates; click calls this before the chosen one."""


def template_verbs() -> tuple[click.Command, ...]:
    """The one verb that holds them all."""
    return (_template,)


_catalogue = click.option(
    "--catalogue", "catalogue_folder", help=phrase("cli", "options", "catalogue"),
    metavar=phrase("cli", "metavars", "folder"), type=_FILE, envvar="PYXL_CATALOGUE",
)  # fmt: skip


@_template.command("list", cls=_Member)
def _list() -> int:
    from pyxl import actions

    return list_page(actions.list_templates())


@_template.command("check", cls=_Member)
@click.argument("template", metavar=phrase("cli", "metavars", "template"), type=_FILE)
@click.option(
    "--annotate", is_flag=False, flag_value="", default=None, metavar=phrase("template", "options", "copy"),
    help=phrase("template", "options", "annotate"),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=phrase("cli", "options", "json"))
@_catalogue
def _check(template: Path, *, annotate: str | None, as_json: bool, catalogue_folder: Path | None) -> int:
    from pyxl import actions

    with working("template"):
        outcome = actions.check_template(
            template,
            annotate=annotate is not None,
            out=Path(annotate) if annotate else None,
            catalogue_folder=catalogue_folder,
        )
    return check_page(outcome, as_json=as_json)


@_template.command("fields", cls=_Member)
@_catalogue
def _fields(catalogue_folder: Path | None) -> int:
    from pyxl import actions

    return fields_page(actions.template_fields(catalogue_folder=catalogue_folder))


def list_page(outcome: TemplatesOutcome) -> int:
    """The templates at hand, and where one's own belong."""
    say(phrase("template", "list", "shipped"))
    for path, purpose in outcome.shipped:
        say(phrase("template", "list", "line", path=path, purpose=purpose))
    say(phrase("template", "list", "own" if outcome.own else "none", folder=outcome.folder))
    for path in outcome.own:
        say(phrase("template", "list", "own_line", path=path))
    say(phrase("template", "list", "next"))
    return CLEAN


def check_page(outcome: TemplateOutcome, *, as_json: bool = False) -> int:
    """What has to be mended, what is only advice; 1 while a report cannot be made with the template."""
    if as_json:
        emit(_json(outcome))
        return int(bool(outcome.problems))
    words = {"file": outcome.template.name, "path": _typed(outcome.template), "count": len(outcome.problems)}
    if outcome.problems:
        say(phrase("template", "check", "wrong", **words))
        _say_lines(outcome.problems)
    for names, key in ((outcome.missing, "missing"), (outcome.levels, "levels")):
        if names:
            say(phrase("template", "check", key, names=phrase("words", "grammar", "separator").join(names)))
    if outcome.advice:
        say(phrase("template", "check", "advised"))
        _say_lines(outcome.advice)
    remarks = outcome.advice or outcome.missing or outcome.levels
    use = phrase("template", "check", "use_forms" if outcome.of_forms else "use_report", **words)
    end = "again" if outcome.problems else "usable" if remarks else "clean"
    say(phrase("template", "check", end, use=use, **words))
    if outcome.annotated:
        say(phrase("template", "check", "annotated", path=outcome.annotated))
    if outcome.kept:
        say(phrase("cli", "report", "kept", file=outcome.kept.name))
    return int(bool(outcome.problems))


def _say_lines(remarks: Iterable[TemplateRemark]) -> None:
    for remark in remarks:
        say(remark.line)


def _typed(path: Path) -> str:
    return f'"{path}"' if any(sign in str(path) for sign in " ()&;'") else str(path)


def _json(outcome: TemplateOutcome) -> str:
    content: dict[str, Any] = {
        "template": str(outcome.template),
        "problems": [_remark(each) for each in outcome.problems],
        "advice": [_remark(each) for each in outcome.advice],
        "missing": outcome.missing,
        "levels": outcome.levels,
    }
    if outcome.annotated:
        content["annotated"] = str(outcome.annotated)
    return json_text(content)


def _remark(remark: TemplateRemark) -> dict[str, str | None]:
    own = {key: getattr(remark, key) for key in ("where", "paragraph", "found", "message")}
    return {"code": remark.reason, **own, "proposal": remark.proposal or None}


def fields_page(outcome: TemplateFields) -> int:
    """Every placeholder with its meaning, group by group; then the filters with an example each."""
    for key in ("parts", "fields", "upper"):
        _table(key, getattr(outcome, key), "line")
    _table("filters", outcome.filters, "filter_line")
    return CLEAN


def _table(key: str, marked: Sequence[Row], line: str) -> None:
    """One group; the meanings are Markdown, whose marks say nothing on a screen."""
    rows = [tuple(cell.replace("`", "") for cell in row) for row in marked]
    say(phrase("template", "fields", key))
    columns = ("name", "meaning", "example")[: len(rows[0])]
    heads = tuple(phrase("template", "fields", column) for column in columns)

    def written(row: Row) -> str:
        return phrase("template", "fields", line, **dict(zip(columns, row, strict=True)))

    show_table(heads, rows, written)
