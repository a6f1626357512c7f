import { type ApiClient, ProblemError } from '#contract/client.ts';
import type { Secrets } from '../data/secrets.ts';
import { httpClient } from '../parts/api-client.ts';

export type DemoAccount = { username: string; password: string; holds: string };

type DemoOffer = NonNullable<Parameters<ApiClient['createOffer']>[0]>;
type DemoPaymentAccount = NonNullable<Parameters<ApiClient['addPaymentAccount']>[0]>;
type DemoPerson = {
  username: string;
  password: string;
  /** Where buyers of the offers pay. */
  paymentAccounts: DemoPaymentAccount[];
  offers: DemoOffer[];
};

const market = (marginBp: number) => ({ kind: 'market', marginBp }) as const;
const fixed = (fiatPerXmr: string) => ({ kind: 'fixed', fiatPerXmr }) as const;

const people = ({ DEMO_PASSWORD_ALICE, DEMO_PASSWORD_BOB }: Secrets): DemoPerson[] => [
  {
    username: 'alice',
    password: DEMO_PASSWORD_ALICE,
    paymentAccounts: [
      {
        method: 'sepa',
        label: 'Demo bank',
        // The example of the German IBAN in the registry of SWIFT, which belongs to nobody.
        fields: { name: 'Alice Demo', iban: 'DE89370400440532013000' },
      },
    ],
    offers: [
      {
        side: 'sell',
        currency: 'EUR',
        price: market(150),
        minFiat: '20.00',
        maxFiat: '400.00',
        methods: ['sepa', 'revolut'],
        terms: 'SEPA instant is quickest.',
        paymentWindowMinutes: 60,
      },
      {
        side: 'sell',
        currency: 'USD',
        price: fixed('171.50'),
        minFiat: '25.00',
        maxFiat: '500.00',
        methods: ['wise'],
        terms: 'I answer within the hour.',
        paymentWindowMinutes: 60,
      },
    ],
  },
  {
    username: 'bob',
    password: DEMO_PASSWORD_BOB,
    paymentAccounts: [],
    offers: [
      {
        side: 'buy',
        currency: 'EUR',
        price: market(-100),
        minFiat: '10.00',
        maxFiat: '300.00',
        methods: ['sepa'],
        terms: 'Buying a little every week.',
        paymentWindowMinutes: 60,
      },
      {
        side: 'sell',
        currency: 'CHF',
        price: market(50),
        minFiat: '30.00',
        maxFiat: '350.00',
        methods: ['twint'],
        paymentWindowMinutes: 60,
      },
    ],
  },
];

/**
 * Two accounts with XMR and a few offers, made through the API itself. Later starts find them again. An account that
 * cannot be prepared, such as one with a second factor, is listed with the reason.
 */
export async function prepareDemo(apiUrl: string, secrets: Secrets): Promise<DemoAccount[]> {
  const ready: DemoAccount[] = [];
  for (const person of people(secrets)) {
    const { username, password } = person;
    const holds = await prepareOne(apiUrl, person).catch(({ message }: Error) => `(${message})`);
    ready.push({ username, password, holds });
  }
  return ready;
}

async function prepareOne(apiUrl: string, person: DemoPerson): Promise<string> {
  const api = await signedIn(apiUrl, person.username, person.password);
  await api.drawFaucet({ amountXmr: '10' }, { idempotencyKey: 'demo-faucet' });
  const { items } = await api.listMyOffers();
  if (items.length === 0) await putOnMarket(api, person);
  return `${(await api.getWallet()).availableXmr} XMR`;
}

/** Creates the offers, with the payment accounts of their methods. */
async function putOnMarket(api: ApiClient, { paymentAccounts, offers }: DemoPerson): Promise<void> {
  const made = [];
  for (const account of paymentAccounts) made.push(await api.addPaymentAccount(account));
  for (const offer of offers) {
    const own = made.filter(({ method }) => offer.side === 'sell' && offer.methods.includes(method));
    await api.createOffer({ ...offer, paymentAccountIds: own.map(({ id }) => id) });
  }
}

/** Registers the name, or logs in if an earlier start has registered it. */
async function signedIn(apiUrl: string, username: string, password: string): Promise<ApiClient> {
  const api = httpClient(apiUrl);
  try {
    await api.registerAccount({ username, password });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'username_taken') throw error;
    const { status } = await api.logIn({ login: username, password });
    if (status !== 'signed_in') throw new Error(`${username} now has a second factor`);
  }
  return api;
}
