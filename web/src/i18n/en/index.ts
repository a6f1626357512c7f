import { account, session } from './account.ts';
import { market, methods } from './market.ts';
import { moderation } from './moderation.ts';
import { offers } from './offers.ts';
import { payment } from './payment.ts';
import { faults, problems } from './problems.ts';
import { rates } from './rates.ts';
import { shell } from './shell.ts';
import { talk } from './talk.ts';
import { trade } from './trade.ts';
import { wallet } from './wallet.ts';

export const en = {
  shell,
  session,
  account,
  market,
  methods,
  moderation,
  offers,
  payment,
  rates,
  talk,
  trade,
  wallet,
  problems,
  faults,
};
