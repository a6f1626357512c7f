import type { Caller } from '../caller.ts';
import type { MessageId, TradeId } from '../ids.ts';
import type { Page, PageRequest } from '../paging.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Message, SystemLine } from './messages.ts';
import type { ReadMark, TalkCall, TalkPorts } from './ports.ts';
import { roomOf } from './room.ts';
import type { Speaker } from './states.ts';
import { systemLines } from './system-lines.ts';
import { type MessageView, messageView } from './views.ts';
import { readersOf } from './who-may.ts';

type Ports = Pick<TalkPorts, 'trades' | 'talks' | 'pictures' | 'clock'>;
type Line = Message | SystemLine;

/**
 * The talk of a trade with the lines about its steps, newest first. `readAt` of an own message is when the other party
 * read it, and of another's when the caller did.
 */
export const listMessages =
  (ports: Ports) =>
  async (
    { tradeId, page }: { tradeId: TradeId; page: PageRequest },
    caller: Caller,
    call: TalkCall,
  ): Promise<Page<MessageView> | Refusal> => {
    const room = await roomOf(ports, tradeId, caller, call);
    if (isRefusal(room)) return room;
    const { items: messages, next: more } = await ports.talks.page(tradeId, page);
    const before = page.after?.before;
    // Those that are older than this page of messages are on a later page.
    const steps = systemLines(room.trade)
      .filter(({ id }) => before === undefined || id < before)
      .filter(({ id }) => more === undefined || id > more.before!);
    const lines = [...messages, ...steps].sort((a, b) => (a.id < b.id ? 1 : -1));
    const items = lines.slice(0, page.limit);
    const [readAt, addressOf] = await Promise.all([
      readTimes(ports, tradeId, room.speaker, items),
      ports.pictures.addresses(ports.clock.now()),
    ]);
    const next = lines.length > items.length ? { before: items.at(-1)!.id } : more;
    return {
      items: items.map((line) => messageView(line, { readAt: readAt(line), addressOf })),
      ...(next && { next }),
    };
  };

/** Reads the marks that the lines of a page need, and returns when each line was read. */
async function readTimes(
  { talks }: Pick<Ports, 'talks'>,
  tradeId: TradeId,
  speaker: Speaker,
  lines: readonly Line[],
): Promise<(line: Line) => ReadMark['at'] | undefined> {
  const messages = lines.filter(({ from }) => from !== 'system');
  const oldest = messages.at(-1)?.id;
  if (oldest === undefined) return () => undefined;
  const marksOf = (reader: Speaker) => talks.marks(tradeId, reader, oldest, messages.length + 1);
  const hasOwn = messages.some(({ from }) => from === speaker);
  const [own, others] = await Promise.all([
    messages.some(({ from }) => from !== speaker) ? marksOf(speaker) : [],
    Promise.all(hasOwn ? readersOf(speaker).map(marksOf) : []),
  ]);
  const firstFor = (id: MessageId, marks: readonly ReadMark[]) => marks.find(({ upTo }) => upTo >= id)?.at;
  return ({ id, from }) => {
    if (from === 'system') return undefined;
    if (from !== speaker) return firstFor(id, own);
    const times = others.map((marks) => firstFor(id, marks)).filter((at) => at !== undefined);
    return times.length ? (Math.min(...times) as ReadMark['at']) : undefined;
  };
}
