#!/usr/bin/env bash
# Makes the cluster's own certificate authority and one certificate a node, once; runs in the es-gencert-cli image.
# Nodes and clients get the authority's certificate; its key stays in a volume that only this script mounts.
set -euo pipefail
cd /certificates

if [[ ! -f ca-key/ca.key ]]; then
  es-gencert-cli create-ca -out /tmp/ca
  cp /tmp/ca/ca.key ca-key/ca.key
  cp /tmp/ca/ca.crt ca/ca.crt
fi

for number in 1 2 3; do
  [[ -f "node${number}/node.crt" ]] && continue
  es-gencert-cli create-node \
    -ca-certificate ca/ca.crt -ca-key ca-key/ca.key -out "/tmp/node${number}" \
    -ip-addresses "127.0.0.1,172.30.240.1${number}" -dns-names "localhost,eventstore-node${number}"
  cp "/tmp/node${number}"/node.{crt,key} "node${number}/"
done

# KurrentDB and the application both run as user 1000.
chmod 600 ca-key/ca.key
chown -R 1000:1000 ca node1 node2 node3
chmod 600 node{1,2,3}/node.key
chmod 644 ca/ca.crt node{1,2,3}/node.crt
