import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import type { WalletLogin } from '#adapters/monero/wallet-rpc.ts';
import { audit, type Books } from '#core/audit/audit.ts';
import { formatXmr } from '#core/money/xmr.ts';
import { WalletUnavailable } from '#core/unavailable.ts';
import { tableNames } from '#stage/resources.ts';
import { secretsIn } from '../data/secrets.ts';
import { openTables } from '../data/tables.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { readBooks } from './books.ts';

const HELP = `npm run audit — checks the ledger's invariants on the stored data.

It reads the tables of the running sandbox, or of the data folder (PUPERO_DATA_DIR, .data) when none runs, and asks
the house wallet, if it runs, whether it holds what users are owed, and whether its incoming payments are the deposits.
Elsewhere: set AWS_ENDPOINT_URL_DYNAMODB (or AWS credentials), STAGE and MONERO_WALLET_RPC_URL, _USER and _PASSWORD.
Ends with 1 if anything is wrong.`;

/** The login of the house wallet; `undefined` if none is known. */
function walletLogin({ own, tcpPorts, dataDir }: Settings): WalletLogin | undefined {
  const secrets = join(dataDir, 'secrets.json');
  if (own.wallet)
    return { url: own.wallet.url, user: own.wallet.user ?? '', password: own.wallet.password ?? '' };
  if (process.env.STAGE || !existsSync(secrets)) return undefined;
  const { MONERO_WALLET_RPC_USER: user, MONERO_WALLET_RPC_PASSWORD: password } = secretsIn(secrets);
  return { url: `http://127.0.0.1:${tcpPorts.wallet}`, user, password };
}

/** The house wallet's balance and incoming transfers; empty when it cannot be reached. */
async function walletBooks(
  settings: Settings,
  givenOut: ReadonlySet<string>,
): Promise<Pick<Books, 'walletPiconero' | 'arrivals'>> {
  const login = walletLogin(settings);
  if (!login) return {};
  try {
    const wallet = houseWallet(login);
    const { balancePiconero, height } = await wallet.status();
    const transfers = await wallet.incoming({ from: 0 });
    return { walletPiconero: balancePiconero, arrivals: { height, transfers, givenOut } };
  } catch (error) {
    if (error instanceof WalletUnavailable) return {};
    throw error;
  }
}

function report(books: Books, faults: readonly string[]) {
  const { transfers, balances, trades, withdrawals, deposits, walletPiconero: held } = books;
  const counts = [
    `${transfers.length} transfers of ${balances.size} accounts`,
    `${trades.length} trades, ${withdrawals.length} withdrawals, ${deposits.length} deposits`,
    held === undefined ? 'the house wallet was not asked' : `the house wallet holds ${formatXmr(held)} XMR`,
  ];
  console.log(`${counts.join('; ')}.`);
  console.log(faults.length ? faults.map((fault) => `WRONG: ${fault}`).join('\n') : 'Every invariant holds.');
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const settings = readSettings(process.env);
  const close = await openTables(settings);
  try {
    const names = tableNames(process.env.STAGE ?? 'local');
    const stored = await readBooks(documentClient(), {
      ledger: names.LEDGER_TABLE!,
      trades: names.TRADES_TABLE!,
      payments: names.PAYMENTS_TABLE!,
      people: names.PEOPLE_TABLE!,
    });
    const books = { ...stored, ...(await walletBooks(settings, stored.givenOut)) };
    const faults = audit(books);
    report(books, faults);
    return faults.length ? 1 : 0;
  } finally {
    await close();
  }
}

// Kept-alive connections would keep this process running.
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
