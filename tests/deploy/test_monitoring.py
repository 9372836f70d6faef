"""deploy/monitoring: what Prometheus is to ask and to alert of, and that there is such a thing."""

import re
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client import REGISTRY

from onemachine.ports import HEALTH
from runtime import metrics
from tests.deploy.stacks import Compose, resolved
from watchdog.findings import Kind

RULES = Path(__file__).parents[2] / "deploy" / "monitoring" / "alerts.yml"
OF_PROMETHEUS = {"up"}
"""What Prometheus itself notes of each program that it asks."""


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def selectors(expression: Any) -> list[Any]:
    """The selectors of series in an expression, whatever they are inside of."""
    if isinstance(expression, promql_parser.VectorSelector):
        return [expression]
    parts = [getattr(expression, name, None) for name in ("expr", "lhs", "rhs", "vector_selector")]
    arguments = getattr(expression, "args", None) or []
    return [found for part in (*parts, *arguments) if part is not None for found in selectors(part)]


def exported() -> set[str]:
    """The names of all samples that a program may serve, those without a value yet among them."""
    names = {name for name in REGISTRY._names_to_collectors if not name.endswith("_created")}
    assert {"breach_failures_total", "breach_register_write_seconds_bucket"} <= names
    return names


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_can_be_read_names_what_there_is_and_says_what_to_do(rule: dict[str, Any]) -> None:
    found = selectors(promql_parser.parse(rule["expr"]))

    assert found
    assert {each.name for each in found} <= exported() | OF_PROMETHEUS
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["do"]


def kinds_of(figure: str) -> list[Any]:
    """What the rules ask of the label `kind` of a figure."""
    return [
        matcher
        for rule in rules()
        for each in selectors(promql_parser.parse(rule["expr"]))
        for matcher in each.matchers.matchers
        if each.name == figure and matcher.name == "kind"
    ]


def test_the_kinds_of_failures_that_alerts_name_are_counted_from_the_start() -> None:
    named = [kind for each in kinds_of("breach_failures_total") for kind in each.value.split("|")]
    assert sorted(named) == list(metrics.WATCHED)


def test_what_operators_are_told_to_watch_for_is_what_alerts_name(root: Path) -> None:
    told = (root / "docs" / "operating.md").read_text(encoding="utf-8")
    [said] = re.findall(r"Let your monitoring watch for (.*?), and for anything", told, re.DOTALL)
    assert re.findall(r"`(\w+)`", said) == list(metrics.WATCHED)
    explained = set(
        re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", told, re.MULTILINE)))
    )
    assert set(metrics.WATCHED) <= explained


def test_whatever_the_watchdog_finds_has_a_rule() -> None:
    asked = [(str(each.op), each.value) for each in kinds_of("breach_findings")]
    assert sorted(asked) == [
        ("MatchOp.Equal", Kind.REGISTER_NOT_INTACT),
        ("MatchOp.NotEqual", Kind.REGISTER_NOT_INTACT),
    ]


@pytest.mark.parametrize("kind", metrics.WATCHED)
def test_what_is_watched_for_is_what_a_program_logs(root: Path, kind: str) -> None:
    code = [
        file
        for folder in ("activities", "chat", "encryption", "intake", "register", "watchdog")
        for file in (root / folder).rglob("*.py")
    ]
    calls = [f'log.{level}("{kind}"' for level in ("warning", "error", "exception")]
    assert any(call in file.read_text(encoding="utf-8") for file in code for call in calls)


def test_no_figure_is_told_apart_by_a_case_a_person_or_a_channel() -> None:
    labels = {label for metric in metrics.ALL for label in getattr(metric, "_labelnames", ())}
    assert labels == {"stage", "clock", "until", "method", "result", "kind", "why", "what", "check"}


def test_prometheus_asks_where_make_run_answers() -> None:
    config = yaml.safe_load(RULES.with_name("prometheus.yml").read_text(encoding="utf-8"))
    ours, _ = config["scrape_configs"]
    asked = [target for each in ours["static_configs"] for target in each["targets"]]
    assert asked == [f"127.0.0.1:{port}" for port in HEALTH.values()]
    assert (RULES.parent / config["rule_files"][0]).is_file()


def test_prometheus_asks_where_the_monitored_stack_answers_to_this_machine_only(
    compose: Compose, example_settings: dict[str, str]
) -> None:
    files = ("-f", "docker-compose.yml", "-f", "deploy/monitoring.yml")
    stack = resolved(compose(*files, "config", "--format", "json", settings=example_settings))
    published = {
        (name, port["host_ip"], port["published"], port["target"])
        for name in ("worker", "listener", "codec", "watchdog")
        for port in stack["services"][name]["ports"]
        if port["target"] != 8082
    }
    config = yaml.safe_load(RULES.with_name("prometheus.yml").read_text(encoding="utf-8"))
    asked = {
        (each["labels"]["program"], *each["targets"][0].split(":"))
        for job in config["scrape_configs"]
        for each in job["static_configs"]
    }
    assert asked == {(name, host, port) for name, host, port, _ in published}
    for name, _, _, target in published:
        environment = stack["services"][name]["environment"]
        assert str(target) in {environment["HEALTH_PORT"], environment.get("SDK_METRICS_PORT")}
        assert environment["HEALTH_HOST"] == "0.0.0.0"  # noqa: S104
