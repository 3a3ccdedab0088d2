"""The work list for programs: many cases at once, filters kept, files asked for and fetched, by the same verbs as the pages."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cases.conftest import Town
from django.http import HttpResponse
from django.test import Client, override_settings

from linli.flows.cases import actions as cases
from linli.flows.cases.models import Case, Statement, Status
from linli.flows.worklist import actions
from linli.flows.worklist.models import Export, SavedFilter


@pytest.fixture(autouse=True)
def storage(tmp_path: Path) -> Iterator[None]:
    disk = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"default": disk, "staticfiles": plain}):
        yield


def sent(client: Client, path: str, **said: Any) -> HttpResponse:
    return client.post(f"/api/cases/{path}", json.dumps(said), "application/json")


def seen(*chosen: Case) -> list[dict[str, Any]]:
    return [{"reference": one.reference, "version": one.version} for one in chosen]


def test_several_cases_are_accepted_and_each_says_what_became_of_it(town: Town) -> None:
    new, done, moved = (town.receive() for _one in range(3))
    cases.accept(Case.objects.get(pk=done.pk), by=town.actor("mate"))
    done.refresh_from_db()
    chosen = seen(new, done, moved)
    cases.note(Case.objects.get(pk=moved.pk), text="电话没有接通。", by=town.actor("mate"))
    answer = sent(town.client("worker"), "together/accept", cases=[*chosen, {"reference": "NOBODY22", "version": 1}])
    assert [(one["reference"], one["outcome"]) for one in answer.json()] == [
        (new.reference, "done"),
        (done.reference, "refused"),
        (moved.reference, "changed"),
        ("NOBODY22", "missing"),
    ]
    assert Case.objects.get(pk=new.pk).status == Status.ACCEPTED


def test_several_cases_get_one_note_and_another_lead(town: Town) -> None:
    chosen = [town.receive() for _one in range(2)]
    officer, committee = town.client("officer"), town.bodies["residents_committee", "150302006001"]
    answer = sent(officer, "together/note", cases=seen(*chosen), text="一并协调。")
    assert [one["outcome"] for one in answer.json()] == ["done", "done"]
    assert Statement.objects.filter(text="一并协调。").count() == 2
    chosen = list(Case.objects.all())
    refused = sent(officer, "together/assign", cases=seen(*chosen), body="NOBODY22")
    assert (refused.status_code, refused.json()["detail"]) == (422, "body: it cannot take these cases")
    answer = sent(officer, "together/assign", cases=seen(*chosen), body=committee.reference)
    assert [one["outcome"] for one in answer.json()] == ["done", "done"]
    assert {one.lead for one in Case.objects.all()} == {committee}
    nobody = sent(officer, "together/assign", cases=[{"reference": "NOBODY22", "version": 1}], body="NOBODY22")
    assert [one["outcome"] for one in nobody.json()] == ["missing"]


def test_a_filter_is_kept_renamed_shared_and_let_go(town: Town) -> None:
    worker, mate = town.client("worker"), town.client("mate")
    kept = sent(worker, "filters/save", name="我的超期", due="overdue", returned=True).json()
    assert (kept["query"], kept["is_shared"]) == ("due=overdue&returned=1", False)
    assert [one["name"] for one in worker.get("/api/cases/filters/").json()] == ["我的超期"]
    assert mate.get("/api/cases/filters/").json() == []
    assert sent(mate, f"filters/{kept['reference']}/share").status_code == 404
    assert sent(worker, f"filters/{kept['reference']}/share").json()["is_shared"]
    assert sent(mate, f"filters/{kept['reference']}/remove").status_code == 403
    assert sent(worker, f"filters/{kept['reference']}/unshare").json()["is_shared"] is False
    assert sent(worker, f"filters/{kept['reference']}/rename", name="超期").json()["name"] == "超期"
    taken = sent(worker, "filters/save", name="超期", status="open")
    assert (taken.status_code, "name: " in taken.json()["detail"]) == (422, True)
    assert sent(worker, "filters/save", name="全部").status_code == 422
    assert sent(worker, f"filters/{kept['reference']}/remove").status_code == 204
    assert not SavedFilter.objects.exists()


def test_a_file_is_asked_for_followed_and_fetched_by_who_asked(town: Town) -> None:
    case, worker = town.receive(), town.client("worker")
    asked = sent(worker, "export", format="csv", status="received").json()
    assert (asked["status"], asked["rows"]) == ("waiting", 0)
    at = f"/api/cases/export/{asked['reference']}"
    assert worker.get(f"{at}/download").status_code == 404
    actions.write(Export.objects.get().pk)
    told = worker.get(at).json()
    assert (told["status"], told["rows"], told["total"]) == ("ready", 1, 1)
    fetched = worker.get(f"{at}/download")
    rows = list(csv.reader(io.StringIO(fetched.getvalue().decode("utf-8-sig"))))
    assert (rows[1][0], fetched["Cache-Control"]) == (case.reference, "private, no-store")
    assert town.client("mate").get(at).status_code == 404
