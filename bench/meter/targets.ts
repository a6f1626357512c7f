/** The key of one write, before the stored item is read. */
export type Aim = { TableName: string; pk: string; sk: string; isCheck: boolean; transactional: boolean };

type Keyed = { TableName?: string; Item?: Record<string, unknown>; Key?: Record<string, unknown> };
type Part = { Put?: Keyed; Update?: Keyed; Delete?: Keyed; ConditionCheck?: Keyed };

const aimOf = ({ TableName = '', Item, Key }: Keyed, isCheck: boolean, transactional: boolean): Aim => {
  const { pk, sk } = (Item ?? Key ?? {}) as { pk: string; sk: string };
  return { TableName, pk, sk, isCheck, transactional };
};

const SINGLE = ['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand'];

/** The key of every item that a command writes or checks; empty for a reading command. */
export function aimsOf(command: string, input: object): Aim[] {
  if (SINGLE.includes(command)) return [aimOf(input as Keyed, false, false)];
  if (command !== 'TransactWriteItemsCommand') return [];
  const { TransactItems = [] } = input as { TransactItems?: Part[] };
  return TransactItems.map(({ Put, Update, Delete, ConditionCheck }) =>
    aimOf((Put ?? Update ?? Delete ?? ConditionCheck)!, ConditionCheck !== undefined, true),
  );
}
