import { documentClient } from '#adapters/dynamodb/client.ts';
import { audit } from '#core/ledger/audit.ts';
import { readBooks } from './books.ts';
import { startSandbox } from './sandbox.ts';
import { readSettings } from './settings.ts';

const HELP = `npm run audit — checks the ledger's invariants on the stored data.

It reads the tables of the running sandbox, or of the data folder (PUPERO_DATA_DIR, .data) when none runs.
Elsewhere: set AWS_ENDPOINT_URL_DYNAMODB (or AWS credentials) and STAGE. Ends with 1 if anything is wrong.`;

/** Where the tables are: named by the environment, in the running sandbox, or in a folder that an engine is started on. */
async function open(): Promise<() => Promise<void>> {
  process.env.AWS_REGION ??= 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'sandbox';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'sandbox';
  const settings = readSettings(process.env);
  if (settings.own.dynamodbUrl || process.env.STAGE) return async () => {};
  const url = `http://127.0.0.1:${settings.ports.dynamodb}`;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = url;
  const running = await fetch(url).then(
    () => true,
    () => false,
  );
  if (running) return async () => {};
  const engine = await startSandbox({ stage: 'local', dataDir: settings.dataDir, parts: ['dynamodb'] });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.urls.dynamodb;
  return engine.stop;
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const close = await open();
  try {
    const table = (name: string) => `pupero-${process.env.STAGE ?? 'local'}-${name}`;
    const tables = { ledger: table('ledger'), trades: table('trades'), payments: table('payments') };
    const books = await readBooks(documentClient(), tables);
    const faults = audit(books);
    console.log(
      `${books.transfers.length} transfers, ${books.balances.size} accounts, ${books.trades.length} trades, ${books.withdrawals.length} withdrawals, ${books.deposits.length} deposits.`,
    );
    console.log(
      faults.length ? faults.map((fault) => `WRONG: ${fault}`).join('\n') : 'Every invariant holds.',
    );
    return faults.length ? 1 : 0;
  } finally {
    await close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
