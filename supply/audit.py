"""`python -m supply.audit` asks whether a locked package has a known vulnerability.

It needs the network.

Runs `pip-audit --strict` on what uv.lock holds, for the developers' packages too. Status 0: none is
known. 1: one is, and it is named. 2: not every package could be asked about, for example without a
network, or at a mirror of PyPI that knows nothing of vulnerabilities.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from supply.locked import exported

ANSWER_WITHIN_S, ALL_WITHIN_S = 10, 180
FOUND, NOT_ASKED = 1, 2


def audited(osv_url: str | None) -> "subprocess.CompletedProcess[str]":
    """What pip-audit says, with its own exit status.

    Raises:
        subprocess.TimeoutExpired: when it takes longer than ALL_WITHIN_S.
    """
    service = ["--vulnerability-service", "osv", "--osv-url", osv_url] if osv_url else []
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder, "requirements.txt")
        packages.write_text(exported("requirements.txt", "--all-groups"), encoding="utf-8")
        return subprocess.run(  # noqa: S603
            [
                *(str(Path(sys.executable).with_name("pip-audit")), "--strict", "--disable-pip"),
                *("--require-hashes", "--progress-spinner", "off"),
                *("--timeout", str(ANSWER_WITHIN_S), *service, "--requirement", str(packages)),
            ],
            capture_output=True,
            text=True,
            timeout=ALL_WITHIN_S,
            check=False,
        )


def main() -> int:
    """Exit code."""
    options = argparse.ArgumentParser(prog="python -m supply.audit", description=__doc__)
    options.add_argument("--osv-url", help="a service that answers as api.osv.dev, instead of PyPI")
    asked = options.parse_args()
    try:
        said = audited(asked.osv_url)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"NOT AUDITED: no answer within {ALL_WITHIN_S} seconds\n")
        return NOT_ASKED
    sys.stdout.write(said.stdout)
    sys.stderr.write(said.stderr)
    if not said.returncode:
        return 0
    # It ends with 1 for either; its table is printed only when every package was asked about.
    if said.stdout:
        return FOUND
    sys.stderr.write("NOT AUDITED: not every package could be asked about\n")
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main())
