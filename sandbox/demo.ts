import type { Secrets } from './secrets.ts';

export type DemoAccount = { username: string; password: string; holds: string };

type Session = {
  post: (path: string, body: object, key?: string) => Promise<Answer>;
  get: (path: string) => Promise<Answer>;
};
type Answer = { status: number; body: Record<string, unknown> };

const market = (marginBp: number) => ({ kind: 'market', marginBp });
const fixed = (fiatPerXmr: string) => ({ kind: 'fixed', fiatPerXmr });

const people = [
  {
    username: 'alice',
    secret: 'DEMO_PASSWORD_ALICE',
    offers: [
      offer('sell', 'EUR', market(150), '20.00', '400.00', ['sepa', 'revolut'], 'SEPA instant is quickest.'),
      offer('sell', 'USD', fixed('171.50'), '25.00', '500.00', ['wise'], 'I answer within the hour.'),
    ],
  },
  {
    username: 'bob',
    secret: 'DEMO_PASSWORD_BOB',
    offers: [
      offer('buy', 'EUR', market(-100), '10.00', '300.00', ['sepa'], 'Buying a little every week.'),
      offer('sell', 'CHF', market(50), '30.00', '350.00', ['twint'], undefined),
    ],
  },
] as const;

/**
 * Two accounts with XMR and a few offers, made through the API itself; found again at later starts. Whoever cannot
 * be made ready, as with a second factor since, is listed with the reason. One after the other, as people come.
 */
export async function prepareDemo(apiUrl: string, secrets: Secrets): Promise<DemoAccount[]> {
  const ready: DemoAccount[] = [];
  for (const { username, secret, offers } of people) {
    const password = secrets[secret];
    const holds = await prepareOne(apiUrl, { username, password, offers }).catch(
      ({ message }: Error) => `(${message})`,
    );
    ready.push({ username, password, holds });
  }
  return ready;
}

type Person = { username: string; password: string; offers: readonly object[] };

async function prepareOne(api: string, { username, password, offers }: Person): Promise<string> {
  const session = await signIn(api, username, password);
  const drawn = await session.post('/sandbox/faucet', { amountXmr: '10' }, 'demo-faucet');
  expectStatus(drawn, 200, 'the faucet');
  await offerOnce(session, offers);
  const { body } = await session.get('/wallet');
  return `${body.availableXmr} XMR`;
}

async function offerOnce(session: Session, offers: readonly object[]) {
  const mine = await session.get('/me/offers');
  if ((mine.body.items as unknown[]).length > 0) return;
  for (const one of offers) expectStatus(await session.post('/offers', one), 201, 'a sample offer');
}

/** Registers, or logs in where the name is taken since an earlier start. */
async function signIn(api: string, username: string, password: string): Promise<Session> {
  const anyone = sessionOf(api, '');
  const registered = await anyone.post('/auth/register', { username, password });
  if (registered.status === 201) return sessionOf(api, String(registered.body.accessToken));
  if (registered.body.code !== 'username_taken') expectStatus(registered, 201, `registering ${username}`);
  const loggedIn = await anyone.post('/auth/login', { login: username, password });
  expectStatus(loggedIn, 200, `logging ${username} in`);
  if (loggedIn.body.status !== 'signed_in') throw new Error(`${username} now has a second factor`);
  return sessionOf(api, String(loggedIn.body.accessToken));
}

function sessionOf(api: string, accessToken: string): Session {
  const authorization = accessToken ? { authorization: `Bearer ${accessToken}` } : undefined;
  const ask = async (method: string, path: string, body?: object, key?: string): Promise<Answer> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        ...authorization,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  };
  return { get: (path) => ask('GET', path), post: (path, body, key) => ask('POST', path, body, key) };
}

function expectStatus({ status, body }: Answer, wanted: number, what: string) {
  if (status !== wanted) throw new Error(`${what} answered ${status} ${JSON.stringify(body).slice(0, 300)}`);
}

function offer(
  side: 'buy' | 'sell',
  currency: string,
  price: object,
  minFiat: string,
  maxFiat: string,
  methods: string[],
  terms: string | undefined,
) {
  return { side, currency, price, minFiat, maxFiat, methods, terms, paymentWindowMinutes: 60 };
}
