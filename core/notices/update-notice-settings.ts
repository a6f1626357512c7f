import type { Caller } from '../caller.ts';
import { getNoticeSettings } from './get-notice-settings.ts';
import type { Notices } from './ports.ts';
import type { NoticeSettings } from './settings.ts';

/** Replaces the kinds that the caller gets by mail, by the browser, or both. What is left out stays. */
export const updateNoticeSettings =
  (ports: { notices: Pick<Notices, 'settings' | 'saveSettings'> }) =>
  async ({ email, browser }: Partial<NoticeSettings>, caller: Caller) => {
    const before = await getNoticeSettings(ports)({}, caller);
    const unique = <T>(kinds: readonly T[]) => [...new Set(kinds)];
    const settings = { email: unique(email ?? before.email), browser: unique(browser ?? before.browser) };
    await ports.notices.saveSettings(caller.accountId, settings);
    return settings;
  };
