"""What happens to a command that cannot be carried out: one sentence, the next step, an exit code.

This is the command line's only place that catches everything.
"""

from __future__ import annotations

import codecs
import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

from pyxl import COLLECT_AFTER
from pyxl.cli.screen import OutputLost, complain, flush
from pyxl.errors import BUG, CLEAN, COULD_NOT_RUN, INTERRUPTED, PIPE_CLOSED, PyxlError
from pyxl.text import Sentence, dialog, phrase, phrases

__all__ = ["main"]

_REFUSALS = {
    "closed": (errno.EACCES, errno.EPERM),
    "too_long": (errno.ENAMETOOLONG,),
    "unusable": (errno.ENOTDIR, errno.ELOOP, errno.EINVAL, errno.EIO, errno.ENODEV, errno.ESTALE),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 clean, 1 issues, 2 could not run, 3 our fault."""
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(COLLECT_AFTER)
    try:
        _open_streams()
        code = _run(arguments)
        flush()
    except BrokenPipeError:
        _forget_stdout()
        return PIPE_CLOSED
    except OutputLost as lost:
        return _output_lost("output_full" if lost.full else "output_lost")
    except KeyboardInterrupt:
        complain(phrase("cli", "failure", "interrupted"))
        return INTERRUPTED
    except MemoryError:
        complain(phrase("cli", "failure", "memory"))
        return COULD_NOT_RUN
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # a panic of a library in Rust is no Exception
        return _our_fault(error, arguments[0] if arguments else "")
    gc.freeze()  # nothing is collected any more: the interpreter's last look for cycles takes as long as a check
    return code


def _run(arguments: list[str]) -> int:
    """Parse and carry out; problems of the user's become a sentence and their exit code."""
    import click

    from pyxl.cli.chinese import usage_sentence
    from pyxl.cli.commands import verbs

    try:
        with verbs.make_context("pyxl", list(arguments)) as ctx:
            code = verbs.invoke(ctx)
            return code if isinstance(code, int) else CLEAN
    except click.exceptions.Exit as leaving:  # --help and --version
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        complain(error.ctx.get_help())
        return COULD_NOT_RUN
    except click.ClickException as error:
        complain(*usage_sentence(error))
        return COULD_NOT_RUN
    except PyxlError as error:
        complain(error.message, error.hint)
        return error.exit_code
    except OSError as error:
        if not (refused := _refused(error, arguments)):
            raise
        complain(refused.message, refused.hint)
        return COULD_NOT_RUN


def _refused(error: OSError, arguments: list[str]) -> Sentence | None:
    """The sentence when the system would not even look at a place that was named on the command line.

    Whether a file is there may already be refused: behind a closed folder, or under too long a name.
    """
    place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    named = [Path(word.partition("=")[2] or word) for word in arguments if word]
    if place is None or not any(each == place or each in place.parents or place in each.parents for each in named):
        return None
    reason = next((key for key, numbers in _REFUSALS.items() if error.errno in numbers), None)
    return dialog(f"path_{reason}", path=place) if reason else None


def _open_streams() -> None:
    """Both streams able to carry Chinese. Raises OutputLost when there is no standard output at all."""
    if cast("TextIO | None", sys.stderr) is None:  # closed by whoever started us
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as we run
    if cast("TextIO | None", sys.stdout) is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        raise OutputLost(OSError(errno.EBADF, os.strerror(errno.EBADF)))
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)


def _output_lost(sentence: str) -> int:
    """Say on standard error why standard output is incomplete."""
    _forget_stdout()
    complain(phrase("cli", "failure", sentence), phrase("cli", "failure", f"{sentence}_next"))
    return COULD_NOT_RUN


def _our_fault(error: BaseException, verb: str) -> int:
    """Record the fault, say so in one sentence, and where the record is."""
    from pyxl import failure_log

    complain(*failure_log.admitted(error, verb, phrases("cli", "failure")))
    return BUG


def _speak_utf8(stream: TextIO) -> None:
    """Make a stream able to carry Chinese: always UTF-8 into files and pipes, and where a terminal cannot."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:  # replaced by a test or a host
        return
    if stream.isatty() and _knows_chinese(stream.encoding):
        reconfigure(errors="backslashreplace")
    else:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _knows_chinese(encoding: str) -> bool:
    return codecs.lookup(encoding).name in {"utf-8", "gbk", "gb18030", "gb2312", "cp936", "utf-16-le"}


def _forget_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's own last flush stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):  # no file stands behind it: replaced by a test or a host
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
