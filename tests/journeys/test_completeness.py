"""The reviewing office looks at what the city's communities lack, takes the table away, and follows one gap down to where it is."""

import re
from pathlib import Path

from python_calamine import CalamineWorkbook

from .conftest import Visitor


def numbers(words: object) -> list[str]:
    """In order and due, as a cell says them."""
    return re.findall(r"\d+", str(words))[:2]


def test_completeness_matrix_to_xlsx(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.enter_as("reviewer")
    visitor.go("/completeness/")
    visitor.look("completeness")
    with page.expect_download() as waiting:
        page.locator("a[href*='export.xlsx']").first.click()
    file = tmp_path / "completeness.xlsx"
    waiting.value.save_as(file)
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    communities = [row for row in rows if any(str(cell).endswith(("社区", "村")) for cell in row)]
    assert len(communities) == 83

    head = next(row for row in rows if len(row) > 3 and row[0] == "代码")
    row = next(row for row in communities if row[-1])
    column = next(at for at, cell in enumerate(row[2:-3], 2) if len(set(numbers(cell))) == 2)
    code, group, found = str(row[0]), str(head[column]), numbers(row[column])
    for under in (code[:6], code[:9]):
        page.locator(f"main th a[href='?under={under}']").click()
        page.wait_for_load_state()
    link = page.locator(f"main th a[href='/completeness/{code}/']")
    shown = page.locator("main tbody tr", has=link).locator("td").nth(column - 2).inner_text()
    assert numbers(shown) == found
    link.click()
    page.wait_for_load_state()
    visitor.look("completeness-community")
    figure = page.locator(".c-figure", has_text=group).inner_text()
    assert numbers(figure) == found
