"""Reading sample checks: sums for figures, and an Area's latest check."""

from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from domain.casework import DocumentPlace, DocumentType
from domain.samples.check import SampleCheck, SampleFinding
from domain.samples.figures import AreaSample, PlaceSample, SampleFigures
from register.samples.schema import SampleCheckRow, SampleFindingRow

_DOCUMENTS, _PLACES = list(DocumentType), list(DocumentPlace)


def counted() -> ColumnElement[bool]:
    """Checks that figures are made of: real ones; made-up ones while there is no real one."""
    real = aliased(SampleCheckRow)
    any_real = exists(select(real.id).where(real.example.is_(False)))
    return and_(
        SampleCheckRow.replaced_at.is_(None),
        or_(SampleCheckRow.example.is_(False), ~any_real),
    )


async def sums(
    db: AsyncConnection, first_day: date, last_day: date, area: str | None = None
) -> SampleFigures:
    """What the checks of these days (in London) found, of one Area or of all."""
    check, finding = SampleCheckRow, SampleFindingRow
    wanted = and_(counted(), check.checked_on.between(first_day, last_day))
    if area is not None:
        wanted = and_(wanted, check.area == area)
    numbers = (
        *(func.count(), func.sum(check.files), func.sum(check.with_failure)),
        *(func.sum(check.caught), func.max(case((check.example, 1), else_=0))),
    )
    by_area = await db.execute(
        select(check.area, *numbers).where(wanted).group_by(check.area).order_by(check.area)
    )
    areas, made_up = [], False
    for row in by_area:
        areas.append(
            AreaSample(area=row[0], checks=row[1], files=row[2], with_failure=row[3], caught=row[4])
        )
        made_up = made_up or bool(row[5])
    where = finding.document_type, finding.place
    by_place = await db.execute(
        select(*where, func.sum(finding.files))
        .join(check, check.id == finding.check_id)
        .where(wanted)
        .group_by(*where)
    )
    places = [
        PlaceSample(document_type=document, place=place, files=files)
        for document, place, files in by_place
    ]
    places.sort(key=lambda p: (-p.files, *_order(p.document_type, p.place)))
    return SampleFigures(areas=tuple(areas), places=tuple(places), made_up=made_up)


async def latest(
    db: AsyncConnection, area: str, not_after: date
) -> tuple[SampleCheck, bool] | None:
    """An Area's last check up to a day, and whether it is made up."""
    check = SampleCheckRow
    found = (
        await db.execute(
            select(check.id, check.example)
            .where(counted(), check.area == area, check.checked_on <= not_after)
            .order_by(check.checked_on.desc(), check.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return (await check_of(db, found.id), found.example) if found else None


async def check_of(db: AsyncConnection, number: int) -> SampleCheck:
    """The check of a row."""
    check, finding = SampleCheckRow, SampleFindingRow
    names = [name for name in SampleCheck.model_fields if name != "findings"]
    row = (
        (await db.execute(select(*(getattr(check, n) for n in names)).where(check.id == number)))
        .mappings()
        .one()
    )
    found = [
        SampleFinding(document_type=document, place=place, files=files)
        for document, place, files in await db.execute(
            select(finding.document_type, finding.place, finding.files).where(
                finding.check_id == number
            )
        )
    ]
    found.sort(key=lambda f: _order(f.document_type, f.place))
    return SampleCheck(**row, findings=tuple(found))


def _order(document: DocumentType, place: DocumentPlace) -> tuple[int, int]:
    return _DOCUMENTS.index(document), _PLACES.index(place)
