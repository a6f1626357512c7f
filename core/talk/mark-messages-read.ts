import type { Caller } from '../caller.ts';
import type { MessageId, TradeId } from '../ids.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import { later, MINUTE_MS } from '../time.ts';
import { firstIdAt, tradeOf } from './messages.ts';
import type { TalkCall, TalkPorts } from './ports.ts';
import { roomOf } from './room.ts';
import { tellParties } from './tell-parties.ts';

/** The clocks of two functions may differ by this much. */
const CLOCKS_DIFFER_MS = MINUTE_MS;

type Ports = Pick<TalkPorts, 'trades' | 'talks' | 'hints' | 'clock'>;

/**
 * The caller has read the talk up to a message. A message of another trade or of the future is `not_found`. Messages
 * that the caller had marked before keep their time, and cause no further hint.
 */
export const markMessagesRead =
  (ports: Ports) =>
  async (
    { tradeId, upTo }: { tradeId: TradeId; upTo: MessageId },
    caller: Caller,
    call: TalkCall,
  ): Promise<undefined | Refusal> => {
    const room = await roomOf(ports, tradeId, caller, call);
    if (isRefusal(room)) return room;
    const now = ports.clock.now();
    const isKnown = tradeOf(upTo) === tradeId && upTo < firstIdAt(tradeId, later(now, CLOCKS_DIFFER_MS));
    if (!isKnown) return refusal('not_found');
    const refused = await ports.talks.mark(tradeId, room.speaker, { upTo, at: now });
    // The parties do not see the marks of an arbitrator.
    if (!refused && room.speaker !== 'arbitrator') await tellParties(ports, room.trade, upTo);
    return undefined;
  };
