import { MAILBOX_PATH } from '../mail/mailbox-pages.ts';
import type { Sandbox } from '../options.ts';
import type { DemoAccount } from './demo.ts';

/** The addresses and accounts, printed once everything serves. */
export function summary(
  { urls, dataDir, outsideAddress }: Sandbox,
  demo: DemoAccount[],
  seconds: number,
): string {
  const accounts = demo.map(
    ({ username, password, holds }) => `  ${username.padEnd(8)} password ${password}   ${holds}`,
  );
  const outside = [
    'An outside Monero address for withdrawals (npm run outside lists its payments):',
    `  ${outsideAddress}`,
    '',
  ];
  return [
    '',
    `Pupero is ready after ${seconds.toFixed(1)} s. It is play money on a private chain: never send real XMR here.`,
    '',
    `  Site        ${urls.site}`,
    `  API         ${urls.api}   (documentation: ${urls.api}/docs)`,
    `  Mailbox     ${urls.site}${MAILBOX_PATH}   (every mail that Pupero sends)`,
    `  Monero      node ${urls.node}, wallet-rpc ${urls.wallet} (login in secrets.json)`,
    `  Tables      ${urls.dynamodb}   Queue ${urls.queue}`,
    `  Data        ${dataDir}   (logs in logs/)`,
    '',
    'Demo accounts:',
    ...accounts,
    '',
    ...(outsideAddress ? outside : []),
    'Ctrl-C stops everything and keeps the data. To delete the data: npm start -- --reset',
    '',
  ].join('\n');
}
