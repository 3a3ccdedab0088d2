"""What people come for is at hand: without scrolling, by keyboard alone, on a phone."""

from .conftest import DESK, PHONE, Visitor

STOPS = """() => {
    const field = document.activeElement, style = getComputedStyle(field);
    return [field.name, style.outlineStyle !== "none" && style.outlineWidth !== "0px"];
}"""


def test_a_resident_finds_the_button_to_report_without_scrolling(visitor: Visitor) -> None:
    visitor.enter_as("resident")
    for width in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": width, "height": 720})
        visitor.go("/")
        button = visitor.page.locator("main a.c-button--primary", has_text="我要反映")
        box = button.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 720
    button.click()
    assert visitor.page.url.startswith(f"{visitor.city.address}/cases/report/")


def test_each_stop_of_the_date_fields_of_the_rates_is_seen(visitor: Visitor) -> None:
    visitor.enter_as("subdistrict")
    for address in ("/cases/rates/", "/services/rates/"):
        visitor.go(address)
        visitor.page.locator("input[name=first]").focus()
        stops = []
        while (stop := visitor.page.evaluate(STOPS))[0] in {"first", "last"}:
            stops.append(stop)
            visitor.page.keyboard.press("Tab")
        assert {name for name, _is_seen in stops} == {"first", "last"}
        assert [is_seen for _name, is_seen in stops] == [True] * len(stops)


def test_a_worker_acts_from_the_list_of_tasks_on_a_phone(visitor: Visitor) -> None:
    visitor.enter_as("worker")
    page = visitor.page
    rows = page.locator("tr.has-act")
    assert rows.count() > 1
    assert rows.locator("a.c-button").filter(visible=True).count() == rows.count()
    boxes = [row.bounding_box() for row in rows.locator("a.c-button").all()]
    assert [box for box in boxes if not box or box["height"] < 44 or box["x"] + box["width"] > PHONE] == []
    visitor.look("desk")
    rows.locator("a.c-button", has_text="受理").first.click()
    page.wait_for_load_state()
    assert page.url.endswith("#accept")
