"""docker-compose.yml, as the real Compose resolves it."""

import re
from pathlib import Path

import pytest
import yaml

from runtime.settings import codec_settings
from tests.deploy.stacks import Compose, Stack, resolved

LONG_RUNNING = {
    *("postgresql", "temporal", "temporal-ui", "worker", "listener", "codec", "watchdog"),
}
JOBS = {"temporal-schema", "temporal-namespace", "register-upgrade"}
OURS = {"worker", "listener", "register-upgrade", "codec", "watchdog"}
EVERYTHING = sorted(LONG_RUNNING | JOBS)
NO_FILES = {"CODEC_TOKEN_FILE": "", "CODEC_TOKEN": "0123456789abcdef" * 2}


def test_the_stack_is_what_the_documents_say(stack: Stack) -> None:
    assert set(stack["services"]) == LONG_RUNNING | JOBS


class TestPorts:
    def test_only_the_three_documented_ports_are_open_and_to_this_machine_only(
        self, stack: Stack
    ) -> None:
        published = {
            (name, port["host_ip"], port["published"], port["target"])
            for name, service in stack["services"].items()
            for port in service.get("ports", [])
        }

        assert published == {
            ("temporal", "127.0.0.1", "7233", 7233),
            ("temporal-ui", "127.0.0.1", "8080", 8080),
            ("codec", "127.0.0.1", "8082", 8082),
        }

    def test_another_port_stays_on_loopback(
        self, compose: Compose, example_settings: dict[str, str]
    ) -> None:
        changed = {"TEMPORAL_UI_PORT": "9090", "TEMPORAL_PORT": "7333", "CODEC_PORT": "9092"}
        settings = {**example_settings, **changed}

        stack = resolved(compose("config", "--format", "json", settings=settings))

        ports = [p for s in stack["services"].values() for p in s.get("ports", [])]
        assert {port["published"] for port in ports} == {"9090", "7333", "9092"}
        assert {port["host_ip"] for port in ports} == {"127.0.0.1"}

    def test_no_service_shares_the_network_of_the_host(self, stack: Stack) -> None:
        assert not [n for n, s in stack["services"].items() if "network_mode" in s]

    def test_each_network_has_those_that_need_it(self, stack: Stack) -> None:
        on = {
            network: {n for n, s in stack["services"].items() if network in s["networks"]}
            for network in stack["networks"]
        }

        assert on == {
            "database": {
                *("postgresql", "temporal-schema", "temporal", "register-upgrade"),
                *("worker", "listener", "watchdog"),
            },
            "temporal": {
                *("temporal", "temporal-namespace", "temporal-ui"),
                *("worker", "listener", "watchdog"),
            },
            "outside": {"worker", "listener", "watchdog"},
            "operators": {"temporal", "temporal-ui"},
            "codec": {"codec"},
        }

    def test_only_who_talks_to_slack_has_a_way_out(self, stack: Stack) -> None:
        masquerade = "com.docker.network.bridge.enable_ip_masquerade"
        ways_out = {
            name
            for name, network in stack["networks"].items()
            if not network.get("internal")
            and (network.get("driver_opts") or {}).get(masquerade) != "false"
        }

        assert ways_out == {"outside"}

    def test_the_database_is_reached_only_from_a_network_without_a_way_out(
        self, stack: Stack
    ) -> None:
        assert list(stack["services"]["postgresql"]["networks"]) == ["database"]
        assert stack["networks"]["database"]["internal"] is True
        assert "database" not in stack["services"]["temporal-ui"]["networks"]


class TestCodecServer:
    def test_the_ui_tells_browsers_where_it_is_and_it_answers_that_ui_only(
        self, compose: Compose, example_settings: dict[str, str]
    ) -> None:
        settings = {**example_settings, "TEMPORAL_UI_PORT": "9090", "CODEC_PORT": "9092"}

        services = resolved(compose("config", "--format", "json", settings=settings))["services"]

        assert services["temporal-ui"]["environment"]["CODEC_ADDRESS"] == "http://127.0.0.1:9092"
        told = codec_settings({**services["codec"]["environment"], **NO_FILES})
        assert told.origins == {"http://localhost:9090", "http://127.0.0.1:9090"}
        assert told.port == services["codec"]["ports"][0]["target"]
        assert (
            services["codec"]["environment"]["TEMPORAL_NAMESPACE"]
            == services["worker"]["environment"]["TEMPORAL_NAMESPACE"]
        )

    def test_it_reaches_no_other_container(self, stack: Stack) -> None:
        on_its_network = [
            name for name, service in stack["services"].items() if "codec" in service["networks"]
        ]
        assert on_its_network == ["codec"]
        assert list(stack["services"]["codec"]["networks"]) == ["codec"]


class TestSecrets:
    def test_no_setting_that_sounds_like_a_secret_has_a_value_of_its_own(
        self, stack: Stack
    ) -> None:
        sounds_secret = re.compile(r"PASS|PWD|TOKEN|SECRET|_KEY|DATABASE_URL")
        for name, service in stack["services"].items():
            for variable, value in (service.get("environment") or {}).items():
                if sounds_secret.search(variable):
                    assert variable.endswith("_FILE"), f"{name}: {variable}"
                    assert str(value).startswith("/run/secrets/"), f"{name}: {variable}"

    def test_no_address_carries_a_password(self, root: Path) -> None:
        for file in ("docker-compose.yml", "deploy/external-temporal.yml", ".env.example"):
            assert not re.search(r"://[^/\s]*:[^/\s]*@", (root / file).read_text()), file

    def test_no_secret_is_named_in_an_argument(self, stack: Stack) -> None:
        for service in stack["services"].values():
            arguments = [*(service.get("entrypoint") or []), *(service.get("command") or [])]
            assert not [each for each in arguments if "/run/secrets" in each or "$" in each]

    def test_every_secret_is_a_file_in_the_folder_that_is_not_committed(
        self, stack: Stack, root: Path
    ) -> None:
        for name, secret in stack["secrets"].items():
            assert secret["file"] == str(root / "secrets" / name)
        assert "secrets/" in (root / ".gitignore").read_text().splitlines()

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_a_service_gets_exactly_the_secrets_that_its_settings_name(
        self, stack: Stack, name: str
    ) -> None:
        service = stack["services"][name]
        environment = service.get("environment") or {}
        named = {v for k, v in environment.items() if k.endswith("_FILE") and "/secrets/" in v}
        mounted = {secret["target"] for secret in service.get("secrets", [])}
        if name == "postgresql":  # its init script reads the others itself
            roles = ("temporal", "register_owner", "register")
            mounted -= {f"/run/secrets/{role}_db_password" for role in roles}

        assert named == mounted

    def test_no_service_starts_with_a_password_that_can_be_guessed(self, stack: Stack) -> None:
        """with-secrets.sh looks at each that a service of others is given."""
        for name in set(EVERYTHING) - OURS - {"temporal-namespace"}:
            service = stack["services"][name]
            before = service["entrypoint"][: service["entrypoint"].index("--")]
            assert before[:2] == ["/bin/sh", "/deploy/with-secrets.sh"]
            given = {Path(secret["target"]).name for secret in service["secrets"]}
            named = {
                Path(service["environment"][f"{each}_FILE"]).name if each.isupper() else each
                for each in before[2:]
            }
            assert named == given, name

    def test_only_our_own_programs_hold_the_keys_of_the_cases(self, stack: Stack) -> None:
        holders = {
            name
            for name, service in stack["services"].items()
            for secret in service.get("secrets", [])
            if secret["source"] == "payload_keys"
        }
        assert holders == {"worker", "listener", "codec"}

    def test_only_the_job_that_makes_the_tables_may_change_what_is_recorded(
        self, stack: Stack
    ) -> None:
        holders = {
            name
            for name, service in stack["services"].items()
            for secret in service.get("secrets", [])
            if secret["source"] == "register_owner_url"
        }
        assert holders == {"register-upgrade"}
        assert stack["services"]["register-upgrade"]["environment"]["REGISTER_ROLE"] == "register"

    def test_only_the_listener_may_open_a_connection_in_the_name_of_the_slack_app(
        self, stack: Stack
    ) -> None:
        holders = {
            name
            for name, service in stack["services"].items()
            for secret in service.get("secrets", [])
            if secret["source"] == "slack_app_token"
        }
        assert holders == {"listener"}


class TestContainers:
    @pytest.mark.parametrize("name", EVERYTHING)
    def test_can_neither_write_nor_gain_rights(self, stack: Stack, name: str) -> None:
        service = stack["services"][name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "cap_add" not in service
        assert "privileged" not in service
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["user"].split(":")[0] not in {"", "0", "root"}

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_can_use_up_neither_memory_nor_processes_nor_the_disk(
        self, stack: Stack, name: str
    ) -> None:
        service = stack["services"][name]

        limits = service["deploy"]["resources"]["limits"]
        assert int(limits["memory"]) <= 2 * 1024**3
        assert limits["pids"] > 0
        assert service["logging"]["driver"] == "json-file"
        assert {"max-size", "max-file"} <= set(service["logging"]["options"])
        assert all("size=" in mount for mount in service["tmpfs"])

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_mounts_from_the_host_are_read_only_and_must_exist(
        self, stack: Stack, name: str
    ) -> None:
        for mount in stack["services"][name].get("volumes", []):
            if mount["type"] == "bind":
                assert mount["read_only"] is True
                assert mount["bind"]["create_host_path"] is False

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_every_file_of_ours_that_it_names_exists(
        self, stack: Stack, root: Path, name: str
    ) -> None:
        service = stack["services"][name]
        said = [*(service.get("entrypoint") or []), *(service.get("environment") or {}).values()]
        ours = [each for each in said if str(each).startswith("/deploy/")]

        assert all((root / each.removeprefix("/")).is_file() for each in ours)
        targets = [mount["target"] for mount in service.get("volumes", [])]
        assert not ours or "/deploy" in targets

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_the_image_is_pinned(self, stack: Stack, name: str) -> None:
        _, _, tag = stack["services"][name]["image"].partition(":")

        assert re.search(r"\d", tag), f"{name} has no version"
        assert "latest" not in tag

    def test_our_image_is_never_asked_of_a_registry(self, stack: Stack) -> None:
        for name in OURS:
            assert stack["services"][name]["pull_policy"] == "never"
            assert stack["services"][name]["build"]["dockerfile"] == "Dockerfile"

    def test_temporal_and_the_tools_that_make_its_schema_are_of_one_version(
        self, stack: Stack
    ) -> None:
        images = [stack["services"][n]["image"] for n in ("temporal", *sorted(JOBS - OURS))]

        assert {image.partition(":")[2] for image in images} == {"1.32.0"}


class TestLife:
    @pytest.mark.parametrize("name", sorted(LONG_RUNNING))
    def test_a_service_is_watched_and_comes_back(self, stack: Stack, name: str) -> None:
        service = stack["services"][name]

        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"
        assert {"interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])
        assert "stop_grace_period" in service

    @pytest.mark.parametrize("name", sorted(JOBS))
    def test_a_job_runs_once_and_its_failure_stops_the_start(self, stack: Stack, name: str) -> None:
        assert stack["services"][name]["restart"] == "no"
        waiting = [
            service["depends_on"][name]["condition"]
            for service in stack["services"].values()
            if name in service.get("depends_on", {})
        ]
        assert waiting
        assert set(waiting) == {"service_completed_successfully"}

    @pytest.mark.parametrize("name", ["worker", "listener", "watchdog"])
    def test_our_programs_start_when_all_they_need_is_there(self, stack: Stack, name: str) -> None:
        conditions = {k: v["condition"] for k, v in stack["services"][name]["depends_on"].items()}

        assert conditions == {
            "postgresql": "service_healthy",
            "register-upgrade": "service_completed_successfully",
            "temporal-namespace": "service_completed_successfully",
        }

    def test_postgresql_counts_as_healthy_only_once_it_answers_on_the_network(
        self, stack: Stack
    ) -> None:
        # While it fills an empty volume it answers on its socket, before the roles exist.
        assert "--host=127.0.0.1" in stack["services"]["postgresql"]["healthcheck"]["test"]

    def test_our_programs_log_json_and_say_how_they_are(self, stack: Stack) -> None:
        for name in ("worker", "listener", "watchdog"):
            service = stack["services"][name]
            assert service["environment"]["LOG_FORMAT"] == "json"
            assert service["environment"]["HEALTH_PORT"] == "8081"
            assert service["healthcheck"]["test"] == ["CMD", "python", "deploy/healthcheck.py"]


class TestData:
    def test_everything_is_on_a_named_volume(self, stack: Stack) -> None:
        mounts = stack["services"]["postgresql"]["volumes"]
        volumes = [each for each in mounts if each["type"] == "volume"]

        assert [(v["source"], v["target"]) for v in volumes] == [
            ("postgres-data", "/var/lib/postgresql/data")
        ]
        assert stack["volumes"]["postgres-data"]["name"] == "breach-desk_postgres-data"

    def test_what_the_register_is_held_against_is_kept_apart_from_the_database(
        self, stack: Stack, root: Path
    ) -> None:
        worker = stack["services"]["worker"]
        anchor = Path(worker["environment"]["REGISTER_ANCHOR"])

        (volume,) = [each for each in worker["volumes"] if each["type"] == "volume"]
        assert (volume["source"], volume["target"]) == ("register-anchor", str(anchor.parent))
        holders = {
            name: each.get("read_only", False)
            for name, service in stack["services"].items()
            for each in service.get("volumes", [])
            if each.get("source") == "register-anchor"
        }
        assert holders == {"worker": False, "watchdog": True}, "one writes, one reads"
        made = f"--owner=10001 --group=10001 --mode=0700 {anchor.parent}"
        assert made in (root / "Dockerfile").read_text()

    def test_the_watchdog_keeps_what_it_has_told_where_its_user_may_write(
        self, stack: Stack, root: Path
    ) -> None:
        watchdog = stack["services"]["watchdog"]
        folder = str(Path(watchdog["environment"]["WATCHDOG_STATE"]).parent)

        targets = {each["source"]: each["target"] for each in watchdog["volumes"]}
        assert targets["watchdog-state"] == folder
        [made] = re.findall(r"--mode=0700 (.*)", (root / "Dockerfile").read_text())
        assert folder in made.split()

    def test_closed_cases_are_kept_for_at_least_thirty_days(self, stack: Stack) -> None:
        retention = stack["services"]["temporal-namespace"]["environment"]["TEMPORAL_RETENTION"]

        assert int(retention.removesuffix("d")) >= 30

    def test_the_number_of_shards_cannot_be_changed_from_the_environment(self, root: Path) -> None:
        # Another number after the first start makes every case unreadable.
        assert re.search(r'NUM_HISTORY_SHARDS: "\d+"', (root / "docker-compose.yml").read_text())


def test_nobody_can_move_the_clock_of_a_case(stack: Stack, root: Path) -> None:
    path = stack["services"]["temporal"]["environment"]["DYNAMIC_CONFIG_FILE_PATH"]
    settings = yaml.safe_load((root / path.removeprefix("/")).read_text())

    assert settings["frontend.WorkflowTimeSkippingEnabled"] == [{"value": False}]


class TestSettings:
    @pytest.mark.parametrize("name", ["BREACH_DESK_VERSION", "ORGANISATION_FILE"])
    @pytest.mark.parametrize("given", [None, ""])
    def test_compose_refuses_without_a_required_setting_and_says_what_to_do(
        self, compose: Compose, example_settings: dict[str, str], name: str, given: str | None
    ) -> None:
        settings = {k: v for k, v in example_settings.items() if k != name}
        if given is not None:
            settings[name] = given

        answer = compose("config", "--quiet", settings=settings)

        assert answer.returncode != 0
        assert f"required variable {name} is missing" in answer.stderr
        assert f"in .env, for example {name}=" in answer.stderr or ".env where" in answer.stderr

    def test_every_setting_is_explained_in_the_example_with_its_default(
        self, compose: Compose, example_settings: dict[str, str], root: Path
    ) -> None:
        table = compose("config", "--variables", settings=example_settings).stdout.splitlines()[1:]
        example = (root / ".env.example").read_text()

        for name, required, *default in (line.split() for line in table):
            line = f"{name}=" if required == "true" else f"#{name}={default[0]}"
            assert f"\n{line}" in example, f"explain {name} in .env.example"

    def test_a_proxy_is_passed_on_only_where_there_is_one(
        self, compose: Compose, example_settings: dict[str, str], stack: Stack
    ) -> None:
        proxy = "http://proxy.example:3128"
        settings = {**example_settings, "HTTPS_PROXY": proxy}

        behind_proxy = resolved(compose("config", "--format", "json", settings=settings))

        assert stack["services"]["listener"]["environment"]["HTTPS_PROXY"] is None
        assert behind_proxy["services"]["listener"]["environment"]["HTTPS_PROXY"] == proxy


@pytest.fixture(scope="module")
def elsewhere(compose: Compose, example_settings: dict[str, str]) -> Stack:
    """The stack with deploy/external-temporal.yml added."""
    files = ("-f", "docker-compose.yml", "-f", "deploy/external-temporal.yml")
    return resolved(compose(*files, "config", "--format", "json", settings=example_settings))


class TestTemporalElsewhere:
    def test_runs_only_the_register_and_our_programs_here(self, elsewhere: Stack) -> None:
        assert set(elsewhere["services"]) == {"postgresql", *OURS} - {"codec"}

    @pytest.mark.parametrize("name", ["worker", "listener", "watchdog"])
    def test_our_programs_take_the_connection_from_a_file(
        self, elsewhere: Stack, name: str
    ) -> None:
        service = elsewhere["services"][name]

        assert service["environment"]["TEMPORAL_CONFIG_FILE"] == "/run/secrets/temporal_client"
        assert not {"TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"} & set(service["environment"])
        assert "temporal_client" in {secret["source"] for secret in service["secrets"]}
        assert set(service["depends_on"]) == {"postgresql", "register-upgrade"}
