#!/bin/sh
# Creates the certificates of the PostgreSQL and the Redis in docker-compose.yml, signed by an authority of this installation only, whose key
# is discarded once it has signed both. They are valid for ten years; existing ones with more than a month left are kept.
#
#   certificates.sh FOLDER [OWNER]    FOLDER/postgres and FOLDER/redis get server.crt, server.key and ca.crt, FOLDER/ca gets ca.crt
set -eu
cd "$1"
MONTH=2592000
holds() {
  for file in ca/ca.crt postgres/server.crt redis/server.crt; do
    [ -f "$file" ] && openssl x509 -checkend $MONTH -noout -in "$file" >/dev/null || return 1
  done
  [ -f postgres/server.key ] && [ -f redis/server.key ]
}
if holds; then exit 0; fi

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
umask 077
key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $key -days 3650 -subj '/CN=carnot-europe' -addext 'keyUsage=critical,keyCertSign' \
  -keyout "$made/ca.key" -out "$made/ca.crt" 2>/dev/null
for name in postgres redis; do
  openssl req $key -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
    -keyout "$made/$name.key" -out "$made/$name.csr" 2>/dev/null
  openssl x509 -req -in "$made/$name.csr" -copy_extensions copy -days 3650 \
    -CA "$made/ca.crt" -CAkey "$made/ca.key" -CAcreateserial -out "$made/$name.crt" 2>/dev/null
done
mkdir -p ca postgres redis
chmod 755 ca postgres redis
for name in postgres redis; do
  rm -f "$name"/*
  cat "$made/$name.key" > "$name/server.key"
  cat "$made/$name.crt" > "$name/server.crt"
  cat "$made/ca.crt" > "$name/ca.crt"
  chmod 644 "$name/server.crt" "$name/ca.crt"
  # PostgreSQL accepts only a key that its own user owns and nobody else can read.
  if [ $# -gt 1 ]; then chown "$2" "$name"/*; fi
done
cat "$made/ca.crt" > ca/ca.crt
chmod 644 ca/ca.crt
