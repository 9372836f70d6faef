#!/bin/sh
# Runs a command with secrets in its environment, read from files.
#
#   with-secrets.sh NAME... -- COMMAND [ARGUMENT...]
#
# For every NAME, the variable NAME_FILE says which file holds the value. Temporal's programs read
# passwords from the environment only. Set there by Compose, they would stand in the output of
# `docker inspect`; given as arguments, in every list of processes. Exported here, they are in
# neither.

set -eu

refuse() {
    echo "with-secrets: $1" >&2
    exit 78 # EX_CONFIG of sysexits.h
}

export_secret() {
    name=$1
    case $name in
        '' | [0-9]* | *[!A-Z0-9_]*) refuse "'$name' is not a name of a variable" ;;
    esac
    eval "file=\${${name}_FILE:-}"
    [ -n "$file" ] || refuse "set ${name}_FILE to the file that holds $name"
    [ -f "$file" ] || refuse "${name}_FILE names $file, which is not there: make it (docs/deploy.md)"
    [ -r "$file" ] || refuse "cannot read $file: its mode must be 444, in a folder of mode 700"
    value=$(cat "$file")
    [ -n "$value" ] || refuse "$file is empty: put the value of $name in it"
    case $value in
        *[[:cntrl:]]*) refuse "$file must be one line with a Unix line ending" ;;
    esac
    export "$name=$value"
}

while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    export_secret "$1"
    shift
done
[ "$#" -gt 1 ] || refuse "say what to run: with-secrets.sh NAME... -- COMMAND"
shift
exec "$@"
