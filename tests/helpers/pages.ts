import type { Page, PageRequest } from '#core/paging.ts';

/** More items than any test stores. */
const ENDLESS = 1_000;

/** Everything of a list that is read page by page. Each page must be within the limit, and the last one name no next. */
export async function inPages<T>(
  list: (input: { page: PageRequest }) => Promise<Page<T>>,
  limit: number,
): Promise<T[]> {
  const all: T[] = [];
  let after: PageRequest['after'];
  do {
    const page = await list({ page: { limit, ...(after && { after }) } });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    expect(Object.keys(page)).toEqual(page.next ? ['items', 'next'] : ['items']);
    all.push(...page.items);
    if (all.length > ENDLESS) throw new Error('the pages do not end');
    after = page.next;
  } while (after);
  return all;
}
