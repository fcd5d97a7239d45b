"""Under which names does XML know what WordprocessingML is made of?"""

from __future__ import annotations

__all__ = ["WML", "WORD", "XML_SPACE"]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WML = f"{{{WORD}}}"  # before the name of an element or attribute, as lxml has it
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
