import type { NoticeKind } from '#core/notices/kinds.ts';
import type { Notice } from '../api/things.ts';
import { p } from '../routes.ts';

/** Pages of kinds without a trade, withdrawal or deposit. The default is the page of the account. */
const PAGES: { readonly [kind in NoticeKind]?: string } = {
  payment_account_added: p('/account/payment'),
  payment_account_changed: p('/account/payment'),
  payment_account_removed: p('/account/payment'),
};

/** The path of the page that shows the subject of a notice. */
export function pageOf({ kind, tradeId, withdrawalId, depositId }: Notice): string {
  if (tradeId) return p('/trades/:tradeId', { params: { tradeId } });
  if (withdrawalId) return p('/wallet/withdrawals/:withdrawalId', { params: { withdrawalId } });
  return depositId ? p('/wallet') : (PAGES[kind] ?? p('/account'));
}
