"""The reviewing office looks at what the city's communities lack and takes the table away as a spreadsheet."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from .conftest import Visitor


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
