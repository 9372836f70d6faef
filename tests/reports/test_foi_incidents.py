"""Questions 1 to 5: upstream material, breaches, and what the ICO was told."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.casework import Offence
from domain.data import Answer
from domain.forces import Force
from domain.origin import Origin
from domain.taxonomy import Classification, Communication, IncidentType, Stage
from tests.reports.conftest import Ask
from tests.reports.filling import add_incidents

UPSTREAM = {"classification": Classification.UPSTREAM, "force": Force.STAFFORDSHIRE}


async def test_upstream_material_by_year_with_what_was_caught(
    engine: AsyncEngine, ask: Ask
) -> None:
    caught = UPSTREAM | {"caught_before_disclosure": Answer.YES}
    await add_incidents(engine, 6, **caught)
    await add_incidents(engine, 2, **UPSTREAM)
    await add_incidents(engine, 1, force=Force.KENT, caught_before_disclosure=Answer.YES)
    await add_incidents(engine, 7)
    await add_incidents(engine, 9, drill=True, **UPSTREAM)

    answer = await ask("upstream")

    header = (
        "| Period | Received | Caught before disclosure | Disclosed by the CPS | Not recorded |"
    )
    assert header in answer.text
    assert answer.rows[1] == ["2022", "9", "6", "1", "2"]
    assert (await ask("upstream", form="csv")).text == (
        "period,count\n2021,0\n2022,9\n2023,0\n2024,0\n"
    )


async def test_of_one_force_and_by_offence_split(engine: AsyncEngine, ask: Ask) -> None:
    await add_incidents(engine, 3, offence=Offence.SEXUAL, **UPSTREAM)
    await add_incidents(engine, 2, offence=Offence.FRAUD, **UPSTREAM)
    await add_incidents(engine, 1, **UPSTREAM)
    await add_incidents(engine, 4, **UPSTREAM | {"force": Force.KENT})

    answer = await ask("upstream", force="Staffordshire Police", split="offence-split", form="csv")

    assert answer.text.splitlines()[:7] == [
        "period,offence,count",
        "2021,Sexual offences,0",
        "2021,All other offences,0",
        "2021,Not recorded,0",
        "2022,Sexual offences,3",
        "2022,All other offences,2",
        "2022,Not recorded,1",
    ]
    assert "Limited to: Staffordshire Police." in answer.err


async def test_breaches_are_what_ost_confirmed_and_nothing_else(
    engine: AsyncEngine, ask: Ask
) -> None:
    await add_incidents(engine, 3)
    for other in (Classification.NOT_A_BREACH, Classification.NEAR_MISS, Classification.DUPLICATE):
        await add_incidents(engine, 2, classification=other)
    await add_incidents(engine, 4, classification=None, stage=Stage.OST_REVIEW)
    await add_incidents(engine, 5, classification=None, stage=Stage.WITHDRAWN)
    await add_incidents(engine, 6, drill=True)

    answer = await ask("breaches")

    assert answer.rows[1] == ["2022", "3"]
    assert "not yet reviewed and so not counted: 4." in answer.text
    for said in ("drills and tests", "withdrawn", "near miss", "duplicate", "incidents, each once"):
        assert said in answer.text


async def test_a_split_of_what_is_nowhere_recorded_keeps_its_column(
    engine: AsyncEngine, ask: Ask
) -> None:
    await add_incidents(engine, 3)

    answer = await ask("breaches", split="force")

    assert "| Period | Not recorded |" in answer.text
    assert answer.rows[1] == ["2022", "3"]
    assert "Not recorded" in (await ask("breaches", split="force", form="table")).text


async def test_what_is_not_known_is_said_and_never_dropped(engine: AsyncEngine, ask: Ask) -> None:
    await add_incidents(engine, 3, casework=Answer.YES)
    await add_incidents(engine, 2, casework=Answer.NO)
    await add_incidents(engine, 1, incident_type=IncidentType.EMAILED)

    answer = await ask("breaches", casework=True)
    by_type = await ask("breaches", split="type", form="csv")

    assert answer.rows[1] == ["2022", "3"]
    assert "not recorded whether they are within these limits: 1." in answer.text
    assert "2022,Data emailed to incorrect recipient,1\n2022,Not recorded,5\n" in by_type.text


async def test_by_the_day_it_happened_those_without_one_have_a_row(
    engine: AsyncEngine, ask: Ask
) -> None:
    await add_incidents(engine, 2, occurred_on=date(2021, 12, 6))
    await add_incidents(engine, 3)

    answer = await ask("breaches", basis="occurred")

    assert [row[1] for row in answer.rows] == ["2", "Nil", "Nil", "Nil", "3", "5"]
    assert answer.rows[4][0] == "Day not recorded"


async def test_cyber_and_other_incidents(engine: AsyncEngine, ask: Ask) -> None:
    await add_incidents(engine, 2, incident_type=IncidentType.PHISHING)
    await add_incidents(engine, 3, incident_type=IncidentType.BCC)

    assert (await ask("breaches", cyber=True)).rows[1] == ["2022", "2"]
    without = await ask("breaches", cyber=False)
    assert without.rows[1] == ["2022", "3"]
    assert "neither confirms nor denies" in without.text
    assert (await ask("breaches", split="cyber")).rows[1] == ["2022", "2", "3", "Nil", "5"]


async def test_many_values_stand_below_each_other(engine: AsyncEngine, ask: Ask) -> None:
    for area in ("hq", "wessex", "south-east", "north-east", "cps-direct", "seocid", "gone"):
        await add_incidents(engine, 1, area=area)

    rows = (await ask("breaches", split="area")).rows

    assert rows[0] == ["CPS North East", "Nil", "1", "Nil", "Nil", "1"]
    assert rows[-2] == ["Not recorded", "Nil", "1", "Nil", "Nil", "1"]
    assert rows[-1] == ["Total", "Nil", "7", "Nil", "Nil", "7"]


async def test_how_breaches_were_resolved(engine: AsyncEngine, ask: Ask) -> None:
    told = {"communication": Communication.TOLD, "actions": 3, "actions_done": 2}
    await add_incidents(engine, 2, **told)
    await add_incidents(engine, 1, stage=Stage.REMEDIATION, actions=1)

    answer = await ask("breaches")

    for line in (
        "| Closed | 2 |",
        "| Open: Remediation | 1 |",
        "| People affected: they have been told | 2 |",
        "| People affected: nothing is recorded | 1 |",
        "| Remedial actions given | 7 |",
        "| Remedial actions done | 4 |",
    ):
        assert line in answer.text
    protected = await ask("breaches", suppress=5, secondary=True)
    assert "Closed" not in protected.text


async def test_what_is_from_the_former_record_is_said(engine: AsyncEngine, ask: Ask) -> None:
    await add_incidents(engine, 8, origin=Origin.IMPORTED)
    assert "Everything that is counted was imported" in (await ask("breaches")).text
    await add_incidents(engine, 2)

    assert "Of the 10 counted, 8 were imported" in (await ask("breaches")).text
    assert "A part of what is counted was imported" in (await ask("breaches", suppress=5)).text


async def test_what_the_ico_was_in_fact_told_in_time_or_late(engine: AsyncEngine, ask: Ask) -> None:
    told = {"notify": True, "ico_notified_on": date(2023, 1, 2)}
    await add_incidents(engine, 3, **told, ico_late=False)
    await add_incidents(engine, 2, **told, ico_late=True)
    await add_incidents(engine, 1, **told)
    await add_incidents(engine, 4, notify=False, ico_decided_on=date(2022, 6, 3))
    await add_incidents(engine, 5, notify=True)

    answer = await ask("ico")

    assert answer.rows[1] == ["2022", "Nil", "Nil", "Nil", "Nil"]
    assert answer.rows[2] == ["2023", "6", "3", "2", "1"]
    assert "| 2022 | 4 |" in answer.text.split("## Decisions not to tell the ICO")[1]
    assert (await ask("ico", basis="discovered", form="csv")).text == (
        "period,count\n2021,0\n2022,6\n2023,0\n2024,0\n"
    )


async def test_the_protocol_has_the_clocks_of_the_organisation(ask: Ask) -> None:
    answer = await ask("protocol")

    assert "within 24 hours of discovery" in answer.text
    assert "within 72 hours of becoming aware" in answer.text
    assert "Version of this text: 1.0" in answer.text
    assert "{" not in answer.text
