import type { Messages } from '../messages.ts';
import { account } from './account.ts';
import { base } from './base.ts';
import { moderation } from './moderation.ts';
import { notices } from './notices.ts';
import { offers } from './offers.ts';
import { payment } from './payment.ts';
import { rates } from './rates.ts';
import { reputation } from './reputation.ts';
import { session } from './session.ts';
import { talk } from './talk.ts';
import { trade } from './trade.ts';
import { wallet } from './wallet.ts';

export const fr = {
  ...base,
  account,
  session,
  moderation,
  notices,
  offers,
  payment,
  rates,
  reputation,
  talk,
  trade,
  wallet,
} satisfies Messages;
