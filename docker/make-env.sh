#!/bin/sh
# Writes docker/.env with fresh random passwords, for one insecure event store node (default) or the cluster:
#   docker/make-env.sh [single|cluster]
# An existing .env is kept: its passwords are the ones that the databases were made with.
set -eu
profile=${1:-single}
file=$(dirname "$0")/.env

if [ -e "$file" ]; then
  echo "$file exists and is kept" >&2
  exit 1
fi

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
admin=$(random)
case $profile in
  single) store='esdb://127.0.0.1:2113?tls=false' ;;
  cluster)
    store="esdb://admin:${admin}@172.30.240.11:2113,172.30.240.12:2113,172.30.240.13:2113"
    store="${store}?tls=true&tlsCAFile=/certificates/ca/ca.crt"
    ;;
  *)
    echo "usage: $0 [single|cluster]" >&2
    exit 2
    ;;
esac

umask 077
cat > "$file" <<END
COMPOSE_PROFILES=$profile
EVENT_STORE=$store
POSTGRES_PASSWORD=$(random)
KURRENTDB_ADMIN_PASSWORD=$admin
KURRENTDB_OPS_PASSWORD=$(random)
END
echo "$file written"
