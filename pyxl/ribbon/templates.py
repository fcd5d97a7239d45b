"""检查模板: which template, and what is said of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.errors import CLEAN, ISSUES, HostError
from pyxl.ribbon.click import Answer
from pyxl.text import phrase

if TYPE_CHECKING:
    from pathlib import Path

    from pyxl.outcomes import TemplateOutcome
    from pyxl.ribbon.click import Click

__all__ = ["check_chosen"]

_SHOWN = 6  # mistakes that a box has room for; all of them stand in the copy


def check_chosen(click: Click) -> Answer:
    """Asks for a template and examines it; where something is to be mended, a copy with comments is written too."""
    from pyxl import actions

    if click.app is None:
        raise HostError("no_book")
    template = _chosen(click)
    if template is None:
        return Answer(CLEAN, phrase("live", "answers", "no_template"))
    click.progress("template")
    return _answer(actions.check_template(template, annotate=True, catalogue_folder=click.catalogue_folder))


def _chosen(click: Click) -> Path | None:
    from pyxl.excel.live.choosing import choose_file

    place = click.view.file() if click.has_book else None
    assert click.app
    kind = (phrase("live", "answers", "template_kind"), "*.docx")
    return choose_file(click.app, phrase("live", "answers", "choose_template"), place.parent if place else None, kind)


def _answer(outcome: TemplateOutcome) -> Answer:
    """How many there are, the first of them, and where the rest can be read."""
    remarks = (*outcome.problems, *outcome.advice)
    lines = [remark.line for remark in remarks[:_SHOWN]]
    if len(remarks) > _SHOWN:
        lines.append(phrase("template", "check", "more", count=len(remarks) - _SHOWN))
    joint = phrase("words", "grammar", "separator")
    told = (("missing", outcome.missing), ("levels", outcome.levels))
    lines += [phrase("template", "check", key, names=joint.join(names)) for key, names in told if names]
    if outcome.annotated:
        lines.append(phrase("template", "check", "annotated", path=outcome.annotated))
    key = "template_wrong" if outcome.problems else "template_right"
    sentence = phrase("live", "answers", key, file=outcome.template.name, count=len(outcome.problems))
    return Answer(ISSUES if outcome.problems else CLEAN, sentence, "\n".join(lines), aloud=True)
