"""Reading uploads: pictures are drawn anew, everything disguised, broken or too large is refused with a sentence that names it."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.commons.files.actions import Reading, read
from linli.commons.files.actions.reading import clean_name
from linli.commons.files.models import Media

from .conftest import picture

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF"


def refusal(upload: SimpleUploadedFile) -> str:
    with pytest.raises(ValidationError) as refused:
        read(upload)
    return refused.value.messages[0]


def opened(reading: Reading) -> Image.Image:
    return Image.open(io.BytesIO(reading.data))


@pytest.mark.parametrize(
    ("name", "form", "media"),
    [
        ("灯.jpg", "JPEG", Media.JPEG),
        ("灯.JPEG", "JPEG", Media.JPEG),
        ("灯.png", "PNG", Media.PNG),
        ("灯.webp", "WEBP", Media.WEBP),
    ],
)
def test_pictures_keep_their_kind_and_get_a_small_one(name: str, form: str, media: Media) -> None:
    reading = read(picture(name, (900, 600), form))
    assert (reading.name, reading.media, reading.width, reading.height, opened(reading).format) == (
        name,
        media,
        900,
        600,
        form,
    )
    small = Image.open(io.BytesIO(reading.thumbnail))
    assert (small.format, small.size, len(reading.sha256)) == ("JPEG", (480, 320), 64)


def test_nothing_but_the_picture_is_kept_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[2] = (39.0, 40.0, 0.0)  # where it was taken
    reading = read(picture(exif=exif, comment=b"secret", icc_profile=b"\0" * 200, xmp=b"<x/>"))
    drawn = opened(reading)
    assert (dict(drawn.getexif()), drawn.size, b"secret" in reading.data, "icc_profile" in drawn.info) == (
        {},
        (40, 60),
        False,
        False,
    )
    top, bottom = drawn.getpixel((20, 5)), drawn.getpixel((20, 55))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_text_inside_a_png_is_gone_and_transparency_stays() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "secret")
    image = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    body = io.BytesIO()
    image.save(body, "PNG", pnginfo=info)
    reading = read(SimpleUploadedFile("a.png", body.getvalue()))
    assert (b"secret" in reading.data, opened(reading).mode, opened(reading).getpixel((5, 5))) == (
        False,
        "RGBA",
        (255, 0, 0, 0),
    )
    assert Image.open(io.BytesIO(reading.thumbnail)).getpixel((5, 5)) == (255, 255, 255)


def test_a_very_large_picture_is_made_smaller() -> None:
    reading = read(picture(size=(5000, 2500)))
    assert (reading.width, reading.height, opened(reading).size) == (4096, 2048, (4096, 2048))


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    reading = read(SimpleUploadedFile("申请书.pdf", PDF))
    assert (reading.media, reading.data, reading.width, reading.thumbnail) == (Media.PDF, PDF, None, b"")


@pytest.mark.parametrize(
    "inside", [b"/JavaScript (app.alert)", b"/JS (x)", b"/Launch << >>", b"/EmbeddedFile", b"/XFA [ ]"]
)
def test_a_pdf_with_programs_inside_is_refused(inside: bytes) -> None:
    assert "“申请书.pdf”里含有程序或附件" in refusal(SimpleUploadedFile("申请书.pdf", PDF + inside))


def test_a_locked_pdf_is_refused() -> None:
    assert "设有密码" in refusal(SimpleUploadedFile("申请书.pdf", PDF + b"/Encrypt 5 0 R"))


def test_a_picture_too_heavy_is_refused_with_its_size() -> None:
    heavy = SimpleUploadedFile("楼道夜间.jpg", b"\xff\xd8\xff" + b"0" * int(14.2 * 2**20))
    assert refusal(heavy) == "“楼道夜间.jpg”有 14.2 MB，超过 10 MB，请换一张或重新拍。"


def _png_of(width: int, height: int) -> bytes:
    """Return a tiny file that says it is a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6000, 30000])
def test_a_decompression_bomb_is_refused_before_it_opens(side: int) -> None:
    said = refusal(SimpleUploadedFile("墙.png", _png_of(side, side)))
    assert said in {f"“墙.png”像素过多（{side} × {side}），请缩小后再传。", "“墙.png”已损坏，打不开，请换一张。"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("楼道.jpg", HTML),
        ("楼道.jpg", SVG),
        ("楼道.png", b"MZ\x90\0program"),
        ("楼道.jpg", PDF),
        ("楼道.pdf", HTML),
        ("灯.png", b"????"),
    ],
)
def test_a_disguise_is_seen_through(name: str, data: bytes) -> None:
    assert refusal(SimpleUploadedFile(name, data)) == f"“{name}”的内容与后缀不符，请打开后另存为图片或 PDF 再选择。"


def test_a_picture_of_another_kind_behind_the_ending_is_seen_through() -> None:
    assert "与后缀不符" in refusal(picture("灯.png", form="JPEG"))


def test_a_zip_bomb_as_a_word_file_is_not_even_opened() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 2**20)
    assert "不能上传这种文件" in refusal(SimpleUploadedFile("报告.docx", body.getvalue()))


@pytest.mark.parametrize(
    ("name", "data"), [("a.svg", SVG), ("a.html", HTML), ("a", b"hello"), ("a.gif", b"GIF89a" + b"0" * 20)]
)
def test_other_kinds_are_refused(name: str, data: bytes) -> None:
    assert "不能上传这种文件" in refusal(SimpleUploadedFile(name, data))


def test_an_iphone_picture_is_told_the_way_out() -> None:
    heic = b"\0\0\0\x20ftypheic\0\0\0\0heicmif1" + b"0" * 50
    assert "HEIC" in refusal(SimpleUploadedFile("IMG_1.HEIC", heic))
    assert "HEIC" in refusal(SimpleUploadedFile("IMG_1.jpg", heic))


@pytest.mark.parametrize("cut", [10, 300])
def test_a_broken_picture_is_refused(cut: int) -> None:
    whole = picture(size=(200, 200)).read()
    assert "已损坏" in refusal(SimpleUploadedFile("灯.jpg", whole[:cut]))


def test_html_behind_a_picture_does_not_survive() -> None:
    reading = read(SimpleUploadedFile("灯.jpg", picture().read() + HTML))
    assert b"script" not in reading.data


def test_an_empty_file_is_refused() -> None:
    assert refusal(SimpleUploadedFile("灯.jpg", b"")) == "“灯.jpg”是空文件，请重新选择。"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/灯.jpg", "灯.jpg"),
        ("C:\\照片\\灯.jpg", "灯.jpg"),
        ("灯\r\nSet-Cookie: a.jpg", "灯Set-Cookie: a.jpg"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 300 + ".jpg", "长" * 96 + ".jpg"),
    ],
)
def test_names_lose_folders_and_control_characters(given: str, kept: str) -> None:
    assert clean_name(given) == kept
