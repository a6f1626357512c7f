import { randomBytes, randomUUID } from 'node:crypto';
import { ProblemError } from '#contract/client.ts';
import { invoke, mine } from './chain.ts';
import { type Client, client } from './client.ts';

/** Somebody with an account here: every operation of the API as a method, sent with their own keys. */
export type Person = Client & {
  username: string;
  password: string;
  wallet: Client['getWallet'];
  /** Where to pay to; the watcher is asked for more addresses where none is left. */
  depositAddress: () => Promise<string>;
  /** Draws play money, up to 10 XMR a draw, until this much more is there. */
  withFunds: (xmr: string) => Promise<Person>;
};

/** Brings the faucet some 350 XMR. */
const BLOCKS_FOR_A_FAUCET = 10;

/** Opens an account under a name that nobody has. */
export async function person(): Promise<Person> {
  const self = client();
  const username = `test-${randomBytes(8).toString('hex')}`;
  const password = `correct horse ${randomBytes(6).toString('hex')}`;
  await self.registerAccount({ username, password });
  const someone: Person = {
    ...self,
    username,
    password,
    wallet: self.getWallet,
    depositAddress: async () => {
      const { depositAddress } = await self.getWallet();
      if (depositAddress) return depositAddress;
      await invoke('watchDeposits');
      return (await self.getWallet()).depositAddress ?? '';
    },
    withFunds: async (xmr) => {
      for (const amountXmr of drawsFor(xmr)) await drawn(self, amountXmr);
      return someone;
    },
  };
  return someone;
}

/** Several people at once. */
export function people(count: number): Promise<Person[]> {
  return Promise.all(Array.from({ length: count }, person));
}

/** Options with an idempotency key that was never used. */
export const aKey = () => ({ idempotencyKey: randomUUID() });

/** Draws; where the faucet is empty, blocks are mined for it as the running sandbox would, and it draws again. */
async function drawn(self: Client, amountXmr: string): Promise<void> {
  try {
    await self.drawFaucet({ amountXmr }, aKey());
  } catch (error) {
    const isEmpty = error instanceof ProblemError && error.problem.code === 'dependency_unavailable';
    if (!isEmpty) throw error;
    await mine(BLOCKS_FOR_A_FAUCET);
    await invoke('watchDeposits');
    await self.drawFaucet({ amountXmr }, aKey());
  }
}

/** `"25.5"` in draws of at most 10: 10, 10 and 5.5. */
function drawsFor(xmr: string): string[] {
  const [whole = '0', fraction] = xmr.split('.');
  const tens = Math.floor(Number(whole) / 10);
  const rest = `${Number(whole) % 10}${fraction ? `.${fraction}` : ''}`;
  return [...Array.from({ length: tens }, () => '10'), ...(Number(rest) > 0 ? [rest] : [])];
}
