import { api } from '../api/client.ts';
import type { Network } from '../api/things.ts';

type Health = Awaited<ReturnType<typeof api.getHealth>>;

/** Which Monero network this is, and whether payouts work; asked again now and then. */
class Pupero {
  health = $state.raw<Health>();

  get network(): Network | undefined {
    return this.health?.network;
  }
  /** Nothing on this network is worth anything. */
  get isPlayMoney(): boolean {
    return this.network !== undefined && this.network !== 'mainnet';
  }
  get isRegtest(): boolean {
    return this.network === 'regtest';
  }
  get isDegraded(): boolean {
    return this.health?.status === 'degraded';
  }

  async ask(): Promise<void> {
    this.health = await api.getHealth();
  }
}

export const pupero = new Pupero();
