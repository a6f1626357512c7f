import type { ChosenNotice } from '#core/notices/kinds.ts';
import { api } from '../api/client.ts';
import type { Notice } from '../api/things.ts';
import { t } from '../i18n/i18n.svelte.ts';
import { openPath } from '../routes.ts';
import { pageOf } from './pages.ts';
import { noticesTexts } from './texts.ts';

/** Notices that this tab has shown as notifications. */
const shown = new Set<Notice['id']>();

/** Shows the notices that came since this time as notifications of the browser, if their kinds are chosen. */
export async function showNoticesSince(sinceMs: number): Promise<void> {
  const [{ items }, { browser }] = await Promise.all([api.listNotices(), api.getNoticeSettings()]);
  const isWanted = ({ id, at, kind, read }: Notice) =>
    !read && Date.parse(at) > sinceMs && !shown.has(id) && browser.includes(kind as ChosenNotice);
  for (const notice of items.filter(isWanted).reverse()) show(notice);
}

function show(notice: Notice): void {
  shown.add(notice.id);
  // Every tab shows the notice with the same tag, so the browser shows one notification.
  const options = { body: noticesTexts().kinds[notice.kind], tag: notice.id };
  const notification = new Notification(t().shell.appName, options);
  notification.onclick = () => {
    window.focus();
    openPath(pageOf(notice));
    notification.close();
  };
}
