"""`python -m supply.sbom FILE` writes the bill of materials: CycloneDX 1.5, from uv.lock."""

import json
import sys
from pathlib import Path
from typing import Any

from supply.licences import UNKNOWN, licence
from supply.locked import exported

FORM = "cyclonedx1.5"


def bill_of_materials() -> dict[str, Any]:
    """Every locked package with version, hashes and licence.

    What only developers and tests use is there too, and marked as excluded from the product.
    """
    bill: dict[str, Any] = json.loads(exported(FORM, "--all-groups"))
    shipped = {_key(each) for each in json.loads(exported(FORM, "--no-dev"))["components"]}
    for component in bill["components"]:
        component["scope"] = "required" if _key(component) in shipped else "excluded"
        said = licence(component["name"])
        if said != UNKNOWN:
            component["licenses"] = [{"expression": said}]
    return bill


def _key(component: dict[str, Any]) -> tuple[str, str]:
    return component["name"], component["version"]


def main() -> int:
    """Exit code; 2 without the file's name."""
    if len(sys.argv) != 2:  # noqa: PLR2004
        sys.stderr.write("error: say where to write it: python -m supply.sbom sbom.cdx.json\n")
        return 2
    bill, file = bill_of_materials(), Path(sys.argv[1])
    file.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    shipped = sum(each["scope"] == "required" for each in bill["components"])
    developers = len(bill["components"]) - shipped
    sys.stdout.write(f"{file}: {shipped} packages, and {developers} for developers only\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
