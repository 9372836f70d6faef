#!/bin/sh
# Makes the secrets that docker-compose.yml reads, once; run it again to see what is still missing.
#
#   sh deploy/make-secrets.sh [FOLDER]        (FOLDER is ./secrets unless said otherwise)
#
# Never replaces a file and never shows a value. Exits 1 while one is missing.

set -eu

folder=${1:-secrets}
missing=0

# Compose mounts these files as they are on the host, and the containers run as different users, so
# the files can be read by all and the folder by you alone: nobody else on the host gets to them.
# install_secret FILE VALUE
install_secret() {
    printf '%s\n' "$2" >"$folder/.new"
    chmod 444 "$folder/.new"
    mv "$folder/.new" "$folder/$1"
    echo "made     $folder/$1"
}

is_there() {
    [ -s "$folder/$1" ] || return 1
    echo "kept     $folder/$1"
}

# One that stands in for a password, such as “changeme”, or an example's.
say_when_guessable() {
    said=$(SECRETS=$folder sh "$(dirname "$0")/with-secrets.sh" "$1" -- true 2>&1) && return
    echo "WRONG    ${said#with-secrets: }"
    missing=1
}

# Hexadecimal, because the same text is used in a URL and in a YAML file. 256 bits.
make_password() {
    if is_there "$1"; then
        say_when_guessable "$1"
        return
    fi
    password=$(openssl rand -hex 32)
    install_secret "$1" "$password"
}

# What Temporal keeps is encrypted with it: an id, and 256 bits.
make_payload_key() {
    if is_there payload_keys; then return; fi
    id=$(date -u +%Y-%m-%d)-$(openssl rand -hex 2)
    key=$(openssl rand -hex 32)
    install_secret payload_keys "$id:$key"
}

# The register's address carries the password of a role, so it is made from it.
# make_register_url FILE ROLE
make_register_url() {
    if is_there "$1"; then return; fi
    password=$(cat "$folder/$2_db_password")
    install_secret "$1" "postgresql+psycopg://$2:$password@postgresql:5432/register"
}

# Slack gives these: check that the right one is in the right file.
expect_token() {
    if [ ! -s "$folder/$1" ]; then
        echo "MISSING  $folder/$1: $3"
        missing=1
    elif ! grep -q "^$2" "$folder/$1"; then
        echo "WRONG    $folder/$1: it must begin with $2; $3"
        missing=1
    else
        chmod 444 "$folder/$1"
        echo "kept     $folder/$1"
    fi
}

# Who runs the mail server gives it, and only deploy/mail.yml needs it.
look_at_mail_password() {
    if [ ! -f "$folder/smtp_password" ]; then
        echo "none     $folder/smtp_password: needed with deploy/mail.yml only; the mail server's administrators know it"
        return
    fi
    chmod 444 "$folder/smtp_password"
    if [ -s "$folder/smtp_password" ]; then
        echo "kept     $folder/smtp_password"
    else
        echo "empty    $folder/smtp_password: right only where SMTP_USERNAME is not set"
    fi
}

umask 077
mkdir -p "$folder"
chmod 700 "$folder"
make_password postgres_password
make_password temporal_db_password
make_password register_owner_db_password
make_password register_db_password
make_register_url register_owner_url register_owner
make_register_url database_url register
make_payload_key
make_password codec_token
expect_token slack_bot_token xoxb- "the app's page at Slack, OAuth & Permissions, Bot User OAuth Token"
expect_token slack_app_token xapp- "the app's page at Slack, Basic Information, App-Level Tokens"
look_at_mail_password
exit "$missing"
