"""Did we write this Office file, and has nobody touched it since? Then we may write it again, or take it away.

Its custom properties (ECMA-376 part 1, 15.2.12.2) say what it is, and the digest of all its other parts. Whoever
opens and saves it writes other parts, and it is his.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pyxl.package import CONTENT_TYPES, CUSTOM_PROPERTIES, DAMAGE, Parts, packed, unpacked
from pyxl.xmltext import replaced_once

__all__ = ["is_untouched", "stamp_of", "stamped", "with_stamp"]

_RELATIONS = "_rels/.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that people define, as the standard has it
_VALUE = re.compile(rb'name="(\w+)"><vt:lpwstr>(\w+)</vt:lpwstr>')
_NUMBER = re.compile(rb'\bpid="(\d+)"')
_END = re.compile(rb"</(?:\w+:)?Properties>\s*$")
_FORMER = re.compile(
    rb'<property (?:xmlns="[^"]*" xmlns:vt="[^"]*" )?fmtid="[^"]*" pid="\d+" name="(?:pyxl|digest)">'
    rb"<vt:lpwstr>\w+</vt:lpwstr></property>"
)
_MOST = 1 << 26  # bytes of what we may have written ourselves: a hundred photographs, and what else a document holds


def stamped(parts: Mapping[str, bytes], kind: str, **more: str) -> dict[str, bytes]:
    """The parts of a package that has no custom properties yet, with ours: `kind`, the digest, and `more` words."""
    override = f'<Override PartName="/{CUSTOM_PROPERTIES}" ContentType="{_KIND}"/></Types>'
    relation = f'<Relationship Id="rIdPyxl" Type="{_TYPE}" Target="{CUSTOM_PROPERTIES}"/></Relationships>'
    whole = {
        **parts,
        CONTENT_TYPES: replaced_once(parts[CONTENT_TYPES], "</Types>", override),
        _RELATIONS: replaced_once(parts[_RELATIONS], "</Relationships>", relation),
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    inner = _properties({"pyxl": kind, "digest": _digest(whole), **more}, 2, "")
    return {
        **whole,
        CUSTOM_PROPERTIES: f'{head}<Properties xmlns="{_SCHEMA}" xmlns:vt="{_VALUES}">{inner}</Properties>'.encode(),
    }


def with_stamp(package: bytes, kind: str) -> bytes:
    """The same of a whole package, also beside properties that others have put there.

    A former stamp goes: what a document was made from says nothing of it. Unchanged where it cannot be: then it counts as somebody else's.
    """
    try:
        parts = unpacked(package)
        if CUSTOM_PROPERTIES not in parts:
            return packed(stamped(parts, kind))
    except DAMAGE:
        return package
    theirs = _FORMER.sub(b"", parts.pop(CUSTOM_PROPERTIES))
    end = _END.search(theirs)
    if end is None or b'name="pyxl"' in theirs or b'name="digest"' in theirs:
        return package
    number = max(map(int, _NUMBER.findall(theirs)), default=1) + 1
    # whatever prefixes they use, ours mean what they say
    values, spaces = {"pyxl": kind, "digest": _digest(parts)}, f'xmlns="{_SCHEMA}" xmlns:vt="{_VALUES}" '
    ours = _properties(values, number, spaces).encode()
    return packed({**parts, CUSTOM_PROPERTIES: theirs[: end.start()] + ours + theirs[end.start() :]})


def _properties(values: Mapping[str, str], first: int, spaces: str) -> str:
    return "".join(
        f'<property {spaces}fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), first)
    )


def _digest(parts: Mapping[str, bytes]) -> str:
    made = sha256()
    for name in sorted(parts):
        made.update(f"{name}\0{len(parts[name])}\0".encode() + parts[name])
    return made.hexdigest()


def is_untouched(path: Path, kind: str) -> bool:
    """Whether the file is one of this kind that we wrote, every byte of its parts as we did; no link is."""
    return stamp_of(path, kind) is not None


def stamp_of(path: Path, kind: str) -> Mapping[str, str] | None:
    """What the stamp says of a file of this kind that nobody has touched; None for any other."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST:
            return None
        with zipfile.ZipFile(path) as package:
            parts = Parts(package, _MOST)
            said = dict(_VALUE.findall(parts[CUSTOM_PROPERTIES]))
            if said.get(b"pyxl") != kind.encode() or parts.size > _MOST:
                return None
            others = {name: content for name, content in parts.items() if name != CUSTOM_PROPERTIES}
    except DAMAGE:
        return None
    if said.get(b"digest") != _digest(others).encode():
        return None
    return {name.decode(): value.decode() for name, value in said.items()}
