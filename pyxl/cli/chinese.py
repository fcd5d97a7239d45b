"""How does click, which speaks English, speak Chinese?

Help pages are laid out here, by the width of Chinese characters. Every way of writing a command
wrongly becomes a sentence of text/cli.toml; click's own sentences never reach the user.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import click

from pyxl.text import Sentence, phrase

__all__ = ["Said", "Verb", "Verbs", "usage_sentence", "width"]


class Said(click.UsageError):
    """A wrongly written command whose sentence is already in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class _Speaking:
    """What a verb and the group of verbs have in common: help pages in Chinese."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """How help is asked for."""
        del ctx
        return ["-h", "--help"]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's --help option, explained in our words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # comes from click.Command beside it
        if isinstance(option, click.Option):
            option.help = phrase("cli", "options", "help")
            return option
        return None


class Verb(_Speaking, click.Command):
    """One verb, e.g. check. `source` is the text file that its help page is in."""

    source = "cli"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but a mistake always knows its verb, and words too many are named."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest:
            message = phrase("cli", "usage", "too_many", names=" ".join(rest))
            raise Said(message, phrase("cli", "usage", "quote") + _see_help(ctx))
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """The help page of this verb."""
        name = self.name or ""
        return "\n".join(
            [
                _usage_line(ctx, self),
                "",
                phrase(self.source, "verbs", name),
                phrase(self.source, "notes", name),
                "",
                phrase("cli", "about", "options_heading"),
                *_columns(_option_rows(ctx, self)),
            ]
        )


class Verbs(_Speaking, click.Group):
    """All verbs together: what `pyxl` alone shows.

    `further` makes those that are seldom called, once somebody asks for one or for all: a check does not wait for them.
    """

    source = "cli"
    further: Callable[[], Iterable[click.Command]] = tuple

    @property
    def intro(self) -> str:
        """What the help page begins with."""
        return phrase("cli", "about", "intro")

    def get_help(self, ctx: click.Context) -> str:
        """The help page that lists the verbs."""
        verbs = [(name, phrase(self.source, "verbs", name)) for name in self.list_commands(ctx)]
        return "\n".join(
            [
                self.intro,
                "",
                _usage_line(ctx, self),
                "",
                phrase("cli", "about", "verbs_heading"),
                *_columns(verbs),
                "",
                phrase("cli", "about", "options_heading"),
                *_columns(_option_rows(ctx, self)),
                "",
                phrase(self.source, "about", "more"),
                phrase(self.source, "about", "codes"),
            ]
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the work, not of the alphabet."""
        del ctx
        self._make_further()
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name."""
        if cmd_name not in self.commands:
            self._make_further()
        return super().get_command(ctx, cmd_name)

    def _make_further(self) -> None:
        make, self.further = self.further, tuple
        for verb in make():
            self.add_command(verb)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that `args` begin with; Said when there is none, with the nearest that is."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            message = phrase("cli", "usage", "no_such_verb", given=args[0])
            raise Said(message, _nearest(args[0], self.commands) + _see_help(ctx))
        return super().resolve_command(ctx, args)


def usage_sentence(error: click.ClickException) -> Sentence:
    """What was wrong with the command as written, and what to do, in Chinese."""
    if isinstance(error, Said):
        return Sentence(error.message, error.hint)
    ctx = getattr(error, "ctx", None)
    hint = _see_help(ctx)
    if isinstance(error, click.NoSuchOption):
        known = [name for param in ctx.command.get_params(ctx) for name in param.opts] if ctx else []
        name = error.option_name
        return Sentence(phrase("cli", "usage", "no_such_option", given=name), _nearest(name, known) + hint)
    if isinstance(error, click.MissingParameter):
        return Sentence(phrase("cli", "usage", "missing", given=_name(error)), hint)
    if isinstance(error, click.BadOptionUsage):
        return Sentence(phrase("cli", "usage", _value_fault(error), given=error.option_name), hint)
    if isinstance(error, click.BadParameter):
        return Sentence(phrase("cli", "usage", "bad_value", given=_name(error)), hint)
    return Sentence(phrase("cli", "usage", "other"), hint)


def width(text: str) -> int:
    """How many columns of a terminal the text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _value_fault(error: click.BadOptionUsage) -> str:
    """Whether the option lacks a value or was given one too many."""
    ctx = error.ctx
    params = ctx.command.get_params(ctx) if ctx else []
    takes_none = any(getattr(p, "is_flag", False) and error.option_name in p.opts for p in params)
    return "takes_no_value" if takes_none else "needs_value"


def _name(error: click.BadParameter) -> str:
    """The parameter as the user would write it: an option's name, an argument's placeholder."""
    param = error.param
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or param.name or ""


def _nearest(name: str, known: Iterable[str]) -> str:
    """The question whether the nearest known name was meant; nothing when none is near."""
    import difflib  # only for who mistypes

    near = difflib.get_close_matches(name, list(known), 1)
    return phrase("cli", "usage", "nearest", given=near[0]) if near else ""


def _see_help(ctx: click.Context | None) -> str:
    """Where the right way of writing it can be read."""
    return phrase("cli", "usage", "see_help", command=ctx.command_path if ctx else "pyxl")


def _usage_line(ctx: click.Context, command: click.Command) -> str:
    """The line that shows how the command is written."""
    words = [ctx.command_path]
    if isinstance(command, click.Group):
        words.append(phrase("cli", "about", "verb"))
    words.append(phrase("cli", "about", "options"))
    for param in command.params:
        if isinstance(param, click.Argument):
            shown = param.metavar or param.name or ""
            words.append(shown if param.required else f"[{shown}]")
    return phrase("cli", "about", "usage", line=" ".join(words))


def _option_rows(ctx: click.Context, command: click.Command) -> list[tuple[str, str]]:
    """Each option as written, and what it does."""
    return [_option_row(param) for param in command.get_params(ctx) if isinstance(param, click.Option)]


def _option_row(option: click.Option) -> tuple[str, str]:
    """One option as written, and what it does."""
    written = ", ".join(sorted(option.opts, key=len))
    if not option.is_flag and option.metavar:
        written = f"{written} {option.metavar}"
    text = option.help or ""
    variable: Any = option.envvar
    if isinstance(variable, str):
        text = phrase("cli", "about", "env", text=text, given=variable)
    return written, text


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    """Two columns, the first padded by its width on a terminal."""
    widest = max((width(first) for first, _ in rows), default=0)
    return [f"  {first}{' ' * (widest - width(first) + 2)}{second}" for first, second in rows]
