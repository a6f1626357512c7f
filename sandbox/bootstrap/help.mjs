/** The text of `npm start -- --help`. */
export const help = `
npm start                 runs Pupero on this machine: tables, queue, private Monero chain, API, site
npm start -- --reset      deletes users, trades, balances and chain first (asks; --yes: does not)
npm run dev               the same as npm start, and reloads functions and site on save
npm start -- --help       this
npm run prod -- --help    serves other people

Ctrl-C stops everything and keeps the data for the next start. All ports listen on 127.0.0.1 only and refuse web pages
of another origin. The data folder's endpoints.env has the addresses of tables, queue, functions and node with their keys.

Variables (with their defaults)
  PUPERO_SITE_PORT=5000  PUPERO_API_PORT=8000  PUPERO_LAMBDA_PORT=3002  PUPERO_DYNAMODB_PORT=8100
  PUPERO_QUEUE_PORT=9324  MONEROD_RPC_PORT=18081  MONERO_WALLET_RPC_PORT=18083
  PUPERO_DATA_DIR=.data               folder of all data
  PUPERO_MINE_EVERY_SECONDS=5         interval of new blocks; 0: only on request
  PUPERO_SMTP_PORT=1025               the mail server, whose mails are on the site's page /mailbox
  PUPERO_MIN_WITHDRAWAL_XMR=0.001     the smallest withdrawal
  PUPERO_PRICES=sandbox               made-up market prices; public: those of CoinGecko and Kraken
  PUPERO_ALLOWED_HOSTS                hosts that ports accept besides this machine's: box.local,10.0.0.7:8000
  MONERO_BIN                          folder with monerod and monero-wallet-rpc; else those on the PATH from 0.18.4
                                      on, or else .tools/monero, where the start unpacks a current one

Your own parts, used instead of started ones
  AWS_ENDPOINT_URL_DYNAMODB           as http://127.0.0.1:8000
  AWS_ENDPOINT_URL_SQS                as http://127.0.0.1:4566
  MONERO_NODE_URL                     a monerod that runs with --regtest
  MONERO_WALLET_RPC_URL, MONERO_WALLET_RPC_USER, MONERO_WALLET_RPC_PASSWORD
`;
