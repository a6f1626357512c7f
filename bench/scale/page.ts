import { httpClient } from '#sandbox/parts/api-client.ts';
import { load, summaryOf } from '../latency/load.ts';

const CALLS = 96;

/** Times the market's first page over HTTP, without a login: p50 in ms and pages per second, by number of clients. */
export async function pageOverHttp(apiUrl: string, size: number): Promise<Record<string, number>> {
  const anybody = httpClient(apiUrl);
  const page = () => anybody.listOffers({ side: 'sell', currency: 'EUR', sort: 'price' });
  for (let n = 0; n < 5; n++) await page();
  const found: Record<string, number> = {};
  for (const clients of [1, 16]) {
    const { p50, aSecond } = summaryOf([await load(clients, CALLS / clients, async () => {}, page)]);
    found[`page ${size} ${clients} ms`] = p50;
    found[`page ${size} ${clients} a second`] = aSecond;
  }
  return found;
}
