import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from '#core/paging.ts';
import { Refused } from './refused.ts';

/** The list and caller that a cursor belongs to. Any other request with it is refused. */
export type CursorScope = { operation: string; accountId?: string; filters: Record<string, unknown> };

/** Signs positions of a list, so that a client can use them for no other list, and cannot make up keys. */
export function cursors(key: Uint8Array) {
  const mark = (scope: CursorScope, position: string) => {
    const filters = Object.entries(scope.filters).sort(([a], [b]) => (a < b ? -1 : 1));
    const scoped = JSON.stringify([scope.operation, scope.accountId ?? '', filters, position], (_, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    return createHmac('sha256', key).update(scoped).digest();
  };
  const sealed = (scope: CursorScope, plain: string) =>
    `${Buffer.from(plain).toString('base64url')}.${mark(scope, plain).toString('base64url')}`;
  return {
    seal: (scope: CursorScope, position: Position): string => sealed(scope, JSON.stringify(position)),
    open(scope: CursorScope, cursor: string): Position {
      const plain = Buffer.from(cursor.split('.')[0]!, 'base64url').toString('utf8');
      // Compared as text, because decoders skip characters that are not base64, and a cursor has one spelling.
      const [given, expected] = [Buffer.from(cursor), Buffer.from(sealed(scope, plain))];
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new Refused('invalid_cursor');
      return JSON.parse(plain) as Position;
    },
  };
}

export type Cursors = ReturnType<typeof cursors>;
