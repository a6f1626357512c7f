import { randomBytes } from 'node:crypto';
import { httpClient } from '#sandbox/parts/api-client.ts';
import { aKey } from '../callers/caller.ts';
import { TERMS } from '../cost/people.ts';

export type Visits = {
  account: { username: string; password: string };
  /** The pages by name, with their paths, and whether they need a login. */
  pages: { name: string; path: string; signedIn: boolean }[];
};

/** The registration of a new person. */
export const newcomer = () => ({
  username: `bench-${randomBytes(6).toString('hex')}`,
  password: `correct horse battery ${randomBytes(6).toString('hex')}`,
});

/** Two people who trade and pay each other over the API, so that every page has something to show. */
export async function preparePages(apiUrl: string): Promise<Visits> {
  const account = newcomer();
  const [seller, buyer] = [httpClient(apiUrl), httpClient(apiUrl)];
  await seller.registerAccount(account);
  await buyer.registerAccount(newcomer());
  await seller.drawFaucet({ amountXmr: '10' }, aKey());
  const { id: offerId } = await seller.createOffer(TERMS);
  const { id: tradeId } = await buyer.startTrade({ offerId, amountXmr: '1' }, aKey());
  const { depositAddress = '' } = await buyer.getWallet();
  const asked = { address: depositAddress, amountXmr: '1' };
  const { id: withdrawalId } = await seller.requestWithdrawal(asked, aKey());
  const open = (name: string, path = name) => ({ name, path, signedIn: false });
  const own = (name: string, path = name) => ({ name, path, signedIn: true });
  return {
    account,
    pages: [
      open('/'),
      open('/sign-in'),
      open('/sign-up'),
      open('/offers/:offerId', `/offers/${offerId}`),
      own('/offers/new'),
      own('/offers/:offerId/edit', `/offers/${offerId}/edit`),
      own('/my/offers'),
      own('/my/trades'),
      own('/trades/:tradeId', `/trades/${tradeId}`),
      own('/wallet'),
      own('/wallet/withdrawals/:withdrawalId', `/wallet/withdrawals/${withdrawalId}`),
      own('/account'),
      own('/notices'),
    ],
  };
}
