#!/bin/sh
# Makes the certificates that docker-compose.tls.yml reads: an authority of this installation's own, one
# certificate for Temporal's server, and one for its clients.
#
#   sh deploy/make-certificates.sh [FOLDER]      (FOLDER is ./secrets/tls unless said otherwise)
#
# Run it again to renew: what is good for another 60 days is kept, the authority always. Afterwards:
# docker compose … up --detach --force-recreate. The authority's own key, ca.key, is needed for that alone:
# whoever has it can make a client, so keep it elsewhere if you can.

set -eu

folder=${1:-secrets/tls}
authority_days=3650
days=397
renew_before_seconds=$((60 * 24 * 60 * 60))

# new_key FILE
new_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

make_authority() {
    if [ -s "$folder/ca.crt" ]; then
        echo "kept     $folder/ca.crt"
        return
    fi
    new_key "$folder/.ca.key"
    openssl req -x509 -new -key "$folder/.ca.key" -days "$authority_days" -out "$folder/.ca.crt" \
        -subj "/O=Breach Desk/CN=Breach Desk Temporal authority $(openssl rand -hex 4)" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" \
        -addext "keyUsage=critical,keyCertSign,cRLSign"
    chmod 400 "$folder/.ca.key"
    chmod 444 "$folder/.ca.crt"
    mv "$folder/.ca.key" "$folder/ca.key"
    mv "$folder/.ca.crt" "$folder/ca.crt"
    echo "made     $folder/ca.crt"
}

is_good() {
    [ -s "$folder/$1.key" ] && [ -s "$folder/$1.crt" ] &&
        openssl verify -CAfile "$folder/ca.crt" "$folder/$1.crt" >/dev/null 2>&1 &&
        openssl x509 -in "$folder/$1.crt" -noout -checkend "$renew_before_seconds" >/dev/null
}

# make_certificate NAME USES ALTERNATIVE_NAMES
make_certificate() {
    if is_good "$1"; then
        echo "kept     $folder/$1.crt"
        return
    fi
    if [ ! -s "$folder/ca.key" ]; then
        echo "MISSING  $folder/ca.key: bring it back from where it is kept, to make $1.crt" >&2
        exit 1
    fi
    new_key "$folder/.$1.key"
    {
        echo "basicConstraints=critical,CA:FALSE"
        echo "keyUsage=critical,digitalSignature"
        echo "extendedKeyUsage=$2"
        echo "subjectAltName=$3"
    } >"$folder/.extensions"
    openssl req -new -key "$folder/.$1.key" -subj "/O=Breach Desk/CN=$1" -out "$folder/.request"
    openssl x509 -req -in "$folder/.request" -days "$days" -extfile "$folder/.extensions" \
        -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
        -out "$folder/.$1.crt" 2>/dev/null
    # As the other secrets: every container runs as another user, and the folder is yours alone.
    chmod 444 "$folder/.$1.key" "$folder/.$1.crt"
    mv "$folder/.$1.key" "$folder/$1.key"
    mv "$folder/.$1.crt" "$folder/$1.crt"
    rm -f "$folder/.request" "$folder/.extensions"
    echo "made     $folder/$1.crt, good for $days days"
}

umask 077
mkdir -p "$folder"
chmod 700 "$folder"
make_authority
# The parts of Temporal's server are clients of each other.
make_certificate server serverAuth,clientAuth DNS:temporal,DNS:localhost,IP:127.0.0.1
make_certificate client clientAuth DNS:breach-desk-client
