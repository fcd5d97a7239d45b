"""What was found in a template: mistakes, and what is allowed but hardly meant?"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyxl.text import phrase, phrases, table
from pyxl.word.tags import Paragraph

__all__ = ["Survey", "TemplateProblem"]

_ESSENTIAL = ("title", "body", "unit", "date")
_QUOTED = 80  # characters of a paragraph


@dataclass(frozen=True)
class TemplateProblem:
    """One mistake: `reason` is a key of document.toml [problems] or [advice], `text` the paragraph's own words."""

    reason: str
    place: str  # a key of document.toml [places]
    text: str
    found: str
    proposal: str = ""
    number: int = field(default=0, compare=False)  # of the paragraph, within its part
    spot: str = ""  # where that is, in words
    paragraph: Paragraph | None = field(default=None, compare=False)

    @property
    def blocks(self) -> bool:
        """Whether no report can be made while it stands; the rest is advice."""
        return self.reason not in table("document")["advice"]

    @property
    def code(self) -> str:
        """Which error it makes: template_unknown_name, template_broken or template_forbidden; advice makes none."""
        code: str = self._entry.get("code", "")
        return code

    @property
    def _entry(self) -> dict[str, str]:
        words = table("document")
        entry: dict[str, str] = words["problems"].get(self.reason) or words["advice"][self.reason]
        return entry

    @property
    def message(self) -> str:
        """What is wrong and, where that can be told, what was probably meant."""
        sentence = self._entry["text"]
        asked = self.proposal and "{proposal}" not in sentence
        told = sentence.format(found=self.found, proposal=self.proposal)
        return told + (phrase("document", "listing", "proposal", proposal=self.proposal) if asked else "")

    @property
    def where(self) -> str:
        """Where it stands, in words; of what stands in no paragraph, in the file."""
        return self.spot or phrase("document", "places", self.place)

    @property
    def quoted(self) -> str:
        """So much of the paragraph as shows where in it the mistake stands."""
        return _cut(self.text, self.found)

    def line(self, number: int) -> str:
        """One line of a listing."""
        key = "paragraph" if self.text else "place"
        head = phrase("document", "listing", key, number=number, place=self.where, text=self.quoted)
        return head + self.message


def _cut(text: str, found: str) -> str:
    if len(text) <= _QUOTED:
        return text
    start = max(0, min(text.find(found) - 15, len(text) - _QUOTED))
    mark = phrase("document", "listing", "cut")
    return (mark if start else "") + text[start : start + _QUOTED] + (mark if start + _QUOTED < len(text) else "")


@dataclass
class Survey:
    """What was found in a template: its mistakes, what is hardly meant, and the names that it uses."""

    problems: list[TemplateProblem] = field(default_factory=list)
    advice: list[TemplateProblem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a report consists of and this template does not print: title, text, signature or date."""
        names = phrases("document", "names")
        return tuple(names[key] for key in _ESSENTIAL if names[key] not in self.used)

    def add(
        self, reason: str, paragraph: Paragraph | None, found: str, proposal: str = "", *, twins: bool = False
    ) -> None:
        """Notes a mistake; a text box that Word stores twice is told once, or, with `twins`, each time."""
        if paragraph and paragraph.twin and not twins:
            return
        problem = TemplateProblem(reason, "file", "", found, proposal)
        if paragraph:
            text, place = paragraph.text.strip(), paragraph.place
            problem = TemplateProblem(reason, place, text, found, proposal, paragraph.number, paragraph.spot, paragraph)
        (self.problems if problem.blocks else self.advice).append(problem)
