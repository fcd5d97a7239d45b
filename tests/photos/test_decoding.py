"""Whatever kind of image comes in, a small upright JPEG without a word about its owner goes out; or a reason."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pyxl.photos.decoding import SMALL, compressed
from pyxl.photos.finding import NoPhotoError
from tests.photos.pictures import HEIC, bomb, exif, image


def opened(content: bytes) -> Image.Image:
    picture, width, height = compressed(content)
    found = Image.open(io.BytesIO(picture))
    assert found.format == "JPEG"
    assert found.mode == "RGB"
    assert found.size == (width, height)
    assert len(picture) <= SMALL
    return found


def is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > 180 and max(colour[1:]) < 90


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
        ("PNG", "I;16"), ("WEBP", "RGB"), ("BMP", "RGB"), ("GIF", "P"), ("MPO", "RGB"),
    ],
)  # fmt: skip
def test_every_usual_kind_comes_out_as_it_looks(kind, mode):
    found = opened(image(kind=kind, mode=mode))
    assert found.size == (400, 300)
    inside, outside = found.getpixel((50, 50)), found.getpixel((390, 290))
    if mode in ("L", "1", "I;16"):
        assert inside[0] < 100
        assert outside[0] > 240
    else:
        assert is_red(inside)
        assert min(outside) > 240


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1)), (2, (1, 0)), (5, (0, 0)), (7, (1, 1))],
)
def test_it_is_turned_as_the_camera_was(orientation, corner):
    found = opened(image((400, 300), exif=exif(orientation)))
    assert found.size == ((300, 400) if orientation >= 5 else (400, 300))
    places = {(x, y): (20 + x * (found.width - 40), 20 + y * (found.height - 40)) for x in (0, 1) for y in (0, 1)}
    assert [place for place, at in places.items() if is_red(found.getpixel(at))] == [corner]


def test_nothing_that_came_with_it_goes_on():
    content = image(exif=exif(6), comment=b"SECRETWORD", dpi=(72, 72))
    assert b"SECRETCAMERA" in content
    assert b"SECRETWORD" in content
    picture = compressed(content)[0]
    assert b"SECRET" not in picture
    assert b"Exif" not in picture
    assert not Image.open(io.BytesIO(picture)).getexif()


def test_what_is_transparent_stands_on_white():
    made = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    buffer = io.BytesIO()
    made.save(buffer, "PNG")
    assert min(opened(buffer.getvalue()).getpixel((20, 20))) > 250


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (7000, 600), (400, 5000)])
def test_a_large_one_gets_small_and_keeps_its_sides(size):
    found = opened(image(size, noisy=True, quality=95))
    assert found.width <= 1600
    assert found.height <= 900
    assert abs(found.width / found.height / (size[0] / size[1]) - 1) < 0.02


def test_a_small_one_is_not_blown_up():
    assert opened(image((20, 10))).size == (20, 10)


def test_the_same_content_gives_the_same_bytes():
    content = image((1200, 900), noisy=True, exif=exif(6))
    assert compressed(content) == compressed(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_image"),
        (b"hello", "no_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_image"),
        (HEIC, "newer"),
        (b"II*\0" + bytes(50), "other_kind"),
        (b"%PDF-1.7", "other_kind"),
        (image()[:700], "damaged"),
        (image(kind="PNG")[:200], "damaged"),
        (bomb(9000, 8000), "too_many_pixels"),
        (bomb(60_000, 60_000), "too_many_pixels"),
        (bomb(400, 300), "damaged"),
        (bomb(0, 5), "no_image"),
    ],
)
def test_what_is_no_picture_has_a_reason(content, reason):
    with pytest.raises(NoPhotoError) as caught:
        compressed(content)
    assert caught.value.reason in (reason, "damaged" if reason == "no_image" and content[:1] == b"\x89" else reason)


@pytest.mark.parametrize("cut", range(0, 1200, 37))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_file_that_breaks_off_or_is_garbled_anywhere_raises_nothing_else(kind, cut):
    content = image((60, 40), kind=kind, noisy=True)
    garbled = content[:cut] + bytes(b ^ 0x5A for b in content[cut : cut + 9]) + content[cut + 9 :]
    for each in (content[:cut], garbled):
        assert outcome(each) in {"jpeg", "no_image", "damaged", "too_many_pixels"}


def outcome(content: bytes) -> str:
    try:
        return "jpeg" if compressed(content)[0].startswith(b"\xff\xd8") else "nothing"
    except NoPhotoError as refusal:
        return refusal.reason
