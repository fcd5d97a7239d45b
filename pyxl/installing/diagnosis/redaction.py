"""How do paths lose the name of the user whose folders they lead through?"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

__all__ = ["redacted"]

# The inner ones first: %LOCALAPPDATA% stands below %USERPROFILE%.
_VARIABLES = ("LOCALAPPDATA", "APPDATA", "TEMP", "TMP", "OneDrive", "USERPROFILE", "HOME")
_NAMES = ("USERNAME", "USER", "LOGNAME")
_WHOLE = r"(?![\w-])"  # not the beginning of another name


def redacted(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text with the variable in place of each folder of the user's, and of his name in any other path."""
    folders = {variable: environment.get(variable, "").rstrip("\\/") for variable in _VARIABLES}
    known = {variable: folder for variable, folder in folders.items() if len(folder) > 3}  # not C:\ or /
    for variable, folder in sorted(known.items(), key=lambda item: len(item[1]), reverse=True):
        words = (re.escape(part) for part in re.split(r"[\\/]+", folder))
        pattern = r"[\\/]+".join(words) + _WHOLE
        text = re.sub(pattern, f"%{variable}%", text, flags=re.IGNORECASE)
    for variable in _NAMES:  # the same folders by another way: a network drive, another spelling of the disk
        if name := environment.get(variable, ""):
            text = re.sub(rf"(?<=[\\/]){re.escape(name)}{_WHOLE}", f"%{variable}%", text, flags=re.IGNORECASE)
    return text
