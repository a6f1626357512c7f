import type { Sandbox } from '../options.ts';
import type { Production } from './settings.ts';

/** The addresses and the health, printed once everything serves. */
export function summary(
  up: Sandbox,
  { network, front }: Production,
  seconds: number,
  howToStop: string,
): string {
  const { urls, dataDir, health, houseAddress } = up;
  const waits = health.status === 'ok' ? '' : `, waiting for: ${health.waitsFor.join(', ')}`;
  return [
    '',
    `Pupero serves on ${network} after ${seconds.toFixed(1)} s. Health: ${health.status}${waits}.`,
    '',
    `  Site        ${urls.site}   (listens on ${front.listen})`,
    `  API         ${urls.api}   (through the site: ${urls.site}/api)`,
    `  Monero      node ${urls.node}, wallet-rpc ${urls.wallet}`,
    `  House       ${houseAddress}`,
    `  Data        ${dataDir}   (logs in logs/)`,
    '',
    howToStop,
  ].join('\n');
}
