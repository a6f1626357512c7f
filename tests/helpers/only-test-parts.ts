/** Networks whose coins are worth nothing. */
const playNetworks = ['regtest', 'stagenet', 'testnet'];

/** Throws unless every table says by its name that it is a test's. */
export function refuseOtherTables(names: string[]): void {
  const strangers = names.filter((name) => !/(^|-)test(-|$)/.test(name));
  if (strangers.length > 0) throw new Error(`Not a test's table: ${strangers.join(', ')}`);
}

/** Throws unless the Monero network is one for play. */
export function refuseRealMoney(network: string | undefined): void {
  if (!playNetworks.includes(network ?? ''))
    throw new Error(
      `Tests run on ${playNetworks.join(', ')} only, never on ${network ?? 'an unnamed network'}`,
    );
}
