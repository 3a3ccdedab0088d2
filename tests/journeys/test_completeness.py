"""The reviewing office looks at what the city's communities lack, takes the table away, and follows one gap down to where it is."""

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

    code, finding = next((row[0], str(row[-1]).partition("。")[0]) for row in communities if row[-1])
    body, said = finding.partition("：")[::2]
    for address in (f"?under={code[:6]}", f"?under={code[:9]}", f"/completeness/{code}/"):
        page.locator(f"main th a[href='{address}']").click()
        page.wait_for_load_state()
    visitor.look("completeness-community")
    assert f"{body} {said}" in " ".join(page.locator("main").inner_text().split())
