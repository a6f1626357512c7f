/** The store, in which `act` happens between the first reading of a thing and the use of what was read. */
export function overtakenBy<Id, Thing, Store extends { get(id: Id): Promise<Thing> }>(
  store: Store,
  act: () => Promise<unknown>,
): Store {
  let hasActed = false;
  return {
    ...store,
    async get(id: Id) {
      const read = await store.get(id);
      if (!hasActed) {
        hasActed = true;
        await act();
      }
      return read;
    },
  };
}
