"""A real Temporal server whose workflows' time can be skipped; for drills and tests only."""

from temporalio.converter import DataConverter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from encryption.converter import data_converter
from encryption.keyring import Keyring, new_key
from onemachine.temporal import program
from runtime.temporal import DEFAULT_NAMESPACE, register_search_attributes
from workflows.visibility import KEYS

AT_ONCE = 'history.timerProcessorMaxTimeShift="50ms"'
"""A server otherwise lets a second go by in front of each timer that is skipped to."""


async def skipping_server(
    converter: DataConverter | None = None, *settings: str
) -> WorkflowEnvironment:
    """Starts the server in memory; it skips nothing by itself, since people need their turn.

    Everything is encrypted with a key of its own, unless another converter is given. The settings
    are the server's own (its dynamic configuration), each as `NAME=VALUE`.

    `env.fast_forward(handle, timedelta)` moves one case on. The API is marked experimental.
    """
    env = await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=converter or data_converter(Keyring.parse(new_key()), DEFAULT_NAMESPACE),
        dev_server_existing_path=str(program()),
        dev_server_log_level="error",
        dev_server_extra_args=[
            part
            for setting in ("frontend.WorkflowTimeSkippingEnabled=true", AT_ONCE, *settings)
            for part in ("--dynamic-config-value", setting)
        ],
    )
    try:
        await register_search_attributes(env.client, KEYS)
    except BaseException:
        await env.shutdown()
        raise
    return env
