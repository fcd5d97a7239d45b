"""How does the reading side say no before any Chinese sentence is loaded?

Reading runs in a child process that must start fast, so nothing here may import pyxl.errors (and
with it TOML and every sentence). The child raises `Refusal`; the parent turns it into WorkbookError.
"""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):  # noqa: N818 - not an error: the answer to a file that must not be read
    """A file that is not read: `code` names an entry of text/dialogs.toml, `params` fill it.

    The file's own name is not among the params; whoever reports the refusal adds it as `file`.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
