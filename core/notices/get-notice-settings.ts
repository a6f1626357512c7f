import type { Caller } from '../caller.ts';
import type { Notices } from './ports.ts';
import { USUAL_SETTINGS } from './settings.ts';

/** The kinds of notices that the caller gets by mail and by the browser. */
export const getNoticeSettings =
  ({ notices }: { notices: Pick<Notices, 'settings'> }) =>
  async (_input: unknown, { accountId }: Caller) => {
    const { email, browser } = (await notices.settings(accountId)) ?? USUAL_SETTINGS;
    return { email: [...email], browser: [...browser] };
  };
