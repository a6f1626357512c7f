import type { PageRequest } from '../paging.ts';
import type { ModerationPorts } from './ports.ts';
import { standingView } from './views.ts';

type Ports = Pick<ModerationPorts, 'moderation' | 'accounts' | 'clock'>;

/** The accounts that have a role or a suspension. A page may be short, because suspensions end by themselves. */
export const listStandings =
  ({ moderation, accounts, clock }: Ports) =>
  async ({ page }: { page: PageRequest }) => {
    const { items, next } = await moderation.listed(page);
    const found = (await Promise.all(items.map((id) => accounts.get(id)))).filter((account) => !!account);
    const standings = found.map((account) => standingView(account, clock.now()));
    return {
      items: standings.filter(({ role, suspended }) => role !== 'member' || suspended),
      ...(next && { next }),
    };
  };
