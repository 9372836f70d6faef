"""`python -m codecserver` serves the Temporal UI until it is told to stop."""

import structlog

from codecserver.server import CodecServer
from encryption.codec import EncryptionCodec
from runtime.health import OK, Health
from runtime.metrics import say_which_program
from runtime.program import run, stopping
from runtime.settings import codec_settings, health_settings, payload_keys
from runtime.temporal import namespace

log = structlog.stdlib.get_logger(__name__)


async def main() -> int:
    """Serves."""
    settings, keyring, of = codec_settings(), payload_keys(), namespace()
    codec = EncryptionCodec(keyring, of)

    async def has_the_keys() -> str:
        return "key_missing" if codec.missing_keys.lately else OK

    say_which_program("codec server")
    with stopping() as stop:
        async with Health(health_settings(), stop, awaits=()) as health:
            health.watch("payload_keys", has_the_keys)
            async with CodecServer(codec, of, settings):
                health.begun()
                log.info("codec_server_ready", port=settings.port, namespace=of)
                await stop.wait()
    return 0


if __name__ == "__main__":
    run(main)
