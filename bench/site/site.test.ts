import { theSandbox } from '#tests/helpers/sandbox.ts';
import { expected, overCeilings, refuseChanges } from '../expected/expected.ts';
import { figuresOf, firstLoads } from './first-loads.ts';
import { preparePages } from './pages.ts';

const VISITING_MS = 120_000;

test(
  'no page asks for more files and bytes at its first load than is expected',
  async () => {
    const { apiUrl, siteUrl } = theSandbox();
    const loads = await firstLoads(siteUrl, await preparePages(apiUrl));
    // Lists the addresses by page, because a count would not name the hosts.
    expect(
      loads.flatMap(({ page, elsewhere }) => elsewhere.map((address) => `${page} asks ${address}`)),
    ).toEqual([]);
    refuseChanges('site', overCeilings(expected<Record<string, number>>('site'), figuresOf(loads)));
  },
  VISITING_MS,
);
