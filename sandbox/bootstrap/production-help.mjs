/** The text of `npm run prod -- --help`. */
export const help = `
npm run prod                    serves other people, in the background; returns when it serves
npm run prod -- --foreground    the same in the foreground (for a supervisor such as systemd)
npm run prod:stop               stops it, and waits until all processes have ended; keeps the data
npm run secrets -- --file F     makes the required secrets, in a new file
npm run prod -- --help          this

Only the API and the site listen on PUPERO_LISTEN, everything else on 127.0.0.1. There are no demo accounts, and
faucet and mining exist on regtest only. docs/production.md explains the reverse proxy, backup and systemd.

Secrets, which are never made silently
  PUPERO_SECRETS_FILE                 JSON file of the secrets (mode 600); or each in the variable of its name
Variables (with their defaults)
  SITE_ORIGIN=http://localhost:5000   public address of the site, such as https://pupero.example
  PUPERO_LISTEN=127.0.0.1             the address of API and site; 0.0.0.0 opens these two to others
  PUPERO_TRUST_PROXY=false            true behind a reverse proxy that appends to X-Forwarded-For
  PUPERO_SITE_PORT=5000  PUPERO_API_PORT=8000  PUPERO_LAMBDA_PORT=3002  PUPERO_DYNAMODB_PORT=8100
  PUPERO_QUEUE_PORT=9324  MONEROD_RPC_PORT=18081  MONERO_WALLET_RPC_PORT=18083
  PUPERO_ALLOWED_HOSTS                hosts that ports accept besides this machine's and the site's
  PUPERO_ONLY_USER=no                 yes: nobody else uses this machine; required where the system cannot keep other
                                      users out of the tables
  PUPERO_DATA_DIR=.prod               folder of all data; endpoints.env in it has the ports with their keys
  PUPERO_MINE_EVERY_SECONDS=5         on regtest: interval of new blocks
  PUPERO_MAIL_FROM, PUPERO_SMTP_URL   sender and server of mails; without them none are sent
  PUPERO_MIN_WITHDRAWAL_XMR=0.001     the smallest withdrawal
  PUPERO_PRICES=sandbox               made-up market prices; public: those of CoinGecko and Kraken, needed on mainnet
  MONERO_BIN                          folder with monerod and monero-wallet-rpc (npm start -- --help)

The chain
  MONERO_NETWORK=regtest              a private chain, started here; or testnet, stagenet, mainnet, and then:
  MONERO_NODE_URL, MONERO_WALLET_RPC_URL   your own, of that network
  I_ACCEPT_REAL_MONEY=yes             required on mainnet: its coins are real
`;
