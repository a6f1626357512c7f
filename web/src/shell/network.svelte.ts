import type { HaltName } from '#core/halts/states.ts';
import { api } from '../api/client.ts';
import type { Network } from '../api/things.ts';

type Health = Awaited<ReturnType<typeof api.getHealth>>;

type Halted = { halt: HaltName; message: string };

/** The health of the API, with the Monero network. */
class Pupero {
  health = $state.raw<Health>();

  get network(): Network | undefined {
    return this.health?.network;
  }
  /** Whether the coins of this network are worth nothing. */
  get isPlayMoney(): boolean {
    return this.network !== undefined && this.network !== 'mainnet';
  }
  get isRegtest(): boolean {
    return this.network === 'regtest';
  }
  get isDegraded(): boolean {
    return this.health?.status === 'degraded';
  }

  /** What is halted, with the reasons. */
  get halts(): Halted[] {
    return (this.health?.warnings ?? []).flatMap(({ halt, message }) => (halt ? [{ halt, message }] : []));
  }

  async ask(): Promise<void> {
    this.health = await api.getHealth();
  }
}

export const pupero = new Pupero();
