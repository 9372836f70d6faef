"""The connection to Temporal that all our programs share."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError, RPCStatusCode

from runtime.health import Probe
from runtime.settings import SettingsError

TASK_QUEUE = "breaches"
NOT_OURS_TO_ADD = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED)
PROBE_TIMEOUT = timedelta(seconds=2)
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds between attempts to connect."""

log = structlog.stdlib.get_logger(__name__)


async def connect() -> Client:
    """Connects by the standard TEMPORAL_* environment, waiting for a server that is not up yet.

    Raises:
        SettingsError: when the environment can't be read.
    """
    try:
        config = ClientConfig.load_client_connect_config()
    except (RuntimeError, ValueError, OSError) as error:
        raise SettingsError(f"TEMPORAL_*: {error}") from error
    config.setdefault("target_host", "localhost:7233")
    pause = FIRST_PAUSE
    while True:
        try:
            return await Client.connect(**config, data_converter=pydantic_data_converter)
        except ValueError as error:
            # An address that is none.
            raise SettingsError(f"TEMPORAL_*: {error}") from error
        except RuntimeError:
            # The SDK's word for a server that does not answer.
            log.warning("temporal_not_reachable", address=config["target_host"], retry_in_s=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def connected(attributes: Sequence[SearchAttributeKey[Any]]) -> Client:
    """Connects, and makes the namespace know our search attributes before they are used."""
    client = await connect()
    await register_search_attributes(client, attributes)
    return client


async def register_search_attributes(
    client: Client, attributes: Sequence[SearchAttributeKey[Any]]
) -> None:
    """Makes the namespace know our search attributes; it may know them already."""
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
        elif error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


def answers(client: Client) -> Probe:
    """A health probe: whether Temporal answers."""

    async def probe() -> bool:
        try:
            return await client.service_client.check_health(timeout=PROBE_TIMEOUT)
        except RPCError:
            return False

    return probe
