import type { Halts } from '../halts/halts.ts';
import { HALTS, type HaltName } from '../halts/states.ts';
import { haltsView } from '../halts/views.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { type Actor, authorOf } from './actors.ts';
import { haltEntry } from './audit-log.ts';
import type { ModerationPorts } from './ports.ts';

type Wanted = { on: boolean; reason?: string | undefined };
type Input = { [name in HaltName]?: Wanted | undefined };

/**
 * Turns halts on or off. A halt that is on may get another reason. Each halt and its audit entry are one transaction.
 *
 * If the process dies between two halts, the first is changed. The same request again changes the rest.
 */
export const updateHalts =
  (ports: ModerationPorts) =>
  async (wanted: Input, actor: Actor): Promise<ReturnType<typeof haltsView> | Refusal> => {
    const given = HALTS.flatMap((name) => (wanted[name] ? [{ name, ...wanted[name] }] : []));
    const lacking = given.filter(({ on, reason }) => on && reason === undefined);
    if (lacking.length > 0)
      return refusal('invalid_request', {
        errors: lacking.map(({ name }) => ({ path: `${name}.reason`, message: 'is needed for a halt' })),
      });
    let halts = await ports.halts.read();
    for (const one of given) halts = await turned(ports, actor, one);
    return haltsView(halts);
  };

/** The halts after one is turned on or off. */
async function turned(
  ports: ModerationPorts,
  actor: Actor,
  { name, on, reason }: Wanted & { name: HaltName },
): Promise<Halts> {
  const { moderation, ids, clock } = ports;
  const author = await authorOf(ports, actor);
  return retryOnConflict('halts', async () => {
    const halts = await ports.halts.read();
    const { [name]: before, ...others } = halts;
    if (on ? before?.reason === reason : !before) return halts;
    const at = clock.now();
    const next: Halts = {
      ...others,
      ...(on && { [name]: { reason: reason!, since: before?.since ?? at } }),
      version: halts.version + 1,
    };
    const entry = haltEntry(ids, { by: author, act: on ? 'halt' : 'resume', halt: name, at }, reason);
    return (await moderation.act({ entry, halts: next })) ?? next;
  });
}
