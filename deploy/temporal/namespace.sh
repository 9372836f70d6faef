#!/bin/sh
# Makes the namespace, or brings its retention up to date: safe to run at every start.
#
# Needs TEMPORAL_ADDRESS (host:port) and TEMPORAL_NAMESPACE. TEMPORAL_RETENTION says how long
# Temporal keeps the history of a closed case: 30d unless said otherwise, in days (45d) or hours
# (1080h), never less than 30 days. The register keeps its record whatever is set here.

set -eu

: "${TEMPORAL_ADDRESS:?set TEMPORAL_ADDRESS to the host and port of Temporal}"
: "${TEMPORAL_NAMESPACE:?set TEMPORAL_NAMESPACE to the name of the namespace}"
retention=${TEMPORAL_RETENTION:-30d}
patience=${TEMPORAL_PATIENCE_SECONDS:-120}
minimum_hours=720

refuse() {
    echo "namespace: $1" >&2
    exit 78 # EX_CONFIG of sysexits.h
}

check_retention() {
    number=${retention%[dh]}
    case $number in
        '' | 0* | *[!0-9]*) refuse "TEMPORAL_RETENTION must be like 30d or 720h, not '$retention'" ;;
    esac
    case $retention in
        *d) hours=$((number * 24)) ;;
        *h) hours=$number ;;
        *) refuse "TEMPORAL_RETENTION must end in d (days) or h (hours), not '$retention'" ;;
    esac
    [ "$hours" -ge "$minimum_hours" ] ||
        refuse "TEMPORAL_RETENTION must be at least 30d; '$retention' would drop histories too soon"
}

temporal_cli() {
    temporal --command-timeout 10s "$@"
}

# wait_for WHAT COMMAND...: runs the command until it succeeds, or gives up with its last words.
wait_for() {
    what=$1
    shift
    tries=$((patience / 2 + 1))
    while ! answer=$("$@" 2>&1); do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            echo "namespace: $what is still not ready at $TEMPORAL_ADDRESS: $answer" >&2
            exit 1
        fi
        sleep 2
    done
}

make_or_update() {
    if temporal_cli operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
        temporal_cli operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
    else
        temporal_cli operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
    fi
}

check_retention
# An open port is not a server that serves, and a new namespace reaches every part of the server
# some seconds after it was made.
wait_for "Temporal" temporal_cli operator cluster health
make_or_update
wait_for "namespace $TEMPORAL_NAMESPACE" temporal_cli workflow count --namespace "$TEMPORAL_NAMESPACE"
echo "namespace $TEMPORAL_NAMESPACE keeps closed histories for $retention"
