"""Who sends the CPS its case files, and which police forces belong to which CPS Area."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.taxonomy import Labelled


class Force(Labelled):
    """The 43 police forces of England and Wales, by data.police.uk's slugs; other investigators."""

    AVON_AND_SOMERSET = "avon-and-somerset", "Avon and Somerset Police"
    BEDFORDSHIRE = "bedfordshire", "Bedfordshire Police"
    CAMBRIDGESHIRE = "cambridgeshire", "Cambridgeshire Constabulary"
    CHESHIRE = "cheshire", "Cheshire Constabulary"
    CITY_OF_LONDON = "city-of-london", "City of London Police"
    CLEVELAND = "cleveland", "Cleveland Police"
    CUMBRIA = "cumbria", "Cumbria Constabulary"
    DERBYSHIRE = "derbyshire", "Derbyshire Constabulary"
    DEVON_AND_CORNWALL = "devon-and-cornwall", "Devon & Cornwall Police"
    DORSET = "dorset", "Dorset Police"
    DURHAM = "durham", "Durham Constabulary"
    DYFED_POWYS = "dyfed-powys", "Dyfed-Powys Police"
    ESSEX = "essex", "Essex Police"
    GLOUCESTERSHIRE = "gloucestershire", "Gloucestershire Constabulary"
    GREATER_MANCHESTER = "greater-manchester", "Greater Manchester Police"
    GWENT = "gwent", "Gwent Police"
    HAMPSHIRE = "hampshire", "Hampshire and Isle of Wight Constabulary"
    HERTFORDSHIRE = "hertfordshire", "Hertfordshire Constabulary"
    HUMBERSIDE = "humberside", "Humberside Police"
    KENT = "kent", "Kent Police"
    LANCASHIRE = "lancashire", "Lancashire Constabulary"
    LEICESTERSHIRE = "leicestershire", "Leicestershire Police"
    LINCOLNSHIRE = "lincolnshire", "Lincolnshire Police"
    MERSEYSIDE = "merseyside", "Merseyside Police"
    METROPOLITAN = "metropolitan", "Metropolitan Police Service"
    NORFOLK = "norfolk", "Norfolk Constabulary"
    NORTH_WALES = "north-wales", "North Wales Police"
    NORTH_YORKSHIRE = "north-yorkshire", "North Yorkshire Police"
    NORTHAMPTONSHIRE = "northamptonshire", "Northamptonshire Police"
    NORTHUMBRIA = "northumbria", "Northumbria Police"
    NOTTINGHAMSHIRE = "nottinghamshire", "Nottinghamshire Police"
    SOUTH_WALES = "south-wales", "South Wales Police"
    SOUTH_YORKSHIRE = "south-yorkshire", "South Yorkshire Police"
    STAFFORDSHIRE = "staffordshire", "Staffordshire Police"
    SUFFOLK = "suffolk", "Suffolk Constabulary"
    SURREY = "surrey", "Surrey Police"
    SUSSEX = "sussex", "Sussex Police"
    THAMES_VALLEY = "thames-valley", "Thames Valley Police"
    WARWICKSHIRE = "warwickshire", "Warwickshire Police"
    WEST_MERCIA = "west-mercia", "West Mercia Police"
    WEST_MIDLANDS = "west-midlands", "West Midlands Police"
    WEST_YORKSHIRE = "west-yorkshire", "West Yorkshire Police"
    WILTSHIRE = "wiltshire", "Wiltshire Police"
    BRITISH_TRANSPORT = "btp", "British Transport Police"
    CIVIL_NUCLEAR = "civil-nuclear-constabulary", "Civil Nuclear Constabulary"
    DEFENCE = "mod-police", "Ministry of Defence Police"
    NCA = "nca", "National Crime Agency"
    HMRC = "hmrc", "HM Revenue & Customs"
    IOPC = "iopc", "Independent Office for Police Conduct"
    DWP = "dwp", "Department for Work and Pensions"
    IMMIGRATION = "home-office-immigration-enforcement", "Home Office Immigration Enforcement"
    ENVIRONMENT_AGENCY = "environment-agency", "Environment Agency"
    OTHER = "other", "Other"


_LONDON = (Force.METROPOLITAN, Force.CITY_OF_LONDON)

AREA_FORCES: Mapping[str, tuple[Force, ...]] = MappingProxyType(
    {
        "cymru-wales": (
            Force.DYFED_POWYS,
            Force.GWENT,
            Force.NORTH_WALES,
            Force.SOUTH_WALES,
        ),
        "east-midlands": (
            Force.DERBYSHIRE,
            Force.LEICESTERSHIRE,
            Force.LINCOLNSHIRE,
            Force.NORTHAMPTONSHIRE,
            Force.NOTTINGHAMSHIRE,
        ),
        "east-of-england": (Force.CAMBRIDGESHIRE, Force.ESSEX, Force.NORFOLK, Force.SUFFOLK),
        "london-north": _LONDON,
        "london-south": _LONDON,
        "mersey-cheshire": (Force.CHESHIRE, Force.MERSEYSIDE),
        "north-east": (Force.CLEVELAND, Force.DURHAM, Force.NORTHUMBRIA),
        "north-west": (Force.CUMBRIA, Force.GREATER_MANCHESTER, Force.LANCASHIRE),
        "south-east": (Force.KENT, Force.SURREY, Force.SUSSEX),
        "south-west": (Force.AVON_AND_SOMERSET, Force.DEVON_AND_CORNWALL, Force.GLOUCESTERSHIRE),
        "thames-and-chiltern": (Force.BEDFORDSHIRE, Force.HERTFORDSHIRE, Force.THAMES_VALLEY),
        "wessex": (Force.DORSET, Force.HAMPSHIRE, Force.WILTSHIRE),
        "west-midlands": (
            Force.STAFFORDSHIRE,
            Force.WARWICKSHIRE,
            Force.WEST_MERCIA,
            Force.WEST_MIDLANDS,
        ),
        "yorkshire-and-humberside": (
            Force.HUMBERSIDE,
            Force.NORTH_YORKSHIRE,
            Force.SOUTH_YORKSHIRE,
            Force.WEST_YORKSHIRE,
        ),
    }
)
"""The forces of each Area, by its key in organisation.toml; a national unit has none of its own."""


def forces_for(area: str) -> tuple[Force, ...]:
    """Every force, the Area's own first: any force may send a file to any Area.

    Args:
        area: the key of the Area or unit in organisation.toml.
    """
    own = AREA_FORCES.get(area, ())
    return (*own, *(force for force in Force if force not in own))
