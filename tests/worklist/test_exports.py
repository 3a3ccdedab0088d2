"""A file of what a filter shows: asked for, written by the worker, fetched for some days, harmless, without names."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cases.conftest import MONDAY, PHONE, Town
from django.core.files.storage import default_storage
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.flows.cases import actions as cases
from linli.flows.dispatch import actions as dispatch
from linli.flows.worklist import actions, tasks
from linli.flows.worklist.models import Export, ExportStatus
from linli.flows.worklist.queries import Filter
from linli.flows.worklist.queries.rows import header, rows_of
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.organisations.models import Holding
from linli.ground.ui.sheets import read_table


@pytest.fixture(autouse=True)
def storage(tmp_path: Path) -> Iterator[None]:
    disk = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"default": disk, "staticfiles": plain}):
        yield


def asked(town: Town, kind: str = "csv", who: str = "worker", **wanted: str) -> Export:
    return actions.ask(asked=Filter(**wanted), format=kind, by=town.actor(who))


def written(town: Town, kind: str = "csv", who: str = "worker", **wanted: str) -> Export:
    export = asked(town, kind, who, **wanted)
    actions.write(export.pk)
    return Export.objects.get(pk=export.pk)


def lines(export: Export) -> list[list[str]]:
    with default_storage.open(export.stored_as) as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_a_file_is_asked_for_watched_and_fetched(town: Town) -> None:
    case, worker = town.receive(text="路灯不亮，请回电 13904730001。"), town.client("worker")
    assert worker.get("/cases/export/?status=received").context["count"].number == 1
    answer = worker.post("/cases/export/?status=received", {"format": "csv"})
    export = Export.objects.get()
    assert answer["Location"] == f"/cases/export/{export.reference}/"
    assert "马上开始" in worker.get(answer["Location"]).content.decode()
    job = ProcrastinateJob.objects.get(task_name="worklist.write_export")
    tasks.write_export(SimpleNamespace(job=None), **job.args)
    page = worker.get(answer["Location"]).content.decode()
    assert "可以下载" in page
    fetched = worker.get(f"/cases/export/{export.reference}/download/")
    rows = list(csv.reader(io.StringIO(b"".join(fetched).decode("utf-8-sig"))))
    assert fetched["Content-Disposition"].startswith("attachment")
    assert rows[0] == header()
    assert [row[0] for row in rows[1:]] == [case.reference]
    assert PHONE not in "".join(rows[1])
    assert ("请回电" in rows[1][15], "张女士" in "".join(rows[1])) == (True, False)


def test_a_workbook_holds_the_same_rows_as_the_text(town: Town) -> None:
    town.receive()
    town.receive(text="=1+1，垃圾没有清运。")
    texts, sheet = lines(written(town)), written(town, "xlsx")
    with default_storage.open(sheet.stored_as) as file:
        cells = read_table(file.read())
    assert [[str(cell).removesuffix(".0") for cell in row] for row in cells] == texts
    assert [row[15] for row in texts[1:]] == [
        "'=1+1，垃圾没有清运。",
        "东门外人行道路灯连续四晚不亮。前天有人差点摔倒。",
    ]


def test_a_row_says_where_who_and_whether_in_time(town: Town) -> None:
    case = town.receive()
    dispatch.send_back(case, text="不属于社区职责。", by=town.actor("worker"))
    dispatch.designate(case, body=case.lead, is_final=False, text="先行处置。", by=town.actor("officer"))
    cases.accept(case, by=town.actor("worker"))
    cases.answer(case, text="已修好。", by=town.actor("worker"))
    row = dict(zip(header(), lines(written(town))[1], strict=True))
    assert (row["区县"], row["街道（镇）"], row["社区"], row["退回次数"]) == ("海勃湾区", "滨河街道", "湖东社区", "1")
    assert (row["状态"], row["按时"], row["答复时间"]) == ("已答复", "是", "2026-09-14 10:12")


def test_what_is_late_is_late_and_what_has_time_says_nothing(town: Town) -> None:
    town.receive()
    assert lines(written(town))[1][-1] == ""
    with clock.stopped_at(MONDAY + timedelta(days=60)):
        assert lines(written(town))[1][-1] == "否"


def test_a_grid_is_named_with_its_community_and_a_higher_place_without(town: Town) -> None:
    grid = town.east.draw_grid(name="第一网格", by=town.actor("officer"))
    town.receive(place=grid)
    town.receive(place=town.places["150302006"])
    assert [row[3:6] for row in lines(written(town, who="officer"))[1:]] == [
        ["海勃湾区", "滨河街道", ""],
        ["海勃湾区", "滨河街道", "湖东社区第一网格"],
    ]


def test_the_file_holds_what_its_asker_may_see(town: Town) -> None:
    town.receive()
    assert [len(lines(written(town, who=name))) for name in ("worker", "officer", "outsider")] == [2, 2, 1]


def test_progress_is_noted_and_rows_come_in_chunks(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.flows.worklist.queries.rows.CHUNK", 2)
    monkeypatch.setattr("linli.flows.worklist.actions.exports.STEP", 2)
    for _case in range(5):
        town.receive()
    export = written(town)
    assert (export.status, export.rows, export.total, len(lines(export))) == (ExportStatus.READY, 5, 5, 6)
    assert len(list(rows_of(town.actor("worker"), Filter()))) == 5


def test_only_who_asked_sees_the_file_and_only_in_that_post(town: Town) -> None:
    town.receive()
    export = written(town)
    address = f"/cases/export/{export.reference}/"
    assert [town.client(name).get(address).status_code for name in ("worker", "mate", "officer")] == [200, 404, 404]
    assert list(Export.objects.visible_to(town.resident)) == []


def test_a_post_that_has_ended_gets_no_file(town: Town) -> None:
    export = asked(town)
    key = town.actor("worker").post_ref.rpartition(":")[2]
    Holding.objects.filter(pk=key).update(ends_on=clock.today() - timedelta(days=1))
    actions.write(export.pk)
    export.refresh_from_db()
    assert (export.status, export.stored_as) == (ExportStatus.FAILED, "")
    actions.write(export.pk)
    actions.write(0)


def test_a_file_that_fails_again_and_again_is_given_up(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked(town)

    def broken(*_args: Any, **_named: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("linli.flows.worklist.actions.exports.default_storage", SimpleNamespace(save=broken))
    for tried in range(tasks.MOST):
        with pytest.raises(OSError, match="full"):
            tasks.write_export(SimpleNamespace(job=SimpleNamespace(attempts=tried)), export=export.pk)
    export.refresh_from_db()
    assert export.status == ExportStatus.FAILED
    actions.give_up(export.pk)
    assert "再次申请" in town.client("worker").get(f"/cases/export/{export.reference}/").content.decode()


def test_a_file_goes_when_its_days_are_over(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    export, worker = written(town), town.client("worker")
    tasks.remove_exports(0)
    with clock.stopped_at(MONDAY + timedelta(days=4)), django_capture_on_commit_callbacks(execute=True):
        tasks.remove_exports(0)
    assert not default_storage.exists(export.stored_as)
    address = f"/cases/export/{export.reference}/"
    assert worker.get(f"{address}download/").status_code == 404
    assert "已过保存期限" in worker.get(address).content.decode()


def test_that_it_was_made_is_in_the_log_without_what_was_looked_for(town: Town) -> None:
    written(town, q="张女士")
    verbs = Event.objects.filter(verb__startswith="worklist.export.").order_by("pk")
    assert [one.verb.rpartition(".")[2] for one in verbs] == ["ask", "begin", "finish"]
    assert "张女士" not in str([one.data for one in verbs])


def test_a_kind_of_file_is_chosen_from_two(town: Town) -> None:
    assert town.client("worker").post("/cases/export/", {"format": "pdf"}).status_code == 422
