"""How does a result get its final name?

A result is written under a hidden name in its own folder, read back, and only then renamed: what
bears the final name is complete, and what bore it before is untouched by anything that goes wrong.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from time import sleep, time

from pyxl.errors import OutputError
from pyxl.text import phrase

__all__ = ["deliver", "deliver_bytes", "free_name", "holds_the_same", "safe_stem", "sweep"]

_PREFIX, _SUFFIX = ".pyxl-", ".part"
_ABANDONED = 86_400  # seconds after which nobody is writing such a file any more
# A virus scanner may hold a new file for a moment; a program that has it open holds it for longer.
_PATIENCE = (0.05, 0.15, 0.4)  # seconds between attempts to rename

_MAX_CHARACTERS = 80
_MAX_BYTES = 200  # of 255, so that a number, the ending and a sync program's own additions still fit
_HASH = 8  # hexadecimal digits
_FORBIDDEN = frozenset('<>:"/\\|?*')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, direction marks, surrogates, separators
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789\u00b9\u00b2\u00b3"}
)

_WINDOWS_NAME_TOO_LONG = 206
_WINDOWS_LONGEST = 259


def deliver(
    path: Path,
    write: Callable[[Path], None],
    verify: Callable[[Path], None],
    inputs: Iterable[Path] = (),
    *,
    anew: bool = False,
    swept: bool = False,
) -> Path:
    """Let `write` make a file and `verify` read it back, then give it the name `path`; returns its name.

    `verify` raises when the file is not as it should be. `inputs` are files that must not be
    overwritten. With `anew` nothing is: the file takes the first free name like `path`, also when somebody
    else looks for one at the same moment. `swept`: the caller has swept the folder, for all the files that he
    writes there. Raises OutputError for everything the file system may refuse, and
    passes on whatever `write` and `verify` raise; in either case the half-made file is gone and the old one
    unchanged.
    """
    try:
        target = path if anew else _followed(path)
        if not anew:
            _refuse(target, inputs)
        if not swept:
            sweep(target.parent)
        if anew:
            return _delivered(target, write, verify, _rename_anew, None)
        _delivered(target, write, verify, _rename, target)
    except OSError as error:
        raise _explained(error, path) from error
    return path


def deliver_bytes(
    path: Path,
    content: bytes,
    verify: Callable[[Path], None] | None = None,
    inputs: Iterable[Path] = (),
    *,
    anew: bool = False,
) -> Path:
    """As `deliver`, of content that is at hand: what is read back is the same; `verify` may ask for more."""

    def write(hidden: Path) -> None:
        hidden.write_bytes(content)

    def compare(hidden: Path) -> None:
        if hidden.read_bytes() != content:
            raise OutputError("document_unreadable", file=path.name)
        if verify is not None:
            verify(hidden)

    return deliver(path, write, compare, inputs, anew=anew)


def _followed(path: Path) -> Path:
    """Where a link leads; the path itself when it is none."""
    try:
        return path.resolve() if path.is_symlink() else path
    except RuntimeError as error:  # a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _delivered(
    target: Path,
    write: Callable[[Path], None],
    verify: Callable[[Path], None],
    rename: Callable[[Path, Path], Path],
    former: Path | None,
) -> Path:
    temporary = target.with_name(f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}")
    try:
        _create(temporary, former)
        write(temporary)
        _flush(temporary)
        verify(temporary)
        return rename(temporary, target)
    finally:
        with suppress(OSError):  # mostly because it is gone already, under its final name
            temporary.unlink()


def sweep(folder: Path) -> None:
    """Takes away what runs that were killed have left half-made, long after anybody could be writing it."""
    latest = time() - _ABANDONED
    for path in folder.glob(f"{_PREFIX}{'[0-9a-f]' * 12}{_SUFFIX}"):
        with suppress(OSError):
            if path.stat().st_mtime < latest:
                path.unlink()


def free_name(path: Path, like: Path | None = None, *, unless: Callable[[Path], bool] | None = None) -> Path:
    """`path`, or the same name with the first number from 2 on that no file bears yet.

    With `like`, a file that holds the same as that one counts as free; with `unless`, one that it is true of.
    """
    number, free = 1, path
    while os.path.lexists(free) and not ((like and holds_the_same(free, like)) or (unless and unless(free))):
        number += 1
        free = path.with_name(phrase("words", "files", "numbered", stem=path.stem, number=number) + path.suffix)
    return free


def holds_the_same(path: Path, other: Path) -> bool:
    """Whether both are files, can be read, and hold the same bytes."""
    try:
        return path.stat().st_size == other.stat().st_size and path.read_bytes() == other.read_bytes()
    except OSError:
        return False


def safe_stem(text: str) -> str:
    """A file name without ending that every system accepts, made from any text.

    At most 80 characters and 200 bytes. Where something had to change, a short hash of the text is
    added, so that two texts do not end up under one name. Applying it twice changes nothing more.
    """
    stem = "".join("_" if _is_forbidden(character) else character for character in unicodedata.normalize("NFC", text))
    stem = stem.strip().strip(".").strip(". ").strip()
    if stem.startswith("~") or stem.partition(".")[0].rstrip().upper() in _DEVICES:
        stem = f"_{stem}"  # «~$» begins the lock files that every reader passes over
    if stem and stem == text and _fits(stem, _MAX_CHARACTERS, _MAX_BYTES):
        return stem
    while not _fits(stem, _MAX_CHARACTERS - _HASH - 1, _MAX_BYTES - _HASH - 1):
        stem = stem[:-1]
    from hashlib import sha256  # two milliseconds, and names seldom change

    return f"{stem}_{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:_HASH]}"


def _is_forbidden(character: str) -> bool:
    code = ord(character)
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return character in _FORBIDDEN or is_noncharacter or unicodedata.category(character) in _INVISIBLE


def _fits(stem: str, characters: int, size: int) -> bool:
    return len(stem) <= characters and len(stem.encode()) <= size


def _refuse(target: Path, inputs: Iterable[Path]) -> None:
    if target.is_dir():
        raise OutputError("output_is_folder", file=target.name or str(target))
    if any(_is_same(target, source) for source in inputs):
        raise OutputError("output_is_input", file=target.name)
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError("output_no_permission", file=target.name, folder=str(target.parent))


def _is_same(target: Path, source: Path) -> bool:
    """Whether both names lead to one file, be it through links, other letter case, or another path."""
    try:
        return target.samefile(source)
    except OSError:  # one of them does not exist
        return os.path.normcase(target.resolve()) == os.path.normcase(source.resolve())


def _create(temporary: Path, former: Path | None) -> None:
    """Take the hidden name, with the rights of the former file, if there is one, or those that a new one gets."""
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    if former and former.exists():
        temporary.chmod(stat.S_IMODE(former.stat().st_mode))


def _flush(path: Path) -> None:
    """Make sure that the file's contents are on the disk before its name is."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(temporary: Path, target: Path) -> Path:
    _patiently(temporary.replace, target)
    if os.name == "posix":
        _flush_folder(target.parent)
    return target


def _rename_anew(temporary: Path, target: Path) -> Path:
    """The same, but a name that somebody has taken meanwhile stays his."""
    while True:
        free = free_name(target)
        with suppress(FileExistsError):
            if os.name == "posix" and _linked(temporary, free):
                _flush_folder(free.parent)
            else:
                _patiently(temporary.rename, free)  # Windows replaces nothing by it
            return free


def _linked(temporary: Path, free: Path) -> bool:
    """Gives a file a second name, which fails where something bears it; False where there are no second names."""
    try:
        free.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _patiently(move: Callable[[Path], object], target: Path) -> None:
    for pause in (*_PATIENCE, None):
        try:
            move(target)
        except PermissionError as error:
            if pause is None:
                raise OutputError("output_locked", file=target.name) from error
            sleep(pause)
        else:
            return


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut; not every file system lets us."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _explained(error: OSError, target: Path) -> OutputError:
    """The Chinese sentence for what the file system said."""
    file, folder = target.name, str(target.parent)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError("output_disk_full", file=file)
    if error.errno == errno.ENAMETOOLONG or _is_too_long_for_windows(error, target):
        return OutputError("output_path_too_long", file=file)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputError("output_no_permission", file=file, folder=folder)
    if not target.parent.is_dir():
        return OutputError("output_folder_missing", file=file, folder=folder)
    return OutputError("output_failed", file=file, reason=error.strerror or str(error))


def _is_too_long_for_windows(error: OSError, target: Path) -> bool:
    """Windows says of a path that is too long that it was not found."""
    number = getattr(error, "winerror", None)
    longest = max(len(target.name), len(_PREFIX) + 12 + len(_SUFFIX))
    too_long = len(str(target.parent.absolute())) + 1 + longest > _WINDOWS_LONGEST
    return number == _WINDOWS_NAME_TOO_LONG or (number is not None and too_long)
