"""The schematic map."""

import json
from pathlib import Path

import pytest

from linli.ground.places import outlines


def test_wuhai_is_drawn_whole_within_its_frame() -> None:
    drawn = outlines.outlines_of("1503")
    assert drawn is not None
    assert [shape.path for shape in drawn.shapes] == ["150302", "150303", "150304"]
    assert drawn.approval == ""
    for shape in drawn.shapes:
        points = [
            tuple(map(float, point.split(","))) for point in shape.outline.strip("MZ").replace("ZM", "L").split("L")
        ]
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points)
        assert min(x for x, _y in points) < shape.x < max(x for x, _y in points)


@pytest.mark.parametrize("code", ["1504", "", "../kind", "1503/../1503"])
def test_other_cities_have_no_map(code: str) -> None:
    assert outlines.outlines_of(code) is None


def test_a_city_brings_its_own_approved_outlines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    square = [[[106.0, 39.0], [107.0, 39.0], [107.0, 40.0], [106.0, 39.0]]]
    feature = {
        "id": "150402",
        "properties": {"cp": [106.5, 39.5]},
        "geometry": {"type": "MultiPolygon", "coordinates": [square, square]},
    }
    text = json.dumps({"type": "FeatureCollection", "approval": "蒙S(2026)001号", "features": [feature]})
    (tmp_path / "outlines_1504.geojson").write_text(text, encoding="utf-8")
    monkeypatch.setattr(outlines, "DATA", tmp_path)
    outlines.outlines_of.cache_clear()
    drawn = outlines.outlines_of("1504")
    outlines.outlines_of.cache_clear()
    assert drawn is not None
    assert (drawn.approval, drawn.shapes[0].outline.count("Z")) == ("蒙S(2026)001号", 2)


def test_the_district_of_a_point_is_the_one_whose_outline_holds_it() -> None:
    points = {"150302": (106.81, 39.69), "150303": (106.87, 39.38), "150304": (106.72, 39.50), "": (116.4, 39.9)}
    assert {path: outlines.district_at("1503", *point) for path, point in points.items()} == {
        one: one for one in points
    }
    assert outlines.district_at("1101", 116.4, 39.9) == ""
