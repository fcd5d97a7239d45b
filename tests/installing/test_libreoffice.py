"""The buttons go into a user's LibreOffice and out again; whatever stands against it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pyxl import __version__
from pyxl.errors import InstallError
from pyxl.hosts.extension.package import build_extension
from pyxl.installing import libreoffice
from pyxl.installing.libreoffice import extension_status, install_extension, program_folder, remove_extension
from tests.live.click.desk import Desk
from tests.live.click.interpreters import with_pyxl, with_standin
from tests.live.click.person import somebody
from tests.processes import ended

# ---------------------------------------------------------------------------------- a real LibreOffice

SCRIPT = """
import sys
from pathlib import Path
from pyxl.errors import InstallError
from pyxl.installing import libreoffice
try:
    print(getattr(libreoffice, sys.argv[1])(**{name: Path(path) for name, path in zip(sys.argv[2::2], sys.argv[3::2])}))
except InstallError as error:
    print("refused", error.code)
"""


@pytest.fixture(scope="module")
def person():
    with somebody() as found:
        yield found


@pytest.fixture(scope="module")
def pythons(person):
    """One with the program, which does the work, and one that the extension starts."""
    return with_pyxl(person), with_standin(person)


@pytest.fixture
def does(person, pythons):
    """Has the user do one thing with their own profile; what comes of it, as text."""

    def done(what: str, **paths: Path) -> str:
        words = [str(word) for pair in paths.items() for word in pair]
        return person.run([pythons[0], "-c", SCRIPT, what, *words]).strip()

    return done


@pytest.mark.live
def test_the_buttons_go_in_and_out_again(person, pythons, does):
    assert extension_status(profile=person.profile) is None
    folder = Path(does("install_extension", interpreter=pythons[1]))
    assert folder.is_relative_to(person.profile)
    there = extension_status(profile=person.profile)
    assert there == libreoffice.Extension(__version__, folder, pythons[1])
    listed = person.run(["unopkg", "list", "org.pyxl.ribbon"])
    assert listed.count("is registered: yes") == 5, "the extension, three files of the registry, the component"
    assert does("remove_extension") == "True"
    assert extension_status(profile=person.profile) is None
    assert does("remove_extension") == "False"


@pytest.mark.live
def test_the_buttons_go_in_from_an_activated_environment_too(person, pythons):
    """LibreOffice takes the first Python in PATH for its own, and without its modules it ends at once."""
    python, standin = pythons
    active = {"PATH": f"{python.parent}:/usr/bin:/bin", "VIRTUAL_ENV": str(python.parents[1])}
    person.run([python, "-c", SCRIPT, "install_extension", "interpreter", standin], active)
    listed = person.run(["unopkg", "list", "org.pyxl.ribbon"])
    assert listed.count("is registered: yes") == 5
    assert person.run([python, "-c", SCRIPT, "remove_extension"], active).strip() == "True"


@pytest.mark.live
def test_installing_again_replaces_what_was_there(person, pythons, does):
    first = does("install_extension", interpreter=pythons[1])
    other = with_standin(person, "other")
    second = does("install_extension", interpreter=other)
    assert first != second
    assert extension_status(profile=person.profile).interpreter == other
    assert does("remove_extension") == "True"


@pytest.mark.live
def test_a_profile_may_be_named(person, pythons, does):
    profile = person.folder("另一处")
    does("install_extension", profile=profile, interpreter=pythons[1])
    assert extension_status(profile=profile).version == __version__
    assert extension_status(profile=person.profile) is None
    assert does("remove_extension", profile=profile) == "True"


@pytest.mark.live
def test_a_running_office_is_left_alone_and_can_be_asked_about(person, pythons, does):
    does("install_extension", interpreter=pythons[1])
    with Desk(person, "--headless") as desk:
        book = desk.ask("open", path=None)
        assert does("install_extension", interpreter=pythons[1]) == "refused libreoffice_running"
        assert does("remove_extension") == "refused libreoffice_running"
        assert extension_status(profile=person.profile).interpreter == pythons[1]
        assert desk.ask("books") == [book]
    assert does("remove_extension") == "True"


# ---------------------------------------------------------------------------------- what stands against it


def program(folder: Path, unopkg: str = "exit 0", without: str = "") -> Path:
    """A folder that looks like LibreOffice's programs, with an unopkg of our own."""
    for name in {"soffice", "unopkg", "pythonloader.py"} - {without}:
        (folder / name).write_text(f"#!/bin/sh\n{unopkg}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def ordinary(monkeypatch, tmp_path):
    """An ordinary user on Linux with a home of their own, whatever system and user the test runs as."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(libreoffice, "_check_interpreter", lambda *_, **__: None)
    folder = tmp_path / "program"
    folder.mkdir()
    monkeypatch.setattr(libreoffice, "program_folder", lambda: folder)
    return folder


def refused(**options: object) -> InstallError:
    with pytest.raises(InstallError) as told:
        install_extension(**options)
    return told.value


@pytest.mark.parametrize(("without", "code"), [("unopkg", "no_unopkg"), ("pythonloader.py", "no_python")])
def test_a_libreoffice_that_takes_no_extension_of_ours_is_told(ordinary, without, code):
    program(ordinary, without=without)
    assert refused().code == f"libreoffice_{code}"


def test_no_libreoffice_at_all_is_told(ordinary, monkeypatch):
    monkeypatch.setattr(libreoffice, "program_folder", lambda: None)
    assert refused().code == "libreoffice_missing"
    assert extension_status() is None
    assert extension_status(shared=True) is None


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_are_told_what_to_use_instead(ordinary, monkeypatch, system):
    program(ordinary)
    monkeypatch.setattr(sys, "platform", system)
    assert refused().code == "libreoffice_elsewhere"


def test_root_installs_for_all_and_others_for_themselves(ordinary, monkeypatch):
    program(ordinary)
    assert refused(shared=True).code == "libreoffice_shared_as_user"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    told = refused()
    assert told.code == "libreoffice_as_root"
    assert "--shared" in told.hint


def test_what_unopkg_says_against_it_is_passed_on(ordinary):
    program(ordinary, "echo 'WARNING: first'; echo 'ERROR: the disk is full'; echo 'ERROR: unopkg failed.'; exit 1")
    assert refused().params == {"reason": "the disk is full"}


def test_an_unopkg_that_only_pretends_is_found_out(ordinary):
    program(ordinary, "exit 0")
    assert refused().code == "libreoffice_not_registered"


def test_an_unopkg_that_never_ends_is_stopped_with_all_that_it_started(ordinary, monkeypatch, tmp_path):
    program(ordinary, f"sleep 300 & echo $! > '{tmp_path}/pid'; wait")
    monkeypatch.setattr(libreoffice, "SECONDS", 3)
    assert refused().params == {"seconds": 3}
    assert ended(int((tmp_path / "pid").read_text()))


def test_unopkg_gets_the_profile_and_nothing_of_our_pythons_environment(ordinary, monkeypatch, tmp_path):
    program(ordinary, f'echo "$@" >> "{tmp_path}/words"; env >> "{tmp_path}/variables"')
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path))
    (tmp_path / "python3").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    profile = tmp_path / "某 profile"
    assert refused(profile=profile).code == "libreoffice_not_registered"
    add, listing, remove = (tmp_path / "words").read_text(encoding="utf-8").splitlines()
    assert add.startswith("add --force /")
    assert add.endswith(f"/pyxl.oxt -env:UserInstallation={profile.as_uri()}")
    assert listing == f"list org.pyxl.ribbon -env:UserInstallation={profile.as_uri()}"
    assert remove == f"remove org.pyxl.ribbon -env:UserInstallation={profile.as_uri()}", "no half of it stays"
    variables = (tmp_path / "variables").read_text().splitlines()
    assert "PATH=/usr/bin:/bin" in variables
    assert not [line for line in variables if line.startswith(("PYTHON", "VIRTUAL_ENV"))]


def test_for_all_users_unopkg_is_told_so(ordinary, monkeypatch, tmp_path):
    program(ordinary, f'echo "$@" >> "{tmp_path}/words"')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert refused(shared=True).code == "libreoffice_not_registered"
    assert all(line.endswith(" --shared") for line in (tmp_path / "words").read_text().splitlines())


def test_a_damaged_extension_counts_as_none(ordinary, tmp_path):
    cache = tmp_path / "profile" / "user" / "uno_packages" / "cache"
    folder = cache / "uno_packages" / "lu1.tmp_" / "pyxl.oxt"
    folder.parent.mkdir(parents=True)
    (cache / "uno_packages.pmap").write_text("Pmp1\norg.pyxl.ribbon\nlu1.tmp\npyxl.oxt\n")
    shutil.unpack_archive(build_extension(tmp_path / "a.oxt", Path("/opt/python")), folder, "zip")
    assert extension_status(profile=tmp_path / "profile").folder == folder
    (folder / "config.json").write_text("{")
    assert extension_status(profile=tmp_path / "profile") is None


def test_for_all_users_what_was_replaced_bears_a_mark(ordinary, tmp_path):
    packages = tmp_path / "share" / "uno_packages" / "cache" / "uno_packages"
    for name in ("lu1.tmp", "lu2.tmp"):
        (packages / f"{name}_").mkdir(parents=True)
        built = build_extension(tmp_path / "a.oxt", Path("/opt") / name)
        shutil.unpack_archive(built, packages / f"{name}_" / "pyxl.oxt", "zip")
    (packages / "lu1.tmpremoved").touch()
    assert extension_status(shared=True).interpreter == Path("/opt/lu2.tmp")
    (packages / "lu2.tmpremoved").touch()
    assert extension_status(shared=True) is None


# ---------------------------------------------------------------------------------- the interpreter


def checked(python: Path, *, shared: bool = False) -> str:
    try:
        libreoffice._check_interpreter(python, shared=shared)
    except InstallError as error:
        return error.code
    return ""


def test_an_interpreter_that_only_the_current_folder_gives_the_program_is_refused(tmp_path, monkeypatch):
    """A checkout without an installation: it works in the checkout, but not from a button."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    monkeypatch.setenv("PYTHONPATH", str(Path(libreoffice.__file__).parents[2]))
    assert checked(tmp_path / "bare" / "bin" / "python") == "libreoffice_interpreter_alone"


def test_an_interpreter_that_is_not_there_is_refused(tmp_path):
    assert checked(tmp_path / "python") == "libreoffice_interpreter_alone"


def test_an_interpreter_that_others_cannot_reach_is_not_installed_for_all(tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    tmp_path.chmod(0o700)
    assert checked(python) == ""
    assert checked(python, shared=True) == "libreoffice_interpreter_private"


def test_libreoffice_is_found_through_the_links_that_lead_to_it(tmp_path, monkeypatch):
    folder = tmp_path / "program"
    folder.mkdir()
    program(folder)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "libreoffice").symlink_to(folder / "soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert program_folder() == folder


def test_nothing_is_removed_where_nothing_is(ordinary, tmp_path):
    assert remove_extension(profile=tmp_path) is False
