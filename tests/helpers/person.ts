import { randomBytes, randomUUID } from 'node:crypto';
import { ProblemError } from '#contract/client.ts';
import { invoke, mine } from './chain.ts';
import { type Client, client } from './client.ts';

/** A member: every operation of the API as a method, sent with the member's credentials. */
export type Person = Client & {
  username: string;
  password: string;
  wallet: Client['getWallet'];
  /** The deposit address. If the pool is empty, the watcher is run to fill it. */
  depositAddress: () => Promise<string>;
  /** Draws play money, at most 10 XMR a draw, until this much more has been drawn. */
  withFunds: (xmr: string) => Promise<Person>;
};

/** Number of blocks to mine for an empty faucet: about 350 XMR. */
const BLOCKS_FOR_A_FAUCET = 10;

/** Registers an account with a unique name. */
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

/** Registers this many accounts, ten at once, because each costs an emulator a hash of a password. */
export async function people(count: number): Promise<Person[]> {
  const all: Person[] = [];
  while (all.length < count)
    all.push(...(await Promise.all(Array.from({ length: Math.min(10, count - all.length) }, person))));
  return all;
}

/** Options with a new idempotency key. */
export const aKey = () => ({ idempotencyKey: randomUUID() });

/** Draws from the faucet. If it is empty, this mines blocks for it, as a running sandbox would, and draws again. */
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

/** Splits an amount into draws of at most 10 XMR: `"25.5"` becomes 10, 10 and 5.5. */
function drawsFor(xmr: string): string[] {
  const [whole = '0', fraction] = xmr.split('.');
  const tens = Math.floor(Number(whole) / 10);
  const rest = `${Number(whole) % 10}${fraction ? `.${fraction}` : ''}`;
  return [...Array.from({ length: tens }, () => '10'), ...(Number(rest) > 0 ? [rest] : [])];
}
