"""A real Temporal server whose workflows' time can be skipped; for drills and tests only."""

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from onemachine.temporal import program
from runtime.temporal import register_search_attributes
from workflows.visibility import KEYS


async def skipping_server() -> WorkflowEnvironment:
    """Starts the server in memory; it skips nothing by itself, since people need their turn.

    `env.fast_forward(handle, timedelta)` moves one case on. The API is marked experimental.
    """
    env = await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(program()),
        dev_server_log_level="error",
        dev_server_extra_args=[
            "--dynamic-config-value",
            "frontend.WorkflowTimeSkippingEnabled=true",
        ],
    )
    await register_search_attributes(env.client, KEYS)
    return env
