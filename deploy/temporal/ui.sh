#!/bin/sh
# Starts Temporal's UI with the address of the codec server, which carries its token: the UI has no
# sign-in and can bring the token in no other way. Run by with-secrets.sh, which sets CODEC_TOKEN.

set -eu

export TEMPORAL_CODEC_ENDPOINT="${CODEC_ADDRESS:?}/${CODEC_TOKEN:?}"
unset CODEC_TOKEN
exec ./start-ui-server.sh
