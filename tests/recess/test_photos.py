"""Photos for print: upright, small, nothing but pixels; and no file, however broken, costs a report."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from pipeline.render import photos
from pipeline.render.photos import LONG_SIDE, PHOTO_BOX, Album, UnprintableError, printable, within

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def saved(path: Path, image: Image.Image, **how: object) -> Path:
    image.save(path, **how)  # type: ignore[arg-type]
    return path


def telephone_photo(path: Path, size: tuple[int, int] = (400, 300), orientation: int = 1) -> Path:
    """As a telephone writes it: place, maker, profile and a comment. The left third is red."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 3, size[1]))
    exif = Image.Exif()
    exif[MAKER] = "Telepon Rahasia"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[2] = (7.0, 25.0, 30.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(path, image, exif=exif, icc_profile=profile, comment=b"Jalan Rahasia 5", quality=95)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is that large and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_nothing_but_pixels_remains(tmp_path: Path) -> None:
    path = telephone_photo(tmp_path / "foto.jpg")
    before = path.read_bytes()
    assert b"Rahasia" in before
    assert b"Exif" in before
    found = printable(path)
    for sign in (b"Exif", b"Rahasia", b"ICC_PROFILE", b"http://ns.adobe.com"):
        assert sign not in found.data
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert path.read_bytes() == before


@pytest.mark.parametrize(("orientation", "red"), [(1, (5, 150)), (3, (395, 150)), (6, (150, 5)), (8, (150, 395))])
def test_photos_stand_upright(orientation: int, red: tuple[int, int], tmp_path: Path) -> None:
    found = printable(telephone_photo(tmp_path / "foto.jpg", orientation=orientation))
    assert found.pixels == ((400, 300) if orientation in (1, 3) else (300, 400))
    with Image.open(io.BytesIO(found.data)) as image:
        red_part, _, blue_part = image.getpixel(red)  # type: ignore[misc]
    assert red_part > 200 > blue_part


@pytest.mark.parametrize(
    ("size", "printed"),
    [((3200, 2400), (1600, 1200)), ((900, 3200), (450, 1600)), ((1600, 1600), (1600, 1600)), ((640, 480), (640, 480))],
)
def test_large_photos_are_made_smaller_and_small_ones_not_larger(
    size: tuple[int, int], printed: tuple[int, int], tmp_path: Path
) -> None:
    assert printable(telephone_photo(tmp_path / "foto.jpg", size)).pixels == printed


def test_equal_files_give_equal_bytes(tmp_path: Path) -> None:
    first, second = telephone_photo(tmp_path / "a.jpg"), telephone_photo(tmp_path / "b.jpg")
    assert printable(first) == printable(second)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png(mode: str, tmp_path: Path) -> None:
    found = printable(saved(tmp_path / "gambar.png", Image.new(mode, (40, 30)), format="PNG"))
    assert found.pixels == (40, 30)


def test_what_is_transparent_prints_as_paper(tmp_path: Path) -> None:
    found = printable(saved(tmp_path / "cap.png", Image.new("RGBA", (40, 30), (0, 0, 0, 0))))
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.convert("L").getpixel((20, 15)) > 250  # type: ignore[operator]


def test_grey_of_sixteen_bits_stays_grey(tmp_path: Path) -> None:
    found = printable(saved(tmp_path / "pindai.png", Image.new("I;16", (40, 30), 30_000)))
    with Image.open(io.BytesIO(found.data)) as image:
        assert 110 < image.getpixel((20, 15))[0] < 125  # type: ignore[index]


def test_print_colours(tmp_path: Path) -> None:
    assert printable(saved(tmp_path / "cmyk.jpg", Image.new("CMYK", (40, 30)))).pixels == (40, 30)


def broken_files() -> dict[str, bytes]:
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 50).convert("RGB").save(buffer, "JPEG")
    whole = buffer.getvalue()
    return {
        "cut in the middle": whole[: len(whole) // 2],
        "cut in the header": whole[:40],
        "noise behind a header": whole[:30] + bytes(range(256)) * 20,
        "a bomb": png_of(60_000, 60_000),
        "no pixels": png_of(50, 50),
        "no width": png_of(0, 50),
        "empty": b"",
        "a text": b"bukan gambar",
        "a PDF": b"%PDF-1.7\n",
        "a GIF": b"GIF89a" + bytes(50),
    }


@pytest.mark.parametrize("case", sorted(broken_files()))
def test_broken_files_are_told_not_raised(case: str, tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(broken_files()[case])
    with pytest.raises(UnprintableError) as caught:
        printable(path)
    assert caught.value.why.id
    assert not recwarn.list


def test_files_that_are_gone_or_folders_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "tidak-ada.jpg"):
        with pytest.raises(UnprintableError, match="tidak dapat dibaca"):
            printable(path)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = telephone_photo(tmp_path / "foto.jpg")
    monkeypatch.setattr(photos, "MAX_BYTES", 100)
    with pytest.raises(UnprintableError, match="terlalu besar"):
        printable(path)


def test_a_picture_above_the_limit_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "foto.png", Image.new("RGB", (20, 20)))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 400)
    assert printable(path).pixels == (20, 20)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 399)  # Pillow itself would only warn
    with pytest.raises(UnprintableError, match="terlalu besar"):
        printable(path)


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]))
def test_any_bytes_end_in_a_picture_or_a_reason(data: bytes, head: bytes) -> None:
    try:
        found = photos._checked(head + data)
    except UnprintableError:
        return
    assert max(found.pixels) <= LONG_SIDE


def test_a_picture_shown_twice_is_embedded_once(tmp_path: Path) -> None:
    first, copy = telephone_photo(tmp_path / "a.jpg"), telephone_photo(tmp_path / "b.jpg")
    other = telephone_photo(tmp_path / "c.jpg", (300, 300))
    album = Album()
    runs = [album.show(path, f"Foto {path.name}") for path in (first, copy, first, other)]
    assert [picture.rid for picture in album.pictures] == ["rIdFoto1", "rIdFoto2"]
    assert [run.count('r:embed="rIdFoto1"') for run in runs] == [1, 1, 1, 0]
    assert len({run.split('docPr id="')[1].split('"')[0] for run in runs}) == 4


def test_the_text_of_a_picture_is_escaped(tmp_path: Path) -> None:
    run = Album().show(telephone_photo(tmp_path / "a.jpg"), 'Balai "Mekar" & <Asri>\x00')
    assert 'descr="Balai &#34;Mekar&#34; &amp; &lt;Asri&gt; "' in run


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_pictures_fill_their_room_and_keep_their_shape(width: int, height: int) -> None:
    printed = within((width, height), PHOTO_BOX)
    assert printed[0] <= PHOTO_BOX[0]
    assert printed[1] <= PHOTO_BOX[1]
    assert printed[0] == PHOTO_BOX[0] or PHOTO_BOX[1] - printed[1] <= height // width + 1
    if min(printed) > 1_000:
        assert printed[0] / printed[1] == pytest.approx(width / height, rel=0.01)
