import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from '#core/paging.ts';
import { Refused } from './refused.ts';

/** What a cursor belongs to: it is refused anywhere else. */
export type CursorScope = { operation: string; accountId?: string; filters: Record<string, unknown> };

/** Signs positions of a list, so that a client can neither read on in another list nor name keys of its own. */
export function cursors(key: Uint8Array) {
  const mark = (scope: CursorScope, position: string) => {
    const filters = Object.entries(scope.filters).sort(([a], [b]) => (a < b ? -1 : 1));
    const scoped = JSON.stringify([scope.operation, scope.accountId ?? '', filters, position], (_, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    return createHmac('sha256', key).update(scoped).digest();
  };
  return {
    seal(scope: CursorScope, position: Position): string {
      const plain = JSON.stringify(position);
      return `${Buffer.from(plain).toString('base64url')}.${mark(scope, plain).toString('base64url')}`;
    },
    open(scope: CursorScope, cursor: string): Position {
      const [plain = '', given = ''] = cursor
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      const expected = mark(scope, plain);
      const mac = Buffer.from(given, 'latin1');
      if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
        throw new Refused('invalid_cursor');
      return JSON.parse(plain) as Position;
    },
  };
}

export type Cursors = ReturnType<typeof cursors>;
