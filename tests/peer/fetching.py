"""Where do xlwings' own tests come from? From the source package of the version that is installed here.

pip fetches it, from whatever index it is set up for. It wants the package's metadata before it keeps
the file, and asks the package's build tool for them; ours stands in for that tool and says only the name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

__all__ = ["fetched", "with_pytz"]

SECONDS = 300
BUILD_TOOL = "maturin.py"  # what xlwings' pyproject.toml names
STAND_IN = """
from pathlib import Path

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    place = Path(folder, "xlwings-{version}.dist-info")
    place.mkdir()
    place.joinpath("METADATA").write_text("Metadata-Version: 2.1\\nName: xlwings\\nVersion: {version}\\n")
    return place.name
"""


def with_pytz(folder: Path) -> Path:
    """A folder with pytz, which the tests of conversions import and xlwings itself does not need."""
    target = folder / "pytz"
    pip("install", "--no-deps", f"--target={target}", "pytz")
    return target


def fetched(version: str, folder: Path) -> Path:
    """The unpacked source package of xlwings in `folder`."""
    tool = folder / "tool"
    tool.mkdir()
    tool.joinpath(BUILD_TOOL).write_text(STAND_IN.format(version=version), encoding="utf-8")
    pip(
        *("download", "--no-deps", "--no-binary=xlwings", "--no-build-isolation", f"--dest={folder}"),
        f"xlwings=={version}",
        tool=tool,
    )
    packages = list(folder.glob("*.tar.gz"))
    with tarfile.open(packages[0]) as package:
        package.extractall(folder, filter="data")
    return folder / f"xlwings-{version}"


def pip(*words: str, tool: Path | None = None) -> None:
    environment = os.environ | ({"PYTHONPATH": str(tool)} if tool else {})
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "--disable-pip-version-check", "--no-input", "--quiet"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        sys.exit(f"pip {words[0]} {words[-1]}:\n{done.stdout[-2000:]}")
