"""What does each button do? One function each, under the key of its button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import CLEAN, ISSUES, HostError
from pyxl.ribbon.click import Answer
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.excel.grid import RawBook
    from pyxl.outcomes import Examination
    from pyxl.ribbon.click import Click

__all__ = ["check", "clear", "collect", "doctor", "guide", "preview", "report", "submit", "template", "totals"]


def check(click: Click) -> Answer:
    """校验: every cell against the rules; what was found goes to 校验结果."""
    raw = click.read()
    found = click.examine(raw)
    told = _show_issues(click, raw, found)
    return Answer(ISSUES if _errors(found) else CLEAN, told)


def totals(click: Click) -> Answer:
    """汇总: every figure with its rows, below the chart of 半年汇总."""
    from pyxl.excel.live.showing import show_figures
    from pyxl.excel.pages.figures import status

    raw = click.read()
    found = click.examine(raw)
    click.begin_writing(_sheet("summary"))
    remarks = click.remarks(raw)
    click.show(show_figures(click.book, raw, found.catalogue, found.totals, found.validation, remarks))
    return Answer(CLEAN, status(found.validation))


def preview(click: Click) -> Answer:
    """预览总结: the text as it would be written, in 总结预览."""
    raw = click.read()
    found = click.examine(raw)
    return Answer(CLEAN, _show_preview(click, raw, found))


def report(click: Click) -> Answer:
    """生成总结: the Word document beside the ledger; while errors stand, they are shown instead."""
    from pyxl.actions import write_report

    place = _place(click)
    raw = click.read()
    found = click.examine(raw)
    if errors := _errors(found):
        _show_issues(click, raw, found)
        return Answer(ISSUES, *_said("blocked", count=errors), aloud=True)
    click.progress("document")
    written, left_out, _ = write_report(found, place, None, None, draft=False, sources=False)
    names = phrase("words", "grammar", "separator").join(left_out)
    told = [phrase("live", "answers", "left_out", names=names)] if left_out else []
    try:
        _show_preview(click, raw, found, written)
    except HostError as refusal:  # the document is there all the same
        told.append(phrase("live", "answers", "not_shown", message=refusal.message, hint=refusal.hint))
    return Answer(CLEAN, phrase("live", "answers", "written", path=written), "\n".join(told), aloud=bool(told))


def submit(click: Click) -> Answer:
    """上报: the sealed workbook and the summary beside the ledger; while errors stand, they are shown instead."""
    from pyxl.actions import write_submission
    from pyxl.actions.answering import FEW, mention_lines

    place = _place(click)
    raw = click.read()
    found = click.examine(raw)
    if errors := _errors(found):
        _show_issues(click, raw, found)
        return Answer(ISSUES, *_said("not_submitted", count=errors), aloud=True)
    click.progress("sealing")
    outcome = write_submission(found, place, place.parent, click.now.astimezone())
    said = phrase("live", "answers", "submitted_next", report=outcome.report)
    following = "\n".join([said, *mention_lines(outcome.mentions, FEW)])
    return Answer(CLEAN, phrase("live", "answers", "submitted", path=outcome.written), following, aloud=True)


def collect(click: Click) -> Answer:
    """收集: the submissions of a folder become a ledger of many units, which is opened."""
    from pyxl.ribbon.collecting import collect_folder

    return collect_folder(click)


def clear(click: Click) -> Answer:
    """清除标记: 校验结果 is emptied, so that no cell lights up any more."""
    from pyxl.excel.live.reading import read_own
    from pyxl.excel.live.showing import clear_results

    raw = read_own(click.book)
    click.begin_writing(_sheet("results"))
    if clear_results(click.book, raw):
        return Answer(CLEAN, phrase("live", "answers", "cleared"))
    click.require_ledger()
    return Answer(CLEAN, phrase("live", "answers", "nothing_to_clear"), aloud=True)


def template(click: Click) -> Answer:
    """检查模板: what is wrong with a Word template of the user's own."""
    from pyxl.ribbon.templates import check_chosen

    return check_chosen(click)


def doctor(click: Click) -> Answer:
    """诊断: a text file that can be sent to whoever helps."""
    from pyxl import actions

    outcome = actions.doctor()
    sentence, following = _said("diagnosed" if outcome.troubles else "healthy", count=outcome.troubles)
    return Answer(CLEAN, sentence, f"{following}\n{outcome.path}", aloud=True)


def guide(click: Click) -> Answer:
    """使用说明: the sheet of that name, or where it is to be found."""
    name = _sheet("guide")
    if not click.has_book or name not in click.book.sheet_names:
        return Answer(CLEAN, *_said("no_guide", sheet=name), aloud=True)
    click.show(click.book.sheets[name])
    return Answer(CLEAN, phrase("live", "answers", "guide", sheet=name))


def _place(click: Click) -> Path:
    """The ledger's file. Raises HostError when the book is no ledger, or has none."""
    click.require_ledger()
    place = click.view.file()
    if place is None:
        raise HostError("book_unsaved", book=click.book.name)
    return place


def _show_issues(click: Click, raw: RawBook, found: Examination) -> str:
    """Fills 校验结果 and brings it to the front; its status line."""
    from pyxl.excel.live.showing import show_results
    from pyxl.excel.pages.results import status

    click.begin_writing(_sheet("results"))
    click.show(show_results(click.book, raw, found.issues, click.now, click.remarks(raw)))
    return status(found.issues)


def _show_preview(click: Click, raw: RawBook, found: Examination, written: Path | None = None) -> str:
    """Fills 总结预览 and brings it to the front; its status line."""
    from pyxl.core.summary import summarise
    from pyxl.excel.live.showing import show_preview
    from pyxl.excel.pages.preview import status

    report = summarise(
        found.ledger, found.catalogue, found.validation, found.totals, found.narrative,
        issues=found.issues, draft=False, sources=False,
    )  # fmt: skip
    click.begin_writing(_sheet("preview"))
    remarks = click.remarks(raw)
    click.show(show_preview(click.book, raw, report, errors=_errors(found), written=written, remarks=remarks))
    return status(report, _errors(found))


def _errors(found: Examination) -> int:
    return sum(issue.blocks for issue in found.issues)


def _sheet(key: str) -> str:
    return phrase("words", "sheets", key)


def _said(key: str, **words: object) -> tuple[str, str]:
    """A sentence, and what to do next."""
    return phrase("live", "answers", key, **words), phrase("live", "answers", f"{key}_next", **words)
