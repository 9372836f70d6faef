"""deploy/temporal/ui.sh: the UI is told where the codec server is, and its token stays a file."""

import subprocess
from pathlib import Path


def test_the_ui_gets_the_codec_servers_address_with_the_token(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "start-ui-server.sh"
    program.write_text("#!/bin/sh\nenv\n")
    program.chmod(0o755)
    (tmp_path / "token").write_text("abc123-Vw3kT8qLz0pR5nXy\n")

    answer = subprocess.run(
        [
            *("/bin/sh", root / "deploy/with-secrets.sh", "CODEC_TOKEN"),
            *("--", "/bin/sh", root / "deploy/temporal/ui.sh"),
        ],
        cwd=tmp_path,
        env={
            "PATH": "/usr/bin:/bin",
            "CODEC_ADDRESS": "http://127.0.0.1:8082",
            "CODEC_TOKEN_FILE": str(tmp_path / "token"),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    told = answer.stdout.splitlines()
    assert "TEMPORAL_CODEC_ENDPOINT=http://127.0.0.1:8082/abc123-Vw3kT8qLz0pR5nXy" in told
    assert not [line for line in told if line.startswith("CODEC_TOKEN=")]
