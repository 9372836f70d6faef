"""Police forces and the CPS Areas that they send their files to."""

import tomllib
from pathlib import Path

from domain.forces import AREA_FORCES, Force, forces_for

SHIPPED = Path(__file__).resolve().parents[2] / "organisation.toml"


def test_the_forty_three_forces_each_belong_to_one_area_but_london_s_to_two() -> None:
    london = {"london-north", "london-south"}
    outside = [force for area, own in AREA_FORCES.items() if area not in london for force in own]

    assert AREA_FORCES["london-north"] == AREA_FORCES["london-south"]
    assert len({*outside, *AREA_FORCES["london-north"]}) == 43
    assert len(outside) == len(set(outside)) == 41
    assert set(outside).isdisjoint(AREA_FORCES["london-north"])


def test_each_area_of_the_map_is_in_the_shipped_organisation_file() -> None:
    content = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))

    assert len(AREA_FORCES) == 14
    assert set(AREA_FORCES) <= {area["key"] for area in content["areas"]}


def test_an_area_s_own_forces_come_first_and_none_is_missing() -> None:
    offered = forces_for("wessex")

    assert offered[:3] == (Force.DORSET, Force.HAMPSHIRE, Force.WILTSHIRE)
    assert sorted(offered) == sorted(Force)


def test_a_national_unit_is_offered_every_force() -> None:
    assert forces_for("counter-terrorism") == tuple(Force)


def test_slugs_are_those_of_data_police_uk() -> None:
    assert Force("devon-and-cornwall").label == "Devon & Cornwall Police"
    assert Force("btp").label == "British Transport Police"
