import type { Hint } from '#core/live/kinds.ts';
import { api } from '../api/client.ts';
import { hints } from './hints.svelte.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** A connection that stays open this long resets the waits, which grow with each shorter one. */
const STEADY_MS = 5_000;
const TICK_MS = 5_000;
/** A longer gap between two ticks means that the computer slept. Browsers limit a hidden tab to one tick a minute. */
const ASLEEP_MS = 90_000;
/** Upper bound of the random wait before a tab reads the market, because all tabs get the hint at once. */
const MARKET_SPREAD_MS = 300;

/**
 * Keeps one WebSocket of the signed-in account open, and passes its hints to the pages. It reconnects after growing,
 * random waits, and at once when the computer wakes up or is online again. The pages load again after each connection.
 *
 * @returns the clean-up
 */
export function stayConnected(): () => void {
  let socket: WebSocket | undefined;
  /** Changes with each attempt, so that a late answer of an earlier one is ignored. */
  let attempt = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastTick = Date.now();

  async function open(): Promise<void> {
    close();
    const own = attempt;
    const isCurrent = () => own === attempt;
    try {
      const { url } = await api.openLive();
      if (!isCurrent()) return;
      socket = new WebSocket(url);
    } catch {
      if (isCurrent()) retry();
      return;
    }
    let openedAt = Number.POSITIVE_INFINITY;
    socket.onopen = () => {
      openedAt = Date.now();
      hints.arrive = true;
      hints.catchUp();
    };
    socket.onmessage = ({ data }) => announce(data);
    socket.onclose = () => {
      if (!isCurrent()) return;
      if (Date.now() - openedAt >= STEADY_MS) failures = 0;
      retry();
    };
  }

  function close(): void {
    attempt += 1;
    clearTimeout(timer);
    timer = undefined;
    hints.arrive = false;
    socket?.close();
    socket = undefined;
  }

  function retry(): void {
    hints.arrive = false;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(open, waitMs);
  }

  function restart(): void {
    failures = 0;
    void open();
  }

  const ticks = setInterval(() => {
    const slept = Date.now() - lastTick > ASLEEP_MS;
    lastTick = Date.now();
    // The socket may look open although the server closed it during the sleep.
    if (slept && navigator.onLine) restart();
  }, TICK_MS);
  const onVisible = () => {
    const isWaiting = timer !== undefined;
    if (!document.hidden && isWaiting) restart();
  };
  addEventListener('online', restart);
  document.addEventListener('visibilitychange', onVisible);
  void open();
  return () => {
    clearInterval(ticks);
    removeEventListener('online', restart);
    document.removeEventListener('visibilitychange', onVisible);
    close();
  };
}

function announce(frame: unknown): void {
  const hint: Hint = JSON.parse(String(frame));
  // API Gateway may send its own frames, which have no type.
  if (hint.type === 'market') setTimeout(() => hints.announce(hint), Math.random() * MARKET_SPREAD_MS);
  else if (hint.type !== undefined) hints.announce(hint);
}
