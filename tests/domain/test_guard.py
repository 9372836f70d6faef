"""The guard names the kind and the place of what it found, and never repeats it."""

import pytest

from domain.guard import Kind, personal_data


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Sent to jo.bloggs+x@solicitors.example.co.uk by mistake", Kind.EMAIL, 3),
        ("The number 07911 123456 was visible", Kind.PHONE, 3),
        ("The number 07700 900123 was visible", Kind.PHONE, 3),
        ("Rang +44 20 7946 0958 at once", Kind.PHONE, 2),
        ("from 0121 496 0000", Kind.PHONE, 2),
        ("their number (0121 496 0000)", Kind.PHONE, 3),
        ("NI number AB 12 34 56 C was shown", Kind.NATIONAL_INSURANCE, 3),
        ("shown: ab123456c", Kind.NATIONAL_INSURANCE, 2),
        ("NHS 943 476 5919 on the wristband", Kind.NHS, 2),
        ("card 4111 1111 1111 1111 in the exhibit", Kind.CARD, 2),
        ("DOB 01/02/1990 on a photo", Kind.BIRTH, 1),
        ("The witness was born on 3 March 1988", Kind.BIRTH, 4),
        ("date of birth: 3rd Mar 88", Kind.BIRTH, 1),
        ("D.O.B 1985-05-03 on it", Kind.BIRTH, 1),
        ("D.O.B. 1985/05/03 on it", Kind.BIRTH, 1),
        ("Their date of birth is 3rd of May 1985", Kind.BIRTH, 2),
        ("The statement of Mr Bloggs was left in", Kind.NAME, 4),
        ("sent to MRS BLOGGS instead", Kind.NAME, 3),
        ("said that mrs Bloggs had it", Kind.NAME, 3),
        ("Miss J. Bloggs rang", Kind.NAME, 1),
        ("Mr Žbloggsek rang", Kind.NAME, 1),
        ("Mr Ó Bloggsain rang", Kind.NAME, 1),
        ("for Mr\u00a0Bloggs alone", Kind.NAME, 2),
        ("told Miss van der Bloggs of it", Kind.NAME, 2),
        ("Prof. Bloggs reported", Kind.NAME, 1),
        ("the expert, Professor J Bloggs", Kind.NAME, 3),
        ("Lord Bloggs wrote", Kind.NAME, 1),
        ("Lady Bloggs wrote", Kind.NAME, 1),
        ("Rev Bloggs wrote", Kind.NAME, 1),
        ("Ms O'Neill was named", Kind.NAME, 1),
        ("by Dr. McBloggs (expert)", Kind.NAME, 2),
        ("Sir Joseph Bloggs wrote", Kind.NAME, 1),
        ("exhibited by PC Bloggs", Kind.NAME, 3),
        ("exhibited by PC 1234 Bloggs-Smith", Kind.NAME, 3),
        ("DC J Bloggs and the bundle", Kind.NAME, 1),
        ("told Sgt Bloggs at once", Kind.NAME, 2),
        ("went to 14 Acacia Avenue by post", Kind.STREET, 3),
        ("went to 14a, St Mary's road by post", Kind.STREET, 3),
        ("Flat 2, 7-9 UPPER ELM CLOSE", Kind.STREET, 3),
        ("to 221B Baker St, unopened", Kind.STREET, 2),
        ("to 3 Elm Court, unopened", Kind.STREET, 2),
        ("postcode ZE3 9JU was left", Kind.POSTCODE, 2),
        ("postcode B1 1BB.", Kind.POSTCODE, 2),
        ("postcode SW1H9EA was left", Kind.POSTCODE, 2),
        ("postcode ec1a 1bb was left", Kind.POSTCODE, 2),
        ("(M1 1AE)", Kind.POSTCODE, 1),
        ("at E1 1ST", Kind.POSTCODE, 2),
    ],
)
def test_what_looks_like_personal_data_is_found(text: str, kind: Kind, word: int) -> None:
    (finding,) = personal_data(text)
    assert (finding.kind, finding.word) == (kind, word)
    told = str(finding)
    assert not any(part in told for part in text.split() if any(map(str.isdigit, part)))
    assert not any(name.lower() in told.lower() for name in ("Bloggs", "Acacia", "Elm", "Baker"))
    assert "@" not in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Case papers were e-mailed to the wrong solicitor, who has deleted them.",
        "Found on 3 November 2026 at 14:05; posted on 01/11/2026.",
        "URN 20AB1234526, exhibit 12345, page 12 of 300, 1,627 records",
        "Article 33(1) and s.67(3); GDPR 2016/679",
        "Section 12 34 56 of the bundle",
        "Two of 150 recipients opened it within 24 hours (72 left).",
        "Ref IC-123456-A1B2",
        "10.0.0.12 and version 2.14.3",
        "The PC was left on a train; a PC and a laptop",
        "PC World sold it; the PC Monitor and the DC Adapter",
        "It is for DC Court, and DC CPS MG11",
        "MG11 and MG6C, CPS West Midlands, CPS Direct",
        "TH68010, CJ88116 and RT88007B",
        "The URN is 01AB1234519, also 01AB 1234519 and 20AB1234526",
        "Mr A and Mrs B, the witness X; the Mr and Mrs of the file",
        "Mrs Justice Bloggs, Mr Justice Bloggs, Lord Justice Bloggs and the Lord Chancellor",
        "Rev B of the form; the Lady and the Lord",
        "Phase 2 Court Road was closed; page 12 Park Lane, Item 3 Green Lane",
        "Dear Sir or Madam; Dear Sir,\nYour letter",
        "We miss Monday's post; Miss Monday and you miss it",
        "Ms Teams and Ms Word; the DR Site and MX Records",
        "The dr said, the sgt said, sir said",
        "the MrBean tool and HDR Photo; ADC Smithers",
        "2 days on the road; 14 people in the street",
        "3 Crown Court hearings, 2 Manchester Magistrates’ Court lists, Court 4 High Court",
        "1 Hard Drive and 2 USB Drive sticks; 12 Google Drive files",
        "In 2026 Ludgate Hill was closed; at 14:05 Park Lane was closed",
        "On 3 November Park Lane was closed",
        "Section 172 Road Traffic Act 1988, s.3 Street Offences Act",
        "Exhibits JB1 2AB, IC1 2AB, JS/S1 2AB and MG11 2AB",
        "m1 2nd copy, b2 4th page, S1 3rd exhibit",
        "SW1A alone, 1AA alone, SW1A 1A, SW1A 1AAA, xSW1A 1AA",
        "B1 1CI, B1 1KO and B1 1MV",
        "page 4 of exhibit 12, disc 3, Form MG5, SFR1",
    ],
)
def test_ordinary_facts_pass(text: str) -> None:
    assert personal_data(text) == ()


def test_an_address_is_named_by_its_parts() -> None:
    found = personal_data("Mr Bloggs, 14 Acacia Avenue, Croydon CR0 2YR, has it.")
    assert [(each.kind, each.word) for each in found] == [
        (Kind.NAME, 1),
        (Kind.STREET, 3),
        (Kind.POSTCODE, 7),
    ]


def test_everything_is_found_in_its_order() -> None:
    text = "Mail a@b.example, then 07911 123456, then b@c.example."
    assert [(each.kind, each.word) for each in personal_data(text)] == [
        (Kind.EMAIL, 2),
        (Kind.PHONE, 4),
        (Kind.EMAIL, 7),
    ]
