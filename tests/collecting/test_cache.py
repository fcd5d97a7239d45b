"""What is known is not looked at again, and nothing is taken for known that is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from datetime import date

import pytest

from pyxl import actions
from pyxl.collecting import cache as caching
from pyxl.collecting.cache import Cache, stamp_of, with_cache
from pyxl.collecting.frames import SOURCES, packed_pieces
from pyxl.collecting.reader import Answer
from pyxl.collecting.sources import UNCERTAIN
from pyxl.core.received import Received, Remark
from pyxl.excel.consolidating.fragment import Piece
from tests.submissions import TODAY, sealed

DAY = 86_400_000_000_000
PIECE = Piece(2, 40, 7, b"deflated")


def received(digest: str, name: str = "a.xlsx", **changes) -> Received:
    return Received(file=name, digest=digest, **{"identity": "ZB-1", "remarks": (Remark("re_saved", {}),), **changes})


def digest_of(path) -> str:
    return caching._digest(path)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kept").mkdir()
    return tmp_path


@pytest.fixture
def cache(folder):
    with Cache(folder / "kept/x.sqlite", "judge") as opened:
        yield opened


def lay(path, content: bytes, *, age: float = 10.0):
    """A file that was changed so many seconds ago, as far as a file system tells."""
    path.write_bytes(content)
    then = time.time_ns() - int(age * 1e9)
    os.utime(path, ns=(then, then))
    return path


def keep(cache, *paths, looked: int | None = None, **changes) -> None:
    """As if they had just been looked at; by default long enough after their last change."""
    cache.keep(
        (path, stamp_of(path), looked or time.time_ns() + DAY, Answer.of(received(digest_of(path), path.name, **changes), packed_pieces([{"theme_day": PIECE}])))
        for path in paths
    )  # fmt: skip


def known(cache, *paths) -> list[str]:
    return sorted(each.name for each in cache.known([(path, stamp_of(path)) for path in paths], time.time_ns()))


def reads(monkeypatch) -> list:
    """The files whose content is looked at."""
    seen, real = [], caching._digest
    monkeypatch.setattr(caching, "_digest", lambda path: seen.append(path.name) or real(path))
    return seen


def test_what_has_not_changed_is_known_without_reading_it(cache, folder, monkeypatch):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    read = reads(monkeypatch)
    found = cache.known([(path, stamp_of(path))], time.time_ns())
    assert found == {path: received(digest_of(path))}
    assert read == ["a.xlsx"]  # by this test itself


@pytest.mark.parametrize("content", [b"CONTENT", b"another length"])
def test_a_changed_file_is_not_known(cache, folder, content):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    lay(path, content)
    assert known(cache, path) == []


def test_a_change_that_leaves_size_and_time_is_seen(cache, folder):
    """As a copying program does that restores the time of what it copies."""
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    before = path.stat()
    path.write_bytes(b"CONTENT")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert known(cache, path) == []


def test_another_file_under_the_same_name_is_seen(cache, folder, monkeypatch):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    other = lay(folder / "other.xlsx", b"CONTENT")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    # as on a system that does not tell when a file was touched
    monkeypatch.setattr(caching, "stamp_of", lambda each: stamp_of(each)._replace(touched=0))
    assert known(cache, path) == []


@pytest.mark.parametrize(("after", "is_read"), [(0.5, True), (1.9, True), (2.5, False)])
def test_within_the_coarsest_clock_the_content_decides(cache, folder, monkeypatch, after, is_read):
    path = lay(folder / "a.xlsx", b"content")
    stamp = stamp_of(path)
    latest = max(stamp.changed, stamp.touched)
    cache.keep([(path, stamp, latest + int(after * 1e9), Answer.of(received(digest_of(path))))])
    read = reads(monkeypatch)
    assert known(cache, path) == ["a.xlsx"]
    assert bool(read) is is_read


def test_a_change_in_the_racy_moment_is_seen_even_if_nothing_shows_it(cache, folder):
    """Looked at and changed within one tick of the clock: size, times and number are the same."""
    path = lay(folder / "a.xlsx", b"content")
    stamp = stamp_of(path)
    cache.keep([(path, stamp, stamp.touched + 1, Answer.of(received(digest_of(path))))])
    path.write_bytes(b"CONTENT")
    assert cache.known([(path, stamp)], time.time_ns()) == {}


def test_what_was_read_once_to_be_sure_is_not_read_again(cache, folder, monkeypatch):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    path.chmod(0o600)
    os.utime(path)
    read = reads(monkeypatch)
    later = time.time_ns() + DAY
    for _ in range(2):
        assert cache.known([(path, stamp_of(path))], later)
    assert read == ["a.xlsx"]


def test_a_file_that_was_renamed_moved_or_copied_is_known_under_its_new_name(cache, folder):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path, reason="kind_text", params={"file": "a.xlsx", "encoding": "UTF-8"})
    (folder / "deeper").mkdir()
    renamed = path.rename(folder / "deeper" / "b.XLSX")
    [found] = cache.known([(renamed, stamp_of(renamed))], time.time_ns()).values()
    assert (found.file, found.params) == ("b.XLSX", {"file": "b.XLSX", "encoding": "UTF-8"})


def test_a_file_with_another_ending_may_be_something_else(cache, folder):
    """An old workbook of WPS differs from one of Excel by its ending alone."""
    path = lay(folder / "a.xls", b"content")
    keep(cache, path)
    assert known(cache, path.rename(folder / "a.et")) == []


def test_a_file_that_has_gone_meanwhile_is_not_known(cache, folder):
    path = lay(folder / "a.xlsx", b"content", age=0)
    stamp = stamp_of(path)
    cache.keep([(path, stamp, stamp.touched, Answer.of(received(digest_of(path))))])
    path.unlink()
    assert cache.known([(path, stamp)], time.time_ns()) == {}


def test_what_was_not_read_is_not_kept(cache, folder):
    path = lay(folder / "a.xlsx", b"content")
    cache.keep([(path, stamp_of(path), time.time_ns() + DAY, Answer.of(received("", reason="file_locked")))])
    assert known(cache, path) == []


def test_a_relative_path_is_that_of_the_folder_it_was_used_in(cache, folder, monkeypatch):
    for name, content in (("one", b"content"), ("two", b"CONTENT")):
        (folder / name).mkdir()
        lay(folder / name / "a.xlsx", content)
    monkeypatch.chdir(folder / "one")
    path = (folder / "one/a.xlsx").relative_to(folder / "one")
    keep(cache, path)
    assert known(cache, path) == ["a.xlsx"]
    monkeypatch.chdir(folder / "two")
    assert known(cache, path) == []


def test_names_that_are_no_text_are_kept_too(cache, folder):
    path = lay(folder / os.fsdecode(b"\xff.xlsx"), b"content")
    keep(cache, path)
    [found] = cache.known([(path, stamp_of(path))], time.time_ns()).values()
    assert found.file == "?.xlsx"


def test_another_program_or_catalogue_looks_again(cache, folder):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    with Cache(folder / "kept/x.sqlite", "other judge") as other:
        assert known(other, path) == []
        assert list(other.pieces("theme_day", [(digest_of(path), 0)])) == [None]
    assert known(cache, path) == ["a.xlsx"]


def test_pieces_come_back_as_they_were(cache, folder):
    path = lay(folder / "a.xlsx", b"content")
    keep(cache, path)
    digest = digest_of(path)
    assert list(cache.pieces("theme_day", [(digest, 0), (digest, 1), ("other", 0)])) == [PIECE, None, None]
    assert list(cache.pieces("party_lecture", [(digest, 0)])) == [None]


def rows(cache, table: str) -> int:
    return cache._base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_what_a_document_tells_of_the_rows_is_asked_for_once(cache, folder):
    """Also where the answer was that nothing is certain; of what has no rows that count nothing is asked."""
    path, bad, glanced = (lay(folder / name, name.encode()) for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
    keep(cache, path)
    keep(cache, bad, reason="damaged_part")
    keep(cache, glanced, full=False)
    files = [(each, stamp_of(each)) for each in (path, bad, glanced)]
    assert set(cache.known(files, time.time_ns())) == {path, bad, glanced}
    assert set(cache.known(files, time.time_ns(), sources=True)) == {bad, glanced}
    told = Answer.of(received(digest_of(path)), packed_pieces([{"theme_day": PIECE, SOURCES: UNCERTAIN}]))
    cache.keep([(path, stamp_of(path), time.time_ns() + DAY, told)])
    assert set(cache.known(files, time.time_ns(), sources=True)) == {path, bad, glanced}
    assert list(cache.pieces(SOURCES, [(digest_of(path), 0)])) == [UNCERTAIN]


def test_what_no_file_holds_any_more_is_let_go(cache, folder):
    path, same = lay(folder / "a.xlsx", b"one"), lay(folder / "b.xlsx", b"one")
    keep(cache, path, same)
    lay(path, b"two")
    keep(cache, path)
    cache.tidy(time.time_ns() + 2 * DAY)
    assert (rows(cache, "found"), rows(cache, "pieces")) == (2, 2)  # the other one still holds it
    lay(same, b"two")
    keep(cache, same)
    cache.tidy(time.time_ns())
    assert (rows(cache, "found"), rows(cache, "pieces")) == (2, 2)  # somebody may be about to write it
    cache.tidy(time.time_ns() + 2 * DAY)
    assert (rows(cache, "found"), rows(cache, "pieces")) == (1, 1)


def test_what_nobody_has_asked_for_in_a_year_is_let_go(cache, folder):
    old, new = lay(folder / "a.xlsx", b"one"), lay(folder / "b.xlsx", b"two")
    now = time.time_ns()
    keep(cache, old, looked=now - 500 * DAY)
    keep(cache, new, looked=now + DAY)
    cache.tidy(now + 2 * DAY)
    assert (rows(cache, "files"), rows(cache, "found"), rows(cache, "pieces")) == (1, 1, 1)
    assert known(cache, new) == ["b.xlsx"]


def test_all_of_what_was_found_is_kept_or_nothing(cache, folder):
    path = lay(folder / "a.xlsx", b"content")

    def answers():
        yield path, stamp_of(path), time.time_ns() + DAY, Answer.of(received(digest_of(path)))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.keep(answers())
    assert known(cache, path) == []
    keep(cache, path)  # and it can go on
    assert known(cache, path) == ["a.xlsx"]


# ── when the cache itself is not as it should be ──


def work(path):
    """Keeps one finding, and says what was known before."""

    def done(cache: Cache) -> list[str]:
        before = known(cache, path)
        assert not before or list(cache.pieces("theme_day", [(digest_of(path), 0)])) == [PIECE]
        keep(cache, path)
        assert list(cache.pieces("theme_day", [(digest_of(path), 0)])) == [PIECE]
        return before

    return done


def test_each_time_what_is_old_is_let_go(folder):
    path = lay(folder / "a.xlsx", b"content")
    with_cache(folder / "kept", "judge", lambda cache: keep(cache, path, looked=time.time_ns() - 500 * DAY))
    assert with_cache(folder / "kept", "judge", lambda cache: rows(cache, "files")) == 0


def test_what_was_found_is_known_the_next_time(folder):
    path = lay(folder / "a.xlsx", b"content")
    assert with_cache(folder / "kept", "judge", work(path)) == []
    assert with_cache(folder / "kept", "judge", work(path)) == ["a.xlsx"]


def overwrite(path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def flip(base, needle: bytes) -> None:
    content = base.read_bytes()
    at = content.index(needle)
    overwrite(base, at, bytes([content[at] ^ 1]))


@pytest.mark.parametrize(
    "harm",
    [
        lambda base: base.write_bytes(b"no database" * 100),
        lambda base: overwrite(base, 0, b"no database"),
        lambda base: overwrite(base, 4096, os.urandom(4096)),
        lambda base: base.write_bytes(base.read_bytes()[:5000]),
        lambda base: flip(base, b"deflated"),
        lambda base: flip(base, b"ZB-1"),
    ],
    ids=["no database", "head", "a page", "cut off", "a bit of rows", "a bit of what was found"],
)
def test_a_damaged_cache_is_thrown_away_and_nothing_false_comes_from_it(folder, harm):
    path = lay(folder / "a.xlsx", b"content")
    with_cache(folder / "kept", "judge", work(path))
    harm(folder / "kept/collect.sqlite")
    assert with_cache(folder / "kept", "judge", work(path)) == []
    assert with_cache(folder / "kept", "judge", work(path)) in ([], ["a.xlsx"])
    assert with_cache(folder / "kept", "judge", work(path)) == ["a.xlsx"]


def test_a_cache_of_another_shape_is_made_anew(folder):
    with sqlite3.connect(folder / "kept/collect.sqlite") as base:
        base.execute("CREATE TABLE files (path TEXT)")
        base.execute("INSERT INTO files VALUES ('x')")
    base.close()
    path = lay(folder / "a.xlsx", b"content")
    assert with_cache(folder / "kept", "judge", work(path)) == []
    assert with_cache(folder / "kept", "judge", work(path)) == ["a.xlsx"]


def test_where_somebody_else_holds_it_the_work_is_done_without(folder, monkeypatch):
    monkeypatch.setattr(caching, "_PATIENCE", 0.2)
    path = lay(folder / "a.xlsx", b"content")
    with_cache(folder / "kept", "judge", work(path))
    held = sqlite3.connect(folder / "kept/collect.sqlite", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    assert with_cache(folder / "kept", "judge", work(path)) == []
    held.execute("ROLLBACK")
    held.close()
    assert with_cache(folder / "kept", "judge", work(path)) == ["a.xlsx"]


def test_what_cannot_be_written_to_is_done_without_and_stays(folder, monkeypatch):
    """As on a full or read-only disk; root may write anywhere, so SQLite is told not to."""
    path = lay(folder / "a.xlsx", b"content")
    with_cache(folder / "kept", "judge", work(path))
    real = sqlite3.connect

    def connect(place, **options):
        if "kept" in str(place):
            return real(f"file:{place}?mode=ro", uri=True, **options)
        return real(place, **options)

    monkeypatch.setattr(caching.sqlite3, "connect", connect)
    assert with_cache(folder / "kept", "judge", work(path)) == []
    monkeypatch.undo()
    assert with_cache(folder / "kept", "judge", work(path)) == ["a.xlsx"]


def test_where_no_folder_can_be_made_the_work_is_done_without(folder):
    path = lay(folder / "a.xlsx", b"content")
    (folder / "file").write_bytes(b"")
    assert with_cache(folder / "file" / "kept", "judge", work(path)) == []


def test_what_the_work_itself_raises_comes_through(folder):
    def wrong(_):
        raise OSError("ours")

    with pytest.raises(OSError, match="ours"):
        with_cache(folder / "kept", "judge", wrong)


# ── through the whole of a collect ──


@pytest.fixture
def up(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "报来的"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.xlsx").write_bytes(sealed(number).content)
    return folder


def collected(folder):
    outcome = actions.collect(actions.Collecting(folder), today=TODAY)
    return outcome.found, outcome.written.read_bytes()


def cold(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nothing"))
    return collected(folder)


def test_after_a_real_change_the_result_is_that_of_a_cold_run(up, tmp_path, monkeypatch):
    collected(up)
    path = up / "2.xlsx"
    before = path.stat()
    path.write_bytes(sealed(4).content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    (up / "3.xlsx").rename(up / "三.xlsx")
    warm = collected(up)
    assert [each.part.identity for each in warm[0].units] == ["ZB-0001", "ZB-0003", "ZB-0004"]
    assert warm[1] == cold(up, tmp_path, monkeypatch)[1]


def test_a_damaged_cache_changes_nothing_but_the_time(up, tmp_path, monkeypatch):
    first = collected(up)
    base = tmp_path / "cache/pyxl/collect.sqlite"
    for at in range(20_000, base.stat().st_size, 20_000):
        overwrite(base, at, b"\x5a" * 64)
    again = collected(up)
    assert again[1] == first[1]
    assert again == cold(up, tmp_path, monkeypatch)


def test_on_another_day_the_same_is_found(up, tmp_path, monkeypatch):
    """Looked at before the period was over, and once more after it."""
    early = actions.collect(actions.Collecting(up), today=date(2023, 6, 1)).written.read_bytes()
    late = collected(up)
    assert late == cold(up, tmp_path, monkeypatch)
    assert {each.code for standing in late[0].standings for each in standing.remarks} == set()
    assert early != late[1]  # on that day the clocks did not agree


def test_a_cache_may_be_deleted_at_any_time(up, tmp_path):
    first = collected(up)
    shutil.rmtree(tmp_path / "cache")
    assert collected(up)[1] == first[1]
