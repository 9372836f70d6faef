"""organisation.toml: every slip is named, and what it says about roles is found."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.organisation import Organisation
from domain.taxonomy import Role

SHIPPED = Path(__file__).resolve().parents[2] / "organisation.toml"


@pytest.fixture
def content() -> dict[str, Any]:
    """The file that comes with the product, to be spoiled."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def spoiled(content: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    changed = copy.deepcopy(content)
    *way, last = path.split(".")
    place: Any = changed
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return changed


def test_the_shipped_file_has_the_areas_and_the_two_clocks(content: dict[str, Any]) -> None:
    cps = Organisation.model_validate(content)

    assert len(cps.areas) == 20
    assert cps.clocks.ost_review.due_hours == 24
    assert cps.clocks.ico_notification.due_hours == 72


def test_the_clock_of_remedial_actions_may_be_left_as_it_comes(content: dict[str, Any]) -> None:
    shipped = Organisation.model_validate(content).clocks.remedial_action
    del content["clocks"]["remedial_action"]

    assert Organisation.model_validate(content).clocks.remedial_action == shipped


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", 7),
        ("colour", "red"),
        ("reference_prefix", "br"),
        ("reference_prefix", "TOO-LONG1"),
        ("reference_prefix", ""),
        ("channels.ost", None),
        ("channels.press", "press"),
        ("groups.dpo", 1),
        ("groups.dpos", "dpo"),
        ("areas", []),
        ("areas.0.key", "West Midlands"),
        ("areas.0.key", ""),
        ("areas.0.key", "x" * 41),
        ("areas.0.name", ""),
        ("areas.0.name", "x" * 76),
        ("areas.0.sims", None),
        ("areas.0.region", "north"),
        ("clocks.ost_review.due_hours", 0),
        ("clocks.ico_notification.escalations.0.after_hours", -1),
        ("clocks.ico_notification.escalations.0.to", ["chief"]),
        ("clocks.remedial_action.escalations", []),
        ("clocks.remedial_actions", {}),
        ("training.remind_on", "sunday"),
        ("training.suppress_below", 2),
        ("training.courses", []),
        ("training.courses.0.key", "Data protection"),
        ("training.courses.0.name", ""),
        ("training.courses.0.every_months", 0),
        ("training.courses.1.cadence", 12),
        ("training.courses.2.mandatory", "often"),
    ],
)
def test_a_slip_is_named_by_its_key(content: dict[str, Any], path: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Organisation.model_validate(spoiled(content, path, value))

    places = [".".join(map(str, each["loc"])) for each in refused.value.errors()]
    assert any(place.startswith(path) for place in places), places


@pytest.mark.parametrize("section", ["channels", "groups", "areas", "clocks", "name", "regulator"])
def test_a_section_that_is_missing_is_named(content: dict[str, Any], section: str) -> None:
    del content[section]

    with pytest.raises(ValidationError) as refused:
        Organisation.model_validate(content)

    assert [each["loc"] for each in refused.value.errors()] == [(section,)]


def test_an_area_listed_twice_is_named(content: dict[str, Any]) -> None:
    content["areas"].append(content["areas"][3])

    with pytest.raises(ValidationError, match="key used twice: london-north"):
        Organisation.model_validate(content)


def test_slack_shows_at_most_a_hundred_areas(content: dict[str, Any]) -> None:
    content["areas"] = [
        {"key": f"area-{number}", "name": "An Area", "sims": "sims"} for number in range(101)
    ]

    with pytest.raises(ValidationError, match="areas"):
        Organisation.model_validate(content)
    content["areas"].pop()
    assert len(Organisation.model_validate(content).areas) == 100


def test_several_slips_are_named_at_once(content: dict[str, Any]) -> None:
    changed = spoiled(spoiled(content, "areas.1.key", "?"), "groups.siro", None)

    with pytest.raises(ValidationError) as refused:
        Organisation.model_validate(changed)

    assert {each["loc"] for each in refused.value.errors()} == {
        ("areas", 1, "key"),
        ("groups", "siro"),
    }


def test_each_role_has_its_group_and_sims_have_one_for_each_area(content: dict[str, Any]) -> None:
    cps = Organisation.model_validate(content)

    found = {role: cps.group(role, "wessex") for role in Role}

    assert found == {
        Role.OST: "ost",
        Role.OST_LEAD: "ost-leads",
        Role.DPO: "dpo",
        Role.DEPUTY_DPO: "dpo-deputies",
        Role.SIRO: "siro",
        Role.SIM: "sims-wessex",
        Role.HR: "hr-casework",
    }


def test_an_area_that_is_gone_keeps_its_cases_readable(content: dict[str, Any]) -> None:
    cps = Organisation.model_validate(content)

    assert cps.area_name("wessex") == "CPS Wessex"
    assert cps.area_name("avalon") == "avalon"
    with pytest.raises(KeyError):
        cps.area("avalon")
    with pytest.raises(KeyError):
        cps.group(Role.SIM, "avalon")
    assert cps.group(Role.DPO, "avalon") == "dpo"


def test_reports_are_for_the_roles_of_the_file_alone(content: dict[str, Any]) -> None:
    cps = Organisation.model_validate(content)
    without = {name: part for name, part in content.items() if name != "reports"}
    stricter = Organisation.model_validate(spoiled(content, "reports.roles", ["dpo"]))

    assert cps == Organisation.model_validate(without)
    assert all(cps.may_have_reports([role]) for role in (Role.OST_LEAD, Role.OST, Role.DPO))
    assert not any(cps.may_have_reports(roles) for roles in ([], [Role.SIM, Role.HR, Role.SIRO]))
    assert stricter.may_have_reports([Role.SIM, Role.DPO])
    assert not stricter.may_have_reports([Role.OST, Role.OST_LEAD])


def test_two_courses_of_one_key_are_refused(content: dict[str, Any]) -> None:
    content["training"]["courses"].append(content["training"]["courses"][0])
    with pytest.raises(ValidationError, match="courses: key used twice: data-protection"):
        Organisation.model_validate(content)


def test_the_courses_that_come_are_those_of_the_shipped_file(content: dict[str, Any]) -> None:
    shipped = Organisation.model_validate(content).training
    del content["training"]
    assert Organisation.model_validate(content).training == shipped
