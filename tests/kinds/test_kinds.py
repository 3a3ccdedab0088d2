"""The kinds of body: what the files say is what the city knows."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils.translation import override

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.core.models import Event
from linli.ground.kinds.actions import load_kinds
from linli.ground.kinds.models import BodyKind, Need, Rule, SubjectKind
from linli.ground.rulebook.packs import norms
from tests.organisations import town as stage

pytestmark = pytest.mark.django_db
CODES = [
    *("party_branch", "party_joint_conference", "residents_meeting", "villagers_meeting", "representatives_meeting"),
    *(
        "village_representatives_meeting",
        "election_committee",
        "residents_committee",
        "villagers_committee",
        "supervision_committee",
    ),
    *("residents_group", "subcommittee_mediation", "subcommittee_security", "subcommittee_health"),
    *(
        "subcommittee_environment_property",
        "subcommittee_elderly_women_children",
        "deliberation_council",
        "workstation",
    ),
    *("stationed_post", "association", "mass_organisation", "intermediary", "owners_assembly", "owners_committee"),
    *("property_provider", "resident_unit", "city_government", "district_government", "subdistrict_office"),
    *("town_government", "department", "reviewing_office"),
]
GOOD = """[[kind]]
code = "choir"
name = "合唱团"
name_en = "choir"
pattern = "{place}合唱团"
group = "association"
subject = "peoples_organisation"
law = "本市约定"
article = "第一条"
stands = { juweihui = "optional" }
parents = []
posts = [{ code = "head", name = "团长", role = "delegate", seats = 1 }]
"""


@pytest.fixture(autouse=True)
def nothing_loaded(db: None) -> None:
    """Take away the kinds that a prepared database brings along."""
    BodyKind.objects.all().delete()


def test_every_kind_of_the_field_is_loaded_in_order_and_a_second_run_changes_nothing() -> None:
    before = Event.objects.count()
    assert load_kinds(by=SYSTEM) == len(CODES)
    assert list(BodyKind.objects.values_list("code", flat=True)) == CODES
    assert Event.objects.count() - before == len(CODES)
    assert load_kinds(by=SYSTEM) == 0


def test_every_rule_that_a_kind_names_stands_in_the_rulebook() -> None:
    load_kinds(by=SYSTEM)
    named = set().union(*(kind.rule_keys() for kind in BodyKind.objects.all()))
    assert named - set(norms()) == set()


def test_only_the_city_has_an_administrators_post() -> None:
    load_kinds(by=SYSTEM)
    assert [kind.code for kind in BodyKind.objects.all() if RoleCode.ADMINISTRATOR in kind.roles()] == [
        "city_government"
    ]


def test_units_without_self_government_need_no_body() -> None:
    load_kinds(by=SYSTEM)
    needs = {kind.need_at("quasi_juweihui") for kind in BodyKind.objects.all()}
    assert needs == {None, Need.OPTIONAL}


def test_a_kind_speaks_in_the_words_of_its_place(town: stage.Town) -> None:
    supervision = BodyKind.objects.get(code="supervision_committee")
    assert supervision.names_at(town.east) == ("湖东社区居务监督委员会", "湖东社区居务监督委员会")
    assert supervision.names_at(town.village) == ("王元地村村务监督委员会", "王元地村村务监督委员会")
    assert supervision.source_at("juweihui") == "城市居民委员会组织法 第三十六条"
    assert supervision.source_at("cunweihui") == "村民委员会组织法 第三十七条"
    assert (supervision.title_at("juweihui"), supervision.label) == ("supervision committee", "supervision committee")
    with override("zh-hans"):
        assert (supervision.title_at("cunweihui"), supervision.label) == ("村务监督委员会", "居（村）务监督委员会")


def test_a_kind_has_a_rule_for_each_kind_of_place_or_one_for_all(town: stage.Town) -> None:
    kind = BodyKind.objects.get(code="supervision_committee")
    assert kind.rule_key(Rule.TERM, "cunweihui") == "cun.supervision.term.years"
    assert kind.rule_key(Rule.WOMEN_MIN, "cunweihui") == ""
    assert (
        BodyKind.objects.get(code="subcommittee_mediation").rule_key(Rule.TERM, "cunweihui")
        == "mediation.committee.term.years"
    )


def test_a_changed_file_changes_only_its_kind(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(GOOD, encoding="utf-8")
    assert load_kinds(by=SYSTEM, folder=tmp_path) == 1
    (tmp_path / "one.toml").write_text(GOOD.replace("团长", "负责人"), encoding="utf-8")
    assert load_kinds(by=SYSTEM, folder=tmp_path) == 1
    assert str(BodyKind.objects.get()) == "合唱团"
    assert [post.name for post in BodyKind.objects.get().default_posts()] == ["负责人"]


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ('law = "本市约定"\n', ""),
        ('law = "本市约定"\n', 'law = "本市约定"\ncolour = "red"\n'),
        ('"association"', '"band"'),
        ('"peoples_organisation"', '"crowd"'),
        ('"optional"', '"perhaps"'),
        ('"delegate"', '"singer"'),
        ("\nposts", '\nrules = { loudness = { "*" = "x" } }\nposts'),
    ],
)
def test_a_bad_kind_is_refused_and_nothing_is_loaded(tmp_path: Path, found: str, instead: str) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace("choir", "band"), encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD.replace(found, instead), encoding="utf-8")
    with pytest.raises((ValidationError, ValueError, TypeError)):
        load_kinds(by=SYSTEM, folder=tmp_path)
    assert BodyKind.objects.count() == 0


def test_every_parent_is_a_kind() -> None:
    load_kinds(by=SYSTEM)
    assert {parent for kind in BodyKind.objects.all() for parent in kind.parents} - set(CODES) == set()


def test_the_command_says_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_kinds")
    assert capsys.readouterr().err == f"{len(CODES)} kinds of body changed\n"


def test_bodies_of_self_government_take_part_as_organisations_only_meetings_as_persons() -> None:
    load_kinds(by=SYSTEM)
    natural = BodyKind.objects.filter(subject=SubjectKind.NATURAL_PERSONS).values_list("code", flat=True)
    assert set(natural) == {
        *("residents_meeting", "villagers_meeting", "representatives_meeting", "village_representatives_meeting"),
        *("stationed_post", "owners_assembly"),
    }
