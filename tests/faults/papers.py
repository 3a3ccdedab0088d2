"""What people send in: a picture, a list."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

LISTED = "李四"  # stands only in a list that waits for confirmation


def picture(name: str = "东门.jpg") -> SimpleUploadedFile:
    """A small real picture."""
    body = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(body, "JPEG")
    return SimpleUploadedFile(name, body.getvalue())


def spreadsheet(place: str) -> bytes:
    """A list with one resident of a place."""
    book = Workbook()
    book.active.append(["姓名", "居住类型", "社区或网格"])
    book.active.append([LISTED, "registered", place])
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()
