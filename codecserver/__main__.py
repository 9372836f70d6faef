"""`python -m codecserver` serves the Temporal UI until it is told to stop."""

import structlog

from codecserver.server import CodecServer
from encryption.codec import EncryptionCodec
from runtime.health import Health
from runtime.program import run, stopping
from runtime.settings import codec_settings, payload_keys, port
from runtime.temporal import namespace

log = structlog.stdlib.get_logger(__name__)


async def main() -> int:
    """Serves."""
    settings, keyring, of = codec_settings(), payload_keys(), namespace()
    codec = EncryptionCodec(keyring, of)

    async def has_the_keys() -> bool:
        return not codec.unknown_keys

    health = Health(port("HEALTH_PORT", 0), {"payload_keys": has_the_keys})
    with stopping() as stop:
        async with CodecServer(codec, of, settings), health:
            log.info("codec_server_ready", port=settings.port, namespace=of)
            await stop.wait()
    return 0


if __name__ == "__main__":
    run(main)
