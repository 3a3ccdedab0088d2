"""Personal numbers in what people write: found however they are written, masked where others may read; ordinary numbers stay."""

import string
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.ground.redaction.queries import HAN_FIGURES, Kind, findings, kinds_in, masked

ID = "150302198001011239"
"""Born on 1 January 1980; its check figure is wrong, as after a slip of the pen."""
WIDE = str.maketrans(string.digits + "X-", "０１２３４５６７８９Ｘ－")
WORDS = some.sampled_from(["", "路灯不亮，", "（家里）", "联系我：", "有人X", "是的。", "No. ", "\n", "号", "～"])
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def checked(seventeen: str) -> str:
    """An identity number with the right check figure (GB 11643)."""
    total = sum(int(one) * weight for one, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def luhn(figures: str) -> str:
    """A card number with the right last figure."""
    doubled = [int(one) * (2 - number % 2) for number, one in enumerate(reversed(figures))]
    return figures + str(-sum(one // 10 + one % 10 for one in doubled) % 10)


IDS = some.builds(
    lambda area, day, order: checked(f"{area}{day:%Y%m%d}{order:03}"),
    some.sampled_from(["150302", "110105", "440304"]),
    some.dates(date(1920, 1, 1), date(2026, 1, 1)),
    some.integers(0, 999),
)
MOBILES = some.from_regex(r"\A1[3-9][0-9]{9}\Z")
CARDS = some.from_regex(r"\A6[0-9]{14,17}\Z").map(luhn)
LANDLINES = some.from_regex(r"\A(010|0473|021)[-－ ]?[2-9][0-9]{6,7}\Z")


def spread(figures: str, gaps: list[int], gap: str) -> str:
    """The figures with gaps in them."""
    return "".join(one + (gap if number in gaps else "") for number, one in enumerate(figures))


AROUND = some.tuples(WORDS, WORDS)
GAPS = some.tuples(some.sampled_from(["", " ", "-", "－", "　"]), some.sets(some.integers(1, 16), max_size=4))


@given(some.one_of(IDS, MOBILES, CARDS), AROUND, GAPS, some.booleans())
def test_every_valid_number_is_masked_wherever_and_however_it_is_written(
    number: str, around: tuple[str, str], gaps: tuple[str, set[int]], wide: bool
) -> None:
    before, after = around
    written = spread(number, [one for one in gaps[1] if one < len(number) - 1], gaps[0])
    text = before + (written.translate(WIDE) if wide else written) + after
    shown = masked(text)
    assert len(shown) == len(text)
    assert shown.startswith(before)
    assert shown.endswith(after)
    assert sum(one.isdigit() for one in shown) <= 7, shown
    assert masked(shown) == shown


@given(LANDLINES, WORDS)
def test_a_landline_with_its_area_code_is_masked_whole(number: str, after: str) -> None:
    assert not any(one.isdigit() for one in masked(f"家里{number}{after}"))


@given(MOBILES)
def test_figures_written_in_chinese_are_figures(number: str) -> None:
    han = {figure: chr(code) for code, figure in HAN_FIGURES.items()}
    assert kinds_in("请打" + "".join(han[one] for one in number) + "。") == [Kind.MOBILE]


@given(some.datetimes(), some.integers(0, 9_999_999), some.tuples(*[some.integers(1, 33)] * 3))
def test_house_numbers_days_hours_and_amounts_stay(at: datetime, amount: int, home: tuple[int, int, int]) -> None:
    house, stair, flat = home
    text = f"{at.year}年{at.month}月{at.day}日{at:%H:%M}，{house}号楼{stair}单元{flat}01，{house}-{stair}-{flat}02，"
    text += f"欠费{amount:,}.50元，{amount}度，{at.date().isoformat()}"
    assert masked(text) == text


@pytest.mark.parametrize(
    ("written", "shown", "kinds"),
    [
        (f"身份证{ID}", "身份证150***************", [Kind.IDENTITY]),
        ("旧身份证150302800101123", "旧身份证150************", [Kind.IDENTITY]),
        ("11010519491231002x", "110***************", [Kind.IDENTITY]),
        ("外地证件991231194912310020", "外地证件991231194912310020", []),
        ("订单号202613991234567890", "订单号202613991234567890", []),
        ("流水号150302800001123", "流水号150302800001123", []),
        ("生于150302300001011239", "生于150302300001011239", []),
        ("+86 139-0473-0001", "+86 139-****-0001", [Kind.MOBILE]),
        ("13904730001一直打不通", "139****0001一直打不通", [Kind.MOBILE]),
        (
            f"{luhn('622202120000000000')} 13904730001",
            f"***************{luhn('622202120000000000')[-4:]} 139****0001",
            [Kind.CARD, Kind.MOBILE],
        ),
        ("(0473)2020133", "(****)*******", [Kind.LANDLINE]),
        ("座机：2020133", "座机：*******", [Kind.LANDLINE]),
        ("已缴费2020133元", "已缴费2020133元", []),
        ("打12345和110", "打12345和110", []),
        ("护照E12345678，通行证H12345678", "护照E********，通行证H********", [Kind.PASSPORT]),
        ("蒙C·D1234挡路，蒙CAB1234也是", "蒙C******挡路，蒙C******也是", [Kind.PLATE]),
        ("zhang.san@example.org.cn", "z********@example.org.cn", [Kind.EMAIL]),
        ("加微信号：lin_li2026，QQ 123456", "加微信号：l*********，QQ 1*****", [Kind.ACCOUNT]),
        ("微信群里说过，扫码用微信支付", "微信群里说过，扫码用微信支付", []),
        ("①③⑨零四七三0001", "①③⑨****0001", [Kind.MOBILE]),
        ("", "", []),
    ],
)
def test_what_people_write(written: str, shown: str, kinds: list[Kind]) -> None:
    assert (masked(written), kinds_in(written)) == (shown, kinds)


def test_what_is_found_names_its_characters_once() -> None:
    text = f"{ID}，13904730001，zhang@13904730001.cn"
    places = [position for one in findings(text) for position in one.at]
    assert len(places) == len(set(places))
    assert kinds_in(text, "座机2020133") == [Kind.IDENTITY, Kind.MOBILE, Kind.LANDLINE, Kind.EMAIL]
