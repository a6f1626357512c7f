import type { Fault } from './fault.ts';

/** Faults in the ledger, in payouts and deposits, among them those of the older system. */
export const MONEY_FAULTS: readonly Fault[] = [
  {
    name: 'open-wallet',
    description: 'the older system: the wallet pays for the account that the body names',
    patches: [
      {
        file: 'core/withdrawals/request-withdrawal.ts',
        search: 'begin(request, caller.accountId, priced, ports)',
        replace:
          'begin(request, (request as { accountId?: AccountId }).accountId ?? caller.accountId, priced, ports)',
      },
    ],
    finds: 'own-account',
  },
  {
    name: 'open-ledger',
    description: 'the older system: the ledger is open to any caller',
    patches: [
      {
        file: 'core/wallet/list-entries.ts',
        search: '{ page: { after, limit } }: { page: PageRequest }, { accountId }: Caller) => {',
        replace: `input: { page: PageRequest; accountId?: Caller['accountId'] }, caller: Caller) => {
    const { page: { after, limit }, accountId = caller.accountId } = input;`,
      },
    ],
    finds: 'hidden-data',
  },
  {
    name: 'never-debited',
    description: 'the older system: a withdrawal is not taken from the balance',
    patches: [
      {
        file: 'core/withdrawals/moves.ts',
        search: 'w.max ? [ofWholeBalance(hold(amountHold(w)))] : [hold(amountHold(w)), hold(feeHold(w))];',
        replace: '[];',
      },
    ],
    finds: 'held',
  },
  {
    name: 'paid-again',
    description: 'the older system: a payment whose reply was lost is made again',
    patches: [
      {
        file: 'core/withdrawals/pay-withdrawal.ts',
        search: "return (await recoverPrepared(ports)(w.id)) ? 'done' : 'left';",
        replace: "await withdrawals.save(requeue(prepared.to, clock.now()));\n    return 'left';",
      },
      {
        file: 'core/withdrawals/pay-withdrawal.ts',
        search: 'import { fail, locate, prepare }',
        replace: 'import { fail, locate, prepare, requeue }',
      },
    ],
    finds: 'paid-once',
  },
  {
    name: 'default-signing-key',
    description: 'the older system: access tokens are signed with a key that everybody can read',
    patches: [
      {
        file: 'simulation/house.ts',
        search: "SIGNING_KEY = 'made at the deploy'",
        replace: "SIGNING_KEY = 'changeme'",
      },
    ],
    finds: 'own-account',
  },
  {
    name: 'balance-race',
    description: 'the older system: the balance is read and checked, and then written without a condition',
    patches: [
      {
        file: 'adapters/memory/books.ts',
        search: 'return isWhole ? availablePiconero !== -available : availablePiconero < -available;',
        replace: 'return false;',
      },
      {
        file: 'core/withdrawals/price.ts',
        search: "if (priced.amountPiconero <= 0n) return refusal('insufficient_funds');",
        replace:
          "if (priced.amountPiconero <= 0n || priced.amountPiconero + priced.feePiconero > (await available())) return refusal('insufficient_funds');",
      },
    ],
    finds: 'not-negative',
  },
  {
    name: 'swept-deposit',
    description: 'the older system: a credited deposit is lost when the sweep moves its coins',
    patches: [
      {
        file: 'core/deposits/read-deposits.ts',
        search: 'credited.has(id) && credited.get(id) === minedHeight;',
        replace: 'false && minedHeight === 0;',
      },
      {
        file: 'core/deposits/transitions.ts',
        search: "deep: { to: 'credited' },",
        replace: "deep: { to: 'reversed', ledger: 'reverse', event: 'deposit_reversed' },",
      },
    ],
    finds: 'credited-once',
  },
  {
    name: 'relayed-before-stored',
    description: 'a payment is relayed before it is stored',
    patches: [
      {
        file: 'core/withdrawals/pay-withdrawal.ts',
        search: 'const prepared = prepare(w, payment, clock.now());',
        replace: 'await wallet.relay(payment);\n  const prepared = prepare(w, payment, clock.now());',
      },
    ],
    finds: 'paid-once',
  },
  {
    name: 'refund-in-doubt',
    description: 'a payment that the node does not know at once is given up',
    patches: [
      {
        file: 'core/withdrawals/fate.ts',
        search: "if (fate.is === 'rival') {",
        replace:
          "if (w.state === 'broadcast' && fate.is === 'pool') return requeue(w, now);\n  if (fate.is === 'rival') {",
      },
    ],
    finds: 'paid-once',
  },
  {
    name: 'fee-kept',
    description: 'the house keeps what a fee did not use',
    patches: [
      {
        file: 'core/withdrawals/moves.ts',
        search: '[post(amountHold(w), at), post(feeHold(w), at, w.feePiconero)]',
        replace: '[post(amountHold(w), at), post(feeHold(w), at)]',
      },
    ],
    finds: 'balances',
  },
  {
    name: 'fee-of-any-size',
    description: 'the fee that is held does not bound the fee of the transaction',
    patches: [
      {
        file: 'core/withdrawals/fee.ts',
        search: 'const INPUT_WEIGHT = 680n;',
        replace: 'const INPUT_WEIGHT = 6_800_000n;',
      },
    ],
    finds: 'fee-bounded',
  },
  {
    name: 'half-a-posting',
    description: 'a posted part leaves the payer, and the whole reaches the payee',
    patches: [
      {
        file: 'core/ledger/balances.ts',
        search: "if (move.step === 'transfer' || move.step === 'post') add(credit, moved, 0n);",
        replace: "if (move.step === 'transfer' || move.step === 'post') add(credit, held, 0n);",
      },
    ],
    finds: 'sum-zero',
  },
  {
    name: 'payment-without-code',
    description: 'a withdrawal needs no second factor',
    patches: [
      {
        file: 'core/withdrawals/request-withdrawal.ts',
        search:
          'ports.stepUp(caller, answerIn({ code, passkey }), (proof) =>\n      addWithdrawal(request, caller, { remember, proof }, ports),\n    );',
        replace: 'addWithdrawal(request, caller, { remember, proof: undefined }, ports);',
      },
    ],
    finds: 'second-factor',
  },
  {
    name: 'forgotten-key',
    description: 'an idempotency key is not stored with its effect',
    patches: [
      { file: 'adapters/memory/books.ts', search: 'if (row) remembered.set(rowKey(row), row);', replace: '' },
    ],
    finds: 'one-effect-per-key',
  },
  {
    name: 'payouts-during-a-halt',
    description: 'a payment that was decided before a halt is signed after it',
    patches: [
      {
        file: 'adapters/memory/withdrawals.ts',
        search: "if (halts.now().payouts) return 'halted';",
        replace: '',
      },
    ],
    finds: 'halted',
  },
  {
    name: 'credited-at-once',
    description: 'a deposit is credited with its first confirmations',
    patches: [
      {
        file: 'core/deposits/transitions.ts',
        search: 'height - sighting.minedHeight >= CONFIRMATIONS_NEEDED',
        replace: 'height - sighting.minedHeight >= 2',
      },
      {
        file: 'core/deposits/transitions.ts',
        search: 'isDeep && !sighting.isLocked',
        replace: 'isDeep',
      },
    ],
    finds: 'credited-once',
  },
  {
    name: 'wallet-decides',
    description: 'a deposit that the wallet has forgotten is taken back without asking the node',
    patches: [
      {
        file: 'core/deposits/read-deposits.ts',
        search: 'const found = await node.find(deposit.txid);',
        replace:
          "const found = (await node.status()).height > 0 ? { in: 'nowhere' as const } : await node.find(deposit.txid);",
      },
    ],
    finds: 'credited-once',
  },
  {
    name: 'forgotten-subaddresses',
    description: 'a restored wallet does not learn the subaddresses again that were handed out',
    patches: [
      {
        file: 'core/deposits/watch-deposits.ts',
        search: 'if (count === undefined || !(await hasForgotten(ports.wallet, count))) return state;',
        replace: 'if (count !== -1) return state;',
      },
    ],
    finds: 'settles',
  },
  {
    name: 'never-sent-again',
    description: 'a withdrawal whose message was lost gets no other one',
    patches: [
      {
        file: 'core/withdrawals/follow-withdrawals.ts',
        search: 'const waiting = items.filter(({ sentAt }) => sentAt <= before);',
        replace: 'const waiting = items.filter(({ sentAt }) => sentAt < 0 && sentAt <= before);',
      },
    ],
    finds: 'settles',
  },
  {
    name: 'unused-addresses',
    description: 'one account may take the whole pool of addresses',
    patches: [
      {
        file: 'core/deposits/limits.ts',
        search: 'export const MAX_UNUSED_ADDRESSES = 20;',
        replace: 'export const MAX_UNUSED_ADDRESSES = 2_000;',
      },
    ],
    finds: 'limits',
  },
  {
    name: 'broken-promise',
    description: 'an address that a wallet refuses stops the payer with an error',
    patches: [
      {
        file: 'core/withdrawals/pay-withdrawal.ts',
        search: "if (withdrawal.state !== 'queued') return 'done';",
        replace: "if (withdrawal.state !== 'queued') throw new Error('paid already');",
      },
    ],
    finds: 'no-errors',
  },
];
