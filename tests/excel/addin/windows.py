"""What Windows does with the text of a command: variables, and the words that a program gets."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["expanded", "words"]


def expanded(text: str, variables: Mapping[str, str]) -> str:
    """ExpandEnvironmentStrings: %NAME% becomes what it stands for, once; an unknown one stays as it is."""
    known = {name.upper(): value for name, value in variables.items()}
    done = ""
    while "%" in text:
        before, text = text.split("%", 1)
        name, closing, after = text.partition("%")
        if closing and name.upper() in known:
            done, text = done + before + known[name.upper()], after
        else:
            done += before + "%"
    return done + text


def words(command: str) -> list[str]:
    """CommandLineToArgvW: how a program on Windows splits its command line."""
    program = re.match(r'"([^"]*)"|(\S*)', command)
    rest = command[program.end() :]
    return [program[1] if program[1] is not None else program[2], *_arguments(rest)]


def _arguments(rest: str) -> list[str]:
    """2n backslashes before a quote are n, and the quote opens or closes; one more, and it is a quote."""
    found: list[str] = []
    word: str | None = None
    quoted = False
    for slashes, quote, other in re.findall(r'(\\*)("?)([^\\"]?)', rest):
        if slashes or quote:
            word = (word or "") + "\\" * (len(slashes) // 2 if quote else len(slashes))
            if quote and len(slashes) % 2:
                word += '"'
            elif quote:
                quoted = not quoted
        if other in (" ", "\t") and other and not quoted:
            found += [word] if word is not None else []
            word = None
        elif other:
            word = (word or "") + other
    return found + ([word] if word is not None else [])
