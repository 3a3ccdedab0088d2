"""The pictures of a form survive its errors: chosen once, they come back until the form is complete."""

import re
from importlib import import_module

import pytest
from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from linli.commons.files import actions, queries
from linli.commons.files.forms import READ_UP_TO, BoundedUploadHandler, PicturesField
from linli.commons.files.models import File
from linli.ground.authority.actors import VISITOR
from linli.ground.places.models import Place

from .conftest import picture

pytestmark = pytest.mark.django_db
Session = import_module(settings.SESSION_ENGINE).SessionStore


class NeedForm(forms.Form):
    text = forms.CharField()
    pictures = PicturesField(required=False, max_count=3)

    def __init__(self, request: HttpRequest, *, required: bool = False) -> None:
        super().__init__(request.POST, request.FILES)
        field = self.fields["pictures"]
        field.required = required
        field.bind(request)  # type: ignore[attr-defined]


def sent(session: object, *uploads: SimpleUploadedFile, kept: list[str] | None = None, text: str = "") -> HttpRequest:
    request = RequestFactory().post("/")
    request.session, request.actor = session, VISITOR
    request._files = MultiValueDict({"pictures": list(uploads)} if uploads else {})
    request._post = QueryDict(mutable=True)
    request._post["text"] = text
    request._post.setlist("pictures-kept", kept or [])
    return request


def tokens(form: NeedForm) -> list[str]:
    return re.findall(r'name="pictures-kept" value="([^"]+)" checked', str(form["pictures"]))


def test_pictures_chosen_once_survive_an_incomplete_form(place: Place) -> None:
    session = Session()
    form = NeedForm(sent(session, picture("甲.jpg"), picture("乙.jpg")))
    assert not form.is_valid()
    assert form.errors.keys() == {"text"}
    page = str(form["pictures"])
    assert ("甲.jpg" in page, "乙.jpg" in page, 'accept="image/jpeg' in page, "multiple" in page) == (
        True,
        True,
        True,
        True,
    )
    again = NeedForm(sent(session, picture("丙.jpg"), kept=tokens(form), text="路灯不亮"))
    assert again.is_valid(), again.errors
    assert again.has_changed()
    actions.keep(files=again.cleaned_data["pictures"], about=place, by=VISITOR)
    assert [file.name for file in queries.files_of(place)] == ["甲.jpg", "乙.jpg", "丙.jpg"]


def test_a_kept_picture_can_be_left_out(place: Place) -> None:
    session = Session()
    first = tokens(_sent_back(session))
    form = NeedForm(sent(session, kept=first[1:], text="x"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["pictures"]] == ["乙.jpg"]


def _sent_back(session: object) -> NeedForm:
    form = NeedForm(sent(session, picture("甲.jpg"), picture("乙.jpg")))
    form.is_valid()
    return form


def test_each_bad_picture_is_named_and_the_good_ones_stay() -> None:
    session = Session()
    heavy = SimpleUploadedFile("楼道夜间.jpg", b"\xff\xd8\xff" + b"0" * int(14.2 * 2**20))
    form = NeedForm(sent(session, picture("甲.jpg"), heavy, SimpleUploadedFile("假.jpg", b"<html>"), text="路灯"))
    assert form.errors["pictures"] == [
        "“楼道夜间.jpg”有 14.2 MB，超过 10 MB，请换一张或重新拍。",
        "“假.jpg”的内容与后缀不符，请打开后另存为图片或 PDF 再选择。",
    ]
    again = NeedForm(sent(session, kept=tokens(form), text="路灯"))
    assert again.is_valid()
    assert [file.name for file in again.cleaned_data["pictures"]] == ["甲.jpg"]


def test_one_too_many_is_said_once() -> None:
    form = NeedForm(sent(Session(), *(picture(f"{n}.jpg") for n in range(5)), text="x"))
    assert form.errors["pictures"] == ["最多 3 个文件，请去掉一些。"]
    assert len(tokens(form)) == 3


def test_nobody_else_brings_a_draft_back() -> None:
    token = tokens(_sent_back(Session()))[0]
    other = signing.dumps([File.objects.earliest("pk").reference, "k"], salt="files.draft")
    forged = [token, token + "x", "nonsense", signing.dumps("x", salt="files.draft"), other]
    for one in forged:
        form = NeedForm(sent(Session(), kept=[one], text="x"))
        assert form.errors["pictures"] == ["先前选择的文件已过期，请重新选择。"], one
        assert form.fields["pictures"].files == []  # type: ignore[attr-defined]


def test_a_draft_that_expired_is_asked_for_again() -> None:
    session = Session()
    kept = tokens(_sent_back(session))
    File.objects.all().delete()
    assert NeedForm(sent(session, kept=kept, text="x")).errors["pictures"] == ["先前选择的文件已过期，请重新选择。"]


def test_a_form_may_ask_for_at_least_one() -> None:
    form = NeedForm(sent(Session(), text="x"), required=True)
    assert form.errors["pictures"] == ["请至少选择一张图片。"]
    assert not form.fields["pictures"].has_changed([], None)


def test_a_plain_dictionary_of_files_is_read_as_well() -> None:
    widget = PicturesField().widget
    one = widget.value_from_datadict({"p-kept": ["t"]}, {"p": picture()}, "p")
    assert (len(one.uploads), one.kept) == (1, ["t"])
    assert [widget.value_omitted_from_data(data, {}, "p") for data in ({}, {"p-kept": []})] == [True, False]


def test_an_endless_upload_is_not_stored_but_named() -> None:
    request = RequestFactory().post(
        "/",
        {
            "text": "x",
            "a": SimpleUploadedFile("录像.mp4", b"0" * (READ_UP_TO + 100)),
            "b": picture("甲.jpg"),
            "z": "after",
        },
    )
    request.upload_handlers.insert(0, BoundedUploadHandler(request))
    assert (list(request.FILES), request.POST["z"]) == (["b"], "after")
    request.session, request.actor = Session(), VISITOR
    form = NeedForm(request)
    assert form.errors["pictures"] == ["“录像.mp4”超过 10 MB，请换一张或重新拍。"]
    request.close()
