"""The connection to Temporal that all our programs share."""

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.converter import DataConverter
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import RPCError, RPCStatusCode

from encryption.codec import EncryptionCodec
from encryption.converter import data_converter
from encryption.keyring import Keyring
from runtime.health import OK, Probe
from runtime.log_lines import SDK_CORE
from runtime.settings import SettingsError, health_settings, port
from runtime.temporal_tls import refuse_hopeless, refuse_open_keys

TASK_QUEUE = "breaches"
DEFAULT_ADDRESS = "localhost:7233"
DEFAULT_NAMESPACE = "default"
NOT_OURS_TO_ADD = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED)
PROBE_TIMEOUT = timedelta(seconds=1.5)
ADDRESS = re.compile(r"[^\s/]+:[0-9]{1,5}")
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds between attempts to connect."""

log = structlog.stdlib.get_logger(__name__)


async def connect(keyring: Keyring | None, runtime: Runtime | None = None) -> Client:
    """Connects by the standard TEMPORAL_* environment, waiting for a server that is not up yet.

    All that the client sends is encrypted with the keys; without any it is one that sends nothing
    and reads nothing of what is encrypted. The runtime is the SDK's own by default.

    Raises:
        SettingsError: when the environment can't be read.
    """
    config = _configured()
    config.setdefault("target_host", DEFAULT_ADDRESS)
    if not ADDRESS.fullmatch(config["target_host"]):
        raise SettingsError("TEMPORAL_ADDRESS must be HOST:PORT, for example localhost:7233")
    converter = data_converter(keyring, namespace()) if keyring else DataConverter.default
    pause = FIRST_PAUSE
    while True:
        try:
            return await Client.connect(**config, data_converter=converter, runtime=runtime)
        except ValueError as error:
            await refuse_hopeless(error, config["target_host"], by_tls=True)
            # An address that is none.
            raise SettingsError(f"TEMPORAL_ADDRESS: {error}") from error
        except RuntimeError as error:
            # The SDK's word for a server that does not answer.
            by_tls = bool(config.get("tls"))
            await refuse_hopeless(error, config["target_host"], by_tls=by_tls)
            log.warning("temporal_not_reachable", address=config["target_host"], retry_in_s=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def namespace() -> str:
    """The namespace that holds the cases, by the standard TEMPORAL_* environment.

    Raises:
        SettingsError: when the environment can't be read.
    """
    return _configured().get("namespace") or DEFAULT_NAMESPACE


def _configured() -> ClientConnectConfig:
    refuse_open_keys()
    try:
        return ClientConfig.load_client_connect_config()
    except (RuntimeError, ValueError, OSError) as error:
        raise SettingsError(f"TEMPORAL_*: {error}") from error


async def connected(
    keyring: Keyring,
    attributes: Sequence[SearchAttributeKey[Any]],
    runtime: Runtime | None = None,
) -> Client:
    """Connects, and makes the namespace know our search attributes before they are used."""
    client = await connect(keyring, runtime)
    await register_search_attributes(client, attributes)
    return client


async def register_search_attributes(
    client: Client, attributes: Sequence[SearchAttributeKey[Any]]
) -> None:
    """Makes the namespace know our search attributes; it may know them already.

    Raises:
        SettingsError: when Temporal has no such namespace.
    """
    types = {
        key.name: IndexedValueType.ValueType(int(key.indexed_value_type)) for key in attributes
    }
    try:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=types)
        )
    except RPCError as error:
        if error.status in NOT_OURS_TO_ADD:
            # Temporal Cloud, for one, has them added by its own means: see docs/deploy.md.
            log.warning("search_attributes_not_registered", status=error.status.name)
        elif error.status is RPCStatusCode.NOT_FOUND:
            raise SettingsError(
                f"TEMPORAL_NAMESPACE: Temporal has no namespace {client.namespace}; name one that "
                "it has, or have it made"
            ) from error
        elif error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


def address() -> str:
    """Where Temporal is looked for, in an environment that can be read."""
    return _configured().get("target_host") or DEFAULT_ADDRESS


def answers(client: Client) -> Probe:
    """A health probe: whether Temporal answers."""

    async def probe() -> str:
        try:
            well = await client.service_client.check_health(timeout=PROBE_TIMEOUT)
        except RPCError:
            well = False
        return OK if well else "not_reachable"

    return probe


def has_the_keys(client: Client) -> Probe:
    """A health probe: whether no case has lately asked for a key that is not in PAYLOAD_KEYS."""

    async def probe() -> str:
        codec = client.data_converter.payload_codec
        lacks = isinstance(codec, EncryptionCodec) and codec.missing_keys.lately
        return "key_missing" if lacks else OK

    return probe


def workers_runtime() -> Runtime:
    """The SDK whose own log lines go among ours, and its figures to SDK_METRICS_PORT, if set.

    Raises:
        SettingsError: when it can't listen there.
    """
    logs = core_lines()
    number = port("SDK_METRICS_PORT", 0)
    if number == 0:
        return Runtime(telemetry=TelemetryConfig(logging=logs))
    served = PrometheusConfig(
        bind_address=f"{health_settings().host}:{number}",
        counters_total_suffix=True,
        durations_as_seconds=True,
        unit_suffix=True,
    )
    try:
        return Runtime(telemetry=TelemetryConfig(logging=logs, metrics=served))
    except (RuntimeError, ValueError) as error:
        raise SettingsError(
            f"SDK_METRICS_PORT: can't listen on port {number}; choose another, or 0 for none"
        ) from error


def core_lines() -> LoggingConfig:
    """The words of the SDK's core among our own lines, without its values."""
    forwarding = LogForwardingConfig(
        logger=logging.getLogger(SDK_CORE),
        append_target_to_name=False,
        prepend_target_on_message=False,
        append_log_fields_to_message=False,
    )
    return LoggingConfig(TelemetryFilter(core_level="WARN", other_level="ERROR"), forwarding)
