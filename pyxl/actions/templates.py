"""Which Word templates are there, is one of the user's own in order, and what may be written in it?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.folders import data_folder
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.outcomes import TemplateFields, TemplateOutcome, TemplateRemark, TemplatesOutcome
    from pyxl.word.archive import Archive
    from pyxl.word.problems import Survey, TemplateProblem

__all__ = ["ANNOTATED", "annotated_path", "check_template", "list_templates", "own_templates_folder", "template_fields"]


ANNOTATED = "annotated"  # what such a copy says that it is: see pyxl.stamp


def own_templates_folder() -> Path:
    """Where a user may keep templates of his own: beside his keys, or where PYXL_TEMPLATES says."""
    named = os.environ.get("PYXL_TEMPLATES")
    return Path(named) if named else data_folder() / "templates"


def list_templates() -> TemplatesOutcome:
    """Every template at hand: ours with what each is for, and those in the user's own folder."""
    from pyxl.assets import templates_folder
    from pyxl.outcomes import TemplatesOutcome

    purposes = {phrase("assets", "files", key): text for key, text in phrases("template", "purposes").items()}
    other = phrase("template", "list", "no_purpose")
    shipped = tuple((path, purposes.get(path.name, other)) for path in _documents(templates_folder()))
    folder = own_templates_folder()
    return TemplatesOutcome(shipped, tuple(_documents(folder)), folder)


def _documents(folder: Path) -> list[Path]:
    """The Word files of a folder; «~$» begins the lock files of those that are open."""
    return sorted(path for path in folder.glob("*.docx") if not path.name.startswith(("~$", ".")))


def check_template(
    template: Path, *, annotate: bool = False, out: Path | None = None, catalogue_folder: Path | None = None
) -> TemplateOutcome:
    """Examines a template against every field that a report may have.

    With `annotate` a copy with a comment at every spot is written too, if there is any: to `out`, or under a free
    name beside the template. What bears the name `out` is replaced when it is such a copy that nobody has touched;
    anything else stays, and the copy takes the next free name. Raises TemplateError when the file is no template at all.
    """
    from pyxl.actions.examining import load_catalogue
    from pyxl.actions.refusing import refuse_ending
    from pyxl.outcomes import TemplateOutcome
    from pyxl.word.archive import read_archive
    from pyxl.word.forms import form_names
    from pyxl.word.kinds import is_of_forms
    from pyxl.word.leftovers import survey_leftovers
    from pyxl.word.template_check import survey
    from pyxl.word.trial import template_names

    if out is not None and not out.is_dir():
        refuse_ending(out, ".docx", "annotated_ending")
    catalogue = load_catalogue(catalogue_folder)
    archive = read_archive(template)
    of_forms = is_of_forms(archive)
    found = survey(archive, form_names() if of_forms else template_names(catalogue))
    survey_leftovers(archive, found)
    missing = () if of_forms else found.missing  # what every report consists of
    levels = () if found.problems or of_forms else _levels(template, catalogue, found)
    told = found.problems or found.advice or missing or levels
    written = _annotate(archive, template, found, (missing, levels), out) if told and (annotate or out) else None
    kept = out if out and written and out != written and not out.is_dir() else None
    problems, advice = _remarks(found.problems), _remarks(found.advice, 1 + len(found.problems))
    return TemplateOutcome(template, problems, advice, missing, levels, written, of_forms, kept)


def _levels(template: Path, catalogue: Catalogue, found: Survey) -> tuple[str, ...]:
    """The levels of text that would be refused; of a template that prints no text at all, that is said once."""
    from pyxl.word.trial import unprinted_levels

    return unprinted_levels(template, catalogue) if phrase("document", "names", "body") in found.used else ()


def _remarks(problems: Sequence[TemplateProblem], first: int = 1) -> tuple[TemplateRemark, ...]:
    from pyxl.outcomes import TemplateRemark

    return tuple(
        TemplateRemark(each.reason, each.where, each.text, each.found, each.message, each.proposal, each.line(number))
        for number, each in enumerate(problems, first)
    )


def annotated_path(template: Path, folder: Path | None = None) -> Path:
    """Where the copy with comments goes when nobody names a file: beside the template, or in `folder`."""
    return (folder or template.parent) / f"{phrase('template', 'files', 'annotated', stem=template.stem)}.docx"


def _annotate(
    archive: Archive, template: Path, found: Survey, lacks: tuple[tuple[str, ...], tuple[str, ...]], out: Path | None
) -> Path:
    from pyxl.actions.delivering import delivered
    from pyxl.word.annotating import annotated

    general = [phrase("template", "check", key, names=names) for key, names in _missing(*lacks)]
    content = annotated(archive, [*found.problems, *found.advice], general)
    named = None if out is None or out.is_dir() else out
    beside = annotated_path(template, out if out and not named else None)
    return delivered(named, beside, lambda path: _write(path, content), ANNOTATED, [template])


def _missing(names: tuple[str, ...], levels: tuple[str, ...]) -> list[tuple[str, str]]:
    joint = phrase("words", "grammar", "separator")
    told = (("missing", names), ("levels", levels))
    return [(key, joint.join(each)) for key, each in told if each]


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def template_fields(*, catalogue_folder: Path | None = None) -> TemplateFields:
    """Everything that may be written in a template, with what it means."""
    from pyxl.actions.examining import load_catalogue
    from pyxl.outcomes import TemplateFields
    from pyxl.word.placeholders import field_rows, filter_rows, part_rows, upper_rows

    catalogue = load_catalogue(catalogue_folder)
    return TemplateFields(part_rows(), field_rows(catalogue), upper_rows(catalogue), filter_rows())
