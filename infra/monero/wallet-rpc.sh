#!/bin/sh
# Runs monero-wallet-rpc with the house's wallet, as monero-compose.yml starts it. The first start makes the wallet, and
# every later one opens it. It answers only once the wallet is open, so that an answer shows that it is healthy.
#
#   sh wallet-rpc.sh [options of monero-wallet-rpc: --testnet, --daemon-address=…]
#
# Passwords are read from files and passed by environment and standard input, so that no list of processes shows them.
set -eu

folder=${WALLET_FOLDER:-/home/monero/.bitmonero}
secrets=${SECRETS_FOLDER:-/run/secrets}
listen_ip=${LISTEN_IP:-0.0.0.0}
making_port=${MAKING_PORT:-18999}
password_file=$secrets/wallet-password
umask 077

set -- --non-interactive --trusted-daemon --daemon-ssl=disabled --rpc-ssl=disabled \
  "--shared-ringdb-dir=$folder/ringdb" --log-file=/dev/null --max-log-file-size=0 "$@"

answers() { curl --silent --output /dev/null "http://127.0.0.1:$making_port/json_rpc"; }

# Asks a wallet-rpc that only this script can reach, by a login that is used once.
make_wallet() {
  login=making:$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  RPC_LOGIN=$login monero-wallet-rpc "--wallet-dir=$folder" "--rpc-bind-port=$making_port" "$@" &
  maker=$!
  trap 'kill "$maker"; exit 1' INT TERM
  until answers; do
    kill -0 "$maker" || exit 1
    sleep 0.2
  done
  password=$(sed 's/[\\"]/\\&/g' "$password_file")
  printf '{"jsonrpc":"2.0","id":"0","method":"create_wallet",
    "params":{"filename":"house","language":"English","password":"%s"}}' "$password" |
    curl --silent --fail --digest --user "$login" --data @- "http://127.0.0.1:$making_port/json_rpc"
  kill "$maker"
  wait "$maker" || true
  trap - INT TERM
}

if [ ! -e "$folder/house.keys" ]; then
  make_wallet "$@"
  if [ ! -e "$folder/house.keys" ]; then
    echo 'The wallet could not be made; the answer above says why.' >&2
    exit 1
  fi
fi

RPC_LOGIN=$MONERO_WALLET_RPC_USER:$(cat "$secrets/wallet-rpc-password")
export RPC_LOGIN
exec monero-wallet-rpc "--wallet-file=$folder/house" "--password-file=$password_file" \
  --confirm-external-bind "--rpc-bind-ip=$listen_ip" "--rpc-bind-port=$RPC_PORT" "$@"
