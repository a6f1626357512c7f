import type { HaltRows } from '../halts/ports.ts';
import { haltsView } from '../halts/views.ts';

/** The halts, for admins. Everybody else reads those that are on in the health of the API. */
export const getHalts =
  ({ halts }: { halts: HaltRows }) =>
  async () =>
    haltsView(await halts.read());
