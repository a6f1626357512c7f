import { percentile } from '../report/numbers.ts';
import type { Circle } from './works.ts';

/** Number of simultaneous logins. */
export const LOGINS = 60;
const ROUNDS = 3;
/** Calls of getMe without logins, as the baseline. */
const QUIET_CALLS = 60;
/** Upper bound of a round, in case a login never answers. */
const LONGEST_ROUND_MS = 60_000;

export type Waited = {
  label: string;
  p50: number;
  p95: number;
  longest: number;
  calls: number;
  /** Number of failed calls. A process that blocks lets calls time out. */
  failed: number;
};

/**
 * Times `GET /me` over `sls offline` by one client, alone and during 60 simultaneous logins. All functions run in one
 * process there, so a hash that blocks the event loop delays every other response.
 */
export async function whileOthersLogIn(circles: readonly Circle[]) {
  const reader = circles[0]!.buyers[0]!;
  const quiet = timer('getMe, nobody logs in');
  for (let call = 0; call < QUIET_CALLS; call++) await quiet.call(() => reader.getMe());
  const busy = timer(`getMe, ${LOGINS} log in`);
  const login = timer(`logIn, ${LOGINS} at once`);
  for (let round = 0; round < ROUNDS; round++) {
    let open = true;
    const logins = Array.from({ length: LOGINS }, (_, n) => {
      const { seller, sellerLogin } = circles[n % circles.length]!;
      return login.call(() => seller.logIn(sellerLogin));
    });
    const all = Promise.all(logins).finally(() => {
      open = false;
    });
    const endsAt = performance.now() + LONGEST_ROUND_MS;
    while (open && performance.now() < endsAt) await busy.call(() => reader.getMe());
    await all;
  }
  return [quiet, busy, login].map(({ waited }) => waited());
}

function timer(label: string) {
  const ms: number[] = [];
  let failed = 0;
  return {
    async call(work: () => Promise<unknown>) {
      const begun = performance.now();
      await work().catch(() => {
        failed += 1;
      });
      ms.push(performance.now() - begun);
    },
    waited: (): Waited => ({
      label,
      p50: percentile(ms, 0.5),
      p95: percentile(ms, 0.95),
      longest: Math.max(...ms),
      calls: ms.length,
      failed,
    }),
  };
}
