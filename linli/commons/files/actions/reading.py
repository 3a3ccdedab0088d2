"""Reading an upload: is it what it says, is it small enough, and what is kept of it. Pictures are drawn anew, without EXIF."""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from linli.commons.files.models import Media

MAX_BYTES: Final = 10 * 2**20
MAX_PIXELS: Final = {
    Media.JPEG: 50_000_000,
    Media.PNG: 25_000_000,
    Media.WEBP: 25_000_000,
}  # a JPEG is opened at a smaller scale
MAX_SIDE: Final = 4096
THUMBNAIL_SIDE: Final = 480
HEAD: Final = 4096
NAME_LENGTH: Final = 100
FAMILIES: Final = {
    ".jpg": Media.JPEG,
    ".jpeg": Media.JPEG,
    ".jfif": Media.JPEG,
    ".png": Media.PNG,
    ".webp": Media.WEBP,
    ".pdf": Media.PDF,
}
FORMATS: Final = {Media.JPEG: "JPEG", Media.PNG: "PNG", Media.WEBP: "WEBP"}
ACTIVE_PDF: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA)\b")


@dataclass(frozen=True)
class Reading:
    """What is kept of an upload: the safe bytes, what they are, and a small picture where there is one."""

    name: str
    media: Media
    data: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""

    @property
    def sha256(self) -> str:
        """The fingerprint of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def read(upload: "UploadedFile[bytes]") -> Reading:
    """Return what is kept of an upload; raises ValidationError with a sentence that names the file and says what to do."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size > MAX_BYTES:
        text = _("“%(name)s” has %(size)s MB, more than %(most)s MB: please choose another or take it again.")
        raise _refusal(text, name, size=f"{size / 2**20:.1f}", most=MAX_BYTES // 2**20)
    if not size:
        raise _refusal(_("“%(name)s” is empty: please choose it again."), name)
    upload.seek(0)
    data = upload.read()
    media = _media_of(name, data)
    if media is Media.PDF:
        return _read_pdf(name, data)
    return _read_picture(name, media, data)


def clean_name(name: str) -> str:
    """Return a file's name without folders and control characters, cut to a readable length; its ending stays."""
    plain = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable()).strip(". ")
    path = PurePosixPath(plain or _("unnamed"))
    return path.stem[: NAME_LENGTH - len(path.suffix[:10])] + path.suffix[:10]


def _media_of(name: str, data: bytes) -> Media:
    """Return what the file is, if its ending and its beginning agree."""
    found = _sniff(data)
    if found == "image/heif":
        text = _(
            "“%(name)s” is in the HEIC format of the iPhone: please choose it from the album again as JPEG, or send a screenshot."
        )
        raise _refusal(text, name)
    said = FAMILIES.get(PurePosixPath(name).suffix.lower())
    if said is None:
        raise _refusal(
            _("“%(name)s” is of a kind that cannot be taken: pictures (JPEG, PNG, WebP) or PDF please."), name
        )
    if said != found:
        raise _refusal(
            _("“%(name)s” is not what its ending says: please open it, save it as a picture or PDF and choose that."),
            name,
        )
    return said


def _sniff(data: bytes) -> str:
    """Return the media type that the first bytes show; empty for an unknown one."""
    try:
        return str(max(puremagic.magic_string(data[:HEAD]), key=lambda match: match.confidence).mime_type)
    except (puremagic.PureError, ValueError):
        return ""


def _read_pdf(name: str, data: bytes) -> Reading:
    """Keep a plain PDF as it is; one that is locked or carries programs is refused."""
    if b"/Encrypt" in data:
        raise _refusal(_("“%(name)s” is protected by a password: please save it without one."), name)
    if ACTIVE_PDF.search(data):
        raise _refusal(
            _("“%(name)s” contains programs or other files: please print it to a new PDF and choose that."), name
        )
    return Reading(name, Media.PDF, data)


def _read_picture(name: str, media: Media, data: bytes) -> Reading:
    """Draw a picture anew: turned upright, no larger than a screen needs, without anything that is not the picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own bound stands below
            image = Image.open(io.BytesIO(data), formats=[FORMATS[media]])
            if image.width * image.height > MAX_PIXELS[media]:
                text = _("“%(name)s” has too many pixels (%(width)s × %(height)s): please make it smaller.")
                raise _refusal(text, name, width=image.width, height=image.height)
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            drawn = _redrawn(image)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise _refusal(_("“%(name)s” is damaged and cannot be opened: please choose another."), name) from error
    body = io.BytesIO()
    drawn.save(body, FORMATS[media], **({} if media is Media.PNG else {"quality": 88}))
    small = _on_white(drawn)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    thumbnail = io.BytesIO()
    small.save(thumbnail, "JPEG", quality=80)
    return Reading(name, media, body.getvalue(), drawn.width, drawn.height, thumbnail.getvalue())


def _redrawn(image: Image.Image) -> Image.Image:
    """Return the pixels of the first frame, upright, on a canvas that carries no metadata."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    mode = "RGBA" if image.format != "JPEG" and upright.has_transparency_data else "RGB"
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright.convert(mode))
    return canvas


def _on_white(image: Image.Image) -> Image.Image:
    """Return a copy without transparency."""
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return white


def _refusal(text: str, name: str, **values: object) -> ValidationError:
    return ValidationError(text, code="upload", params={"name": name, **values})
