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
        ("NI number AB 12 34 56 C was shown", Kind.NATIONAL_INSURANCE, 3),
        ("shown: ab123456c", Kind.NATIONAL_INSURANCE, 2),
        ("NHS 943 476 5919 on the wristband", Kind.NHS, 2),
        ("card 4111 1111 1111 1111 in the exhibit", Kind.CARD, 2),
        ("DOB 01/02/1990 on a photo", Kind.BIRTH, 1),
        ("The witness was born on 3 March 1988", Kind.BIRTH, 4),
        ("date of birth: 3rd Mar 88", Kind.BIRTH, 1),
    ],
)
def test_what_looks_like_personal_data_is_found(text: str, kind: Kind, word: int) -> None:
    (finding,) = personal_data(text)
    assert (finding.kind, finding.word) == (kind, word)
    told = str(finding)
    assert not any(part in told for part in text.split() if any(map(str.isdigit, part)))
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
    ],
)
def test_ordinary_facts_pass(text: str) -> None:
    assert personal_data(text) == ()


def test_everything_is_found_in_its_order() -> None:
    text = "Mail a@b.example, then 07911 123456, then b@c.example."
    assert [(each.kind, each.word) for each in personal_data(text)] == [
        (Kind.EMAIL, 2),
        (Kind.PHONE, 4),
        (Kind.EMAIL, 7),
    ]
