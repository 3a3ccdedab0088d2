"""The packs of this release: whole, in order, and refused when they make no sense."""

from pathlib import Path

import pytest

from linli.ground.rulebook import packs, units
from linli.ground.rulebook.units import Mark, Unit

HEAD = 'title = "法"\nlaw = "法"\nmark = "LAW"\neffective_from = 2026-01-01\norder = 1\n'
RULE = '[[rule]]\nkey = "a"\nsubject = "s"\ntitle = "t"\nunit = "person"\nvalue = "5"\narticle = "第一条"\nsentence = "{value}"\n'


def test_every_law_names_its_article_and_its_value_parses() -> None:
    for entry in (entry for pack in packs.shipped() for entry in pack.entries):
        assert units.cleaned(entry.value, entry.unit) == entry.value
        if entry.mark == Mark.LAW:
            assert entry.article.startswith("第")
            assert entry.article.endswith("条")
            assert entry.law
        else:
            assert (entry.mark, entry.law) == (Mark.DEFAULT, "本市约定")
        assert entry.sentence.endswith("。")
        assert "{value}" in entry.sentence or entry.unit == Unit.FLAG
        assert bool(entry.base) <= (entry.unit == Unit.SHARE)


@pytest.mark.parametrize(
    ("key", "value", "article"),
    [
        ("ju.committee.size.max", "9", "第八条"),
        ("ju.term.years", "5", "第十四条"),
        ("ju.election.representatives.quorum", ">2/3", "第十九条"),
        ("ju.recall.propose.voters", ">=1/10", "第二十条"),
        ("cun.recall.propose.voters", ">=1/5", "第十九条"),
        ("cun.committee.size.max", "7", "第八条"),
        ("cun.representative.households_per.max", "15", "第二十九条"),
        ("owners.pass.special.heads", ">=3/4", "第二百七十八条"),
        ("xinfang.close_extend_days", "30", "第三十四条"),
        ("disclosure.request_reply_workdays", "20", "第三十三条"),
    ],
)
def test_the_numbers_of_the_laws(key: str, value: str, article: str) -> None:
    entry = packs.norm(key)
    assert (entry.value, entry.article, entry.mark) == (value, article, "LAW")


def test_the_laws_come_first_and_custom_last() -> None:
    codes = [pack.code for pack in packs.shipped()]
    assert codes[:3] == ["juweihui_law_2025", "cunweihui_law_2025", "civil_code_owners"]
    assert [code for code in codes if code.endswith("_defaults")] == codes[-5:]


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(packs.UnknownRule, match="nothing"):
        packs.norm("nothing")


def test_a_sound_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(HEAD + RULE, encoding="utf-8")
    [pack] = packs.read(tmp_path)
    [entry] = pack.entries
    assert (entry.pack, entry.number, entry.version_ref) == ("law", 5, "law/a@2026-01-01")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = ", "law: "),
        ('title = "法"\norder = 1\n', "law: KeyError"),
        (HEAD + RULE + RULE, "a is written twice"),
        (HEAD + RULE.replace('"person"', '"parsec"'), "parsec"),
        (HEAD + RULE.replace('"5"', '"five"'), "a: "),
        (HEAD + RULE.replace('"5"', '"05"'), "value or date"),
        (HEAD + RULE.replace('"第一条"', '""'), "law needs its name and article"),
        (HEAD.replace("LAW", "CUSTOM") + RULE, "CUSTOM"),
        (HEAD.replace("2026-01-01", '"soon"') + RULE, "value or date"),
        (HEAD + RULE + 'jurisdiction = "15"\n', "holds in the whole nation"),
        (HEAD + RULE + "colour = 1\n", "colour"),
        (
            HEAD + RULE.replace('"person"', '"share"').replace('"5"', '">1/2"') + "deviates_from = 1\n",
            "only numbers may deviate",
        ),
        (HEAD.replace("LAW", "CHARTER") + RULE, "a charter is lodged, not shipped"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "law.toml").write_text(text, encoding="utf-8")
    with pytest.raises(packs.BadPack) as refused:
        packs.read(tmp_path)
    assert why in str(refused.value)


def test_two_packs_may_not_claim_one_rule_but_a_region_may_add_its_own(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text(HEAD + RULE, encoding="utf-8")
    region = (HEAD + RULE).replace("LAW", "LOCAL") + 'jurisdiction = "15"\n'
    (tmp_path / "region.toml").write_text(region, encoding="utf-8")
    assert [entry.jurisdiction for pack in packs.read(tmp_path) for entry in pack.entries] == ["", "15"]


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("007", "person", "7"),
        (" >=2/3 ", "share", ">=2/3"),
        ("true", "flag", "true"),
        ("immediate", "moment", "immediate"),
    ],
)
def test_a_typed_value_is_kept_in_one_form(typed: str, unit: str, kept: str) -> None:
    assert units.cleaned(typed, unit) == kept


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("", "person"),
        ("1/2", "share"),
        ("maybe", "flag"),
        ("soon", "moment"),
        ("0", "working_day"),
        ("251", "working_day"),
        ("0", "calendar_day"),
        ("2001", "clock_hour"),
    ],
)
def test_a_value_of_another_unit_or_a_term_without_time_or_end_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(units.ValidationError):
        units.cleaned(typed, unit)
