import { tabStorage } from './storage.ts';

/**
 * The state of one history entry when the visitor left it. "Back" restores it. `path` detects a stale entry, because
 * the router counts from 0 in each document.
 */
type VisitedPage = { path: string; scrollPx: number; counts: Record<string, number> };
type List<T> = { items: T[]; cursor?: string };

const STORED = 'pupero.places';
const RESTORE_WITHIN_MS = 3_000;

/** The router numbers the entries of the history. */
const entryNow = (): number => history.state?._routerIndex ?? 0;
const pathNow = (): string => location.pathname + location.search;

function stored(): Map<number, VisitedPage> {
  try {
    return new Map(JSON.parse(tabStorage.get(STORED) ?? '[]'));
  } catch {
    return new Map();
  }
}

const isFresh = (): boolean => {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'navigate';
};

const visits = isFresh() ? new Map<number, VisitedPage>() : stored();
/** Loaded items by entry, path and list. In memory only, because they belong to an account. */
const lists = new Map<string, List<unknown>>();

let current: number | undefined;
let isReturn = !isFresh();
let stopRestoring = () => {};

function visit(): VisitedPage {
  const known = visits.get(entryNow());
  if (known?.path === pathNow()) return known;
  const made: VisitedPage = { path: pathNow(), scrollPx: 0, counts: {} };
  visits.set(entryNow(), made);
  return made;
}

/** Stores the scroll position. Runs before another page is shown. */
export function leavePage(): void {
  const left = current === undefined ? undefined : visits.get(current);
  if (left) left.scrollPx = scrollY;
  if (isReturn || current === undefined) return;
  for (const entry of visits.keys()) if (entry > current) visits.delete(entry);
}

/** Restores the scroll position after a return to a page. Runs after it is shown. */
export function enterPage(): void {
  current = entryNow();
  const { scrollPx } = visit();
  if (isReturn) restoreScroll(scrollPx);
  isReturn = false;
}

/** Retries while the page loads, until it is long enough or the visitor scrolls. */
function restoreScroll(scrollPx: number) {
  stopRestoring();
  if (scrollPx === 0) return;
  const stopped = new AbortController();
  stopRestoring = () => stopped.abort();
  for (const name of ['wheel', 'touchstart', 'keydown', 'pointerdown'])
    addEventListener(name, stopRestoring, { signal: stopped.signal, passive: true });
  const until = performance.now() + RESTORE_WITHIN_MS;
  const step = () => {
    if (stopped.signal.aborted) return;
    scrollTo(0, scrollPx);
    if (Math.abs(scrollY - scrollPx) <= 1 || performance.now() > until) stopRestoring();
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

export type KeptList<T> = {
  /** The number of items when the visitor left. 0 on the first visit. */
  count: number;
  /** Undefined after a reload, which keeps only their number. */
  list: List<T> | undefined;
  keep(list: List<T>): void;
};

/** A list of the current page. */
export function visitedList<T>(name: string): KeptList<T> {
  const page = visit();
  const key = `${entryNow()} ${page.path} ${name}`;
  const count = page.counts[name] ?? 0;
  return {
    count,
    list: count > 0 ? (lists.get(key) as List<T> | undefined) : undefined,
    keep: (list) => {
      page.counts[name] = list.items.length;
      lists.set(key, list);
    },
  };
}

/** Forgets the lists, because another account signed in. */
export const forgetLists = (): void => lists.clear();

export function trackVisits(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    isReturn = true;
  });
  addEventListener('pagehide', () => {
    visit().scrollPx = scrollY;
    tabStorage.set(STORED, JSON.stringify([...visits]));
  });
}
