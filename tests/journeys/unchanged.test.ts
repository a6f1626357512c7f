import { exchange } from '#tests/helpers/exchange.ts';
import { type Person, person } from '#tests/helpers/person.ts';
import { aTrade } from '#tests/helpers/trade.ts';

const read = (who: Person, path: string, etag?: string) =>
  exchange('GET', path, {
    headers: {
      authorization: `Bearer ${who.keys.accessToken}`,
      ...(etag !== undefined && { 'if-none-match': etag }),
    },
  });
const etagOf = ({ headers }: { headers: Headers }) => headers.get('etag') ?? '';

test('a trade, an offer and a wallet that did not change are answered with 304 and no body', async () => {
  const { seller, buyer, trade } = await aTrade({ amountXmr: '1', sellerStartsWith: '2' });
  for (const path of [`/trades/${trade.id}`, `/offers/${trade.offerId}`, '/wallet']) {
    const first = await read(seller, path);
    expect(first).toMatchObject({ status: 200, body: expect.any(Object) });
    for (const etag of [etagOf(first), `"other", ${etagOf(first)}`, etagOf(first).replace('W/', ''), '*'])
      expect(await read(seller, path, etag)).toMatchObject({ status: 304, body: undefined });
    expect(await read(seller, path, '"other"')).toMatchObject({ status: 200, body: first.body });
  }
  const [before, balance] = [await read(seller, `/trades/${trade.id}`), await read(seller, '/wallet')];
  await buyer.cancelTrade({ tradeId: trade.id });
  expect(await read(seller, `/trades/${trade.id}`, etagOf(before))).toMatchObject({
    status: 200,
    body: { state: 'cancelled' },
  });
  expect(await read(seller, '/wallet', etagOf(balance))).toMatchObject({ status: 200 });
});

test('a tag opens nothing: its thing is shown to those who may see it', async () => {
  const { seller, buyer, trade } = await aTrade({ amountXmr: '1', sellerStartsWith: '2' });
  const path = `/trades/${trade.id}`;
  const etag = etagOf(await read(seller, path));
  const stranger = await person();
  for (const tag of [etag, '*']) {
    expect(await read(stranger, path, tag)).toMatchObject({ status: 404 });
    expect(await exchange('GET', path, { headers: { 'if-none-match': tag } })).toMatchObject({ status: 401 });
  }
  // The other party reads another role.
  expect(await read(buyer, path, etag)).toMatchObject({ status: 200, body: { role: 'buyer' } });
});
