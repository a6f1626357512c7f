/** Networks whose coins are worth nothing. */
const playNetworks = ['regtest', 'stagenet', 'testnet'];

/** @throws an Error unless the name of every table contains `test` */
export function refuseOtherTables(names: string[]): void {
  const strangers = names.filter((name) => !/(^|-)test(-|$)/.test(name));
  if (strangers.length > 0) throw new Error(`Not a test's table: ${strangers.join(', ')}`);
}

/** @throws an Error unless the coins of the Monero network are worth nothing */
export function refuseRealMoney(network: string | undefined): void {
  if (!playNetworks.includes(network ?? ''))
    throw new Error(
      `Tests run on ${playNetworks.join(', ')} only, never on ${network ?? 'an unnamed network'}`,
    );
}
