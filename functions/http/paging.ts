import type { Page, PageRequest } from '#core/paging.ts';
import type { CursorScope, Cursors } from './cursor.ts';
import type { HttpContext, Layer } from './exchange.ts';

const DEFAULT_LIMIT = 20;

const filtersOf = ({ limit: _limit, cursor: _cursor, ...filters }: Record<string, unknown>) => filters;

const scopeOf = ({ route, caller, parsed }: HttpContext): CursorScope => ({
  operation: route.operation.name,
  ...(caller && { accountId: caller.accountId }),
  filters: filtersOf(parsed.query),
});

/** Turns `limit` and `cursor` of a list's query into a page request, and the position after a page into a cursor. */
export const paging = (cursors: Cursors): Layer => ({
  before: ({ context }) => {
    const { route, parsed } = context;
    if (!route.operation.paged) return;
    const { limit = DEFAULT_LIMIT, cursor } = parsed.query as { limit?: number; cursor?: string };
    const page: PageRequest = { limit };
    if (cursor !== undefined) page.after = cursors.open(scopeOf(context), cursor);
    parsed.input = { ...filtersOf(parsed.input), page };
  },
  after: (request) => {
    const { context, response } = request;
    if (!context.route.operation.paged) return;
    const { items, next } = response as Page<unknown>;
    request.response = { items, ...(next && { nextCursor: cursors.seal(scopeOf(context), next) }) };
  },
});
