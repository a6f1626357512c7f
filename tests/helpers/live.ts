import { setTimeout as sleep } from 'node:timers/promises';
import type { Hint, HintType } from '#core/live/kinds.ts';
import type { Client } from './client.ts';

/** An open WebSocket and the frames that it got. */
export type Live = {
  frames: Hint[];
  /** Waits for a hint of a type. @throws an Error with all frames when the time is over */
  next: (type: HintType, id?: string) => Promise<Hint>;
  close: () => Promise<void>;
};

type Options = { origin?: string };
/** Node's own client takes headers, which a browser's does not. */
const Socket = WebSocket as unknown as new (
  url: string,
  options: { headers: Record<string, string> },
) => WebSocket;

/** Opens a WebSocket with a ticket's address; `undefined` if it is refused. Without `origin` it sends none. */
export async function openSocket(url: string, { origin }: Options = {}): Promise<Live | undefined> {
  const socket = new Socket(url, { headers: origin === undefined ? {} : { origin } });
  const frames: Hint[] = [];
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('close', () => resolve(false));
    socket.addEventListener('error', () => resolve(false));
  });
  if (!isOpen) return undefined;
  return {
    frames,
    async next(type, id) {
      const fits = (hint: Hint) => hint.type === type && (id === undefined || hint.id === id);
      const deadline = Date.now() + 10_000;
      for (;;) {
        const found = frames.findIndex(fits);
        if (found >= 0) return frames.splice(found, 1)[0]!;
        if (Date.now() > deadline)
          throw new Error(`no hint ${type} ${id ?? ''} among ${JSON.stringify(frames)}`);
        await sleep(5);
      }
    },
    async close() {
      const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
      socket.close();
      await closed;
    },
  };
}

/** A WebSocket of an account. @throws an Error if it is refused */
export async function liveOf(someone: Pick<Client, 'openLive'>): Promise<Live> {
  const { url } = await someone.openLive();
  const live = await openSocket(url);
  if (!live) throw new Error('The WebSocket was refused.');
  return live;
}
