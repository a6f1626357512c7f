import { tabStorage } from './storage.ts';

/**
 * What one entry of the tab's history looked like when it was left: "back" shows it again. `path` tells a stale entry,
 * because the router counts afresh in each document.
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

const places = isFresh() ? new Map<number, VisitedPage>() : stored();
/** Loaded items by entry, path and list: in memory only, because they are an account's. */
const lists = new Map<string, List<unknown>>();

let current: number | undefined;
let isReturn = !isFresh();
let stopRestoring = () => {};

function place(): VisitedPage {
  const known = places.get(entryNow());
  if (known?.path === pathNow()) return known;
  const made: VisitedPage = { path: pathNow(), scrollPx: 0, counts: {} };
  places.set(entryNow(), made);
  return made;
}

/** Before another page is shown: remembers how far this one is scrolled. */
export function leavePlace(): void {
  const left = current === undefined ? undefined : places.get(current);
  if (left) left.scrollPx = scrollY;
  if (isReturn || current === undefined) return;
  for (const entry of places.keys()) if (entry > current) places.delete(entry);
}

/** After a page is shown: scrolls to where it was left, if one came back to it. */
export function reachPlace(): void {
  current = entryNow();
  const { scrollPx } = place();
  if (isReturn) restoreScroll(scrollPx);
  isReturn = false;
}

/** The page may still be loading: it is scrolled until it is as long as it was, or somebody scrolls it. */
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
  /** How many items were shown when one left this place. 0 for a place where one was never. */
  count: number;
  /** The items themselves; only their number outlives a reload. */
  list: List<T> | undefined;
  keep(list: List<T>): void;
};

/** A list at the place that is shown now. */
export function listHere<T>(name: string): KeptList<T> {
  const here = place();
  const key = `${entryNow()} ${here.path} ${name}`;
  const count = here.counts[name] ?? 0;
  return {
    count,
    list: count > 0 ? (lists.get(key) as List<T> | undefined) : undefined,
    keep: (list) => {
      here.counts[name] = list.items.length;
      lists.set(key, list);
    },
  };
}

/** Another account must not see them. */
export const forgetLists = (): void => lists.clear();

export function rememberPlaces(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    isReturn = true;
  });
  addEventListener('pagehide', () => {
    place().scrollPx = scrollY;
    tabStorage.set(STORED, JSON.stringify([...places]));
  });
}
