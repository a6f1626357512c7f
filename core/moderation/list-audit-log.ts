import type { PageRequest } from '../paging.ts';
import type { ModerationPorts } from './ports.ts';
import { auditView } from './views.ts';

/** A page of the audit log, newest first. */
export const listAuditLog =
  ({ moderation }: Pick<ModerationPorts, 'moderation'>) =>
  async ({ page }: { page: PageRequest }) => {
    const { items, next } = await moderation.log(page);
    return { items: items.map(auditView), ...(next && { next }) };
  };
