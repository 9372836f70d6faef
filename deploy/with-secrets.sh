#!/bin/sh
# Runs a command with secrets in its environment, read from files, and refuses those that can be guessed.
#
#   with-secrets.sh NAME... -- COMMAND [ARGUMENT...]
#
# For every NAME in capitals, the variable NAME_FILE says which file holds the value. A name in small
# letters is a file in /run/secrets that the command reads by itself; it is looked at only. Temporal's
# programs read passwords from the environment only. Set there by Compose, they would stand in the
# output of `docker inspect`; given as arguments, in every list of processes. Exported here, they are in
# neither.

set -eu

secrets=${SECRETS:-/run/secrets}
another='make another one, for example with openssl rand -hex 32 (docs/deploy.md, "Change a password")'

refuse() {
    echo "with-secrets: $1" >&2
    exit 78 # EX_CONFIG of sysexits.h
}

# read_value FILE: leaves it in `value`.
read_value() {
    [ -r "$1" ] || refuse "cannot read $1: its mode must be 444, in a folder of mode 700"
    value=$(cat "$1")
    [ -n "$value" ] || refuse "$1 is empty: put the secret in it"
    case $value in
        *[[:cntrl:]]*) refuse "$1 must be one line with a Unix line ending" ;;
    esac
}

# The rules of runtime/guessable.py, for the `value` of a FILE.
refuse_guessable() {
    [ "${#value}" -ge 16 ] || refuse "$1 is shorter than 16 characters: $another"
    [ "$(printf '%s' "$value" | fold -w 1 | sort -u | wc -l)" -ge 5 ] ||
        refuse "$1 has fewer than 5 different characters: $another"
    words='admin|breach|change|default|desk|example|letmein|local|me|owner|pass|password|passwd'
    words="$words|postgres|postgresql|qwerty|register|root|secret|temporal|test|this|to|user|welcome"
    if printf '%s\n' "$value" | grep -Eiqx "(($words)|[^A-Za-z])+"; then
        refuse "$1 is made of digits and words that everybody tries: $another"
    fi
}

check() {
    [ -f "$secrets/$1" ] || refuse "$secrets/$1 is not there: make it (docs/deploy.md)"
    read_value "$secrets/$1"
    refuse_guessable "$secrets/$1"
}

export_secret() {
    eval "file=\${${1}_FILE:-}"
    [ -n "$file" ] || refuse "set ${1}_FILE to the file that holds $1"
    [ -f "$file" ] || refuse "${1}_FILE names $file, which is not there: make it (docs/deploy.md)"
    read_value "$file"
    refuse_guessable "$file"
    export "$1=$value"
}

while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
        '' | [0-9]* | *[!A-Za-z0-9_]*) refuse "'$1' is not a name of a variable or a secret" ;;
        *[a-z]*) check "$1" ;;
        *) export_secret "$1" ;;
    esac
    shift
done
[ "$#" -gt 1 ] || refuse "say what to run: with-secrets.sh NAME... -- COMMAND"
shift
exec "$@"
