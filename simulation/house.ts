import type { Caller } from '#core/caller.ts';
import { newDepositAddress } from '#core/deposits/new-deposit-address.ts';
import { watchDeposits } from '#core/deposits/watch-deposits.ts';
import { resolveDispute } from '#core/disputes/resolve-dispute.ts';
import { deliverEvents } from '#core/events/deliver-events.ts';
import type { StoredEvent } from '#core/events/events.ts';
import type { AccountId, SessionId, WithdrawalId } from '#core/ids.ts';
import { closeOffer } from '#core/offers/close-offer.ts';
import { createOffer } from '#core/offers/create-offer.ts';
import { updateOffer } from '#core/offers/update-offer.ts';
import { isRefusal, refusal } from '#core/refusal.ts';
import { acceptCancellation } from '#core/trades/accept-cancellation.ts';
import { cancelTrade } from '#core/trades/cancel-trade.ts';
import { confirmPaymentReceived } from '#core/trades/confirm-payment-received.ts';
import { confirmPaymentSent } from '#core/trades/confirm-payment-sent.ts';
import { expireTrades } from '#core/trades/expire-trades.ts';
import { freeHolds } from '#core/trades/free-holds.ts';
import { getTrade } from '#core/trades/get-trade.ts';
import { openDispute } from '#core/trades/open-dispute.ts';
import { requestCancellation } from '#core/trades/request-cancellation.ts';
import { retractCancellation } from '#core/trades/retract-cancellation.ts';
import { startTrade } from '#core/trades/start-trade.ts';
import { getWallet } from '#core/wallet/get-wallet.ts';
import { listEntries } from '#core/wallet/list-entries.ts';
import { followWithdrawals } from '#core/withdrawals/follow-withdrawals.ts';
import { getWithdrawal } from '#core/withdrawals/get-withdrawal.ts';
import { payWhenReachable } from '#core/withdrawals/pay-when-reachable.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';
import type { Act, Operation, Request, Schedule } from './acts.ts';
import { TIMER_EVERY_MS } from './auditor/trades.ts';
import { accountIn } from './fakes.ts';
import { PEOPLE } from './people.ts';
import type { SimulatedWorld } from './world.ts';

/** The key that signs access tokens. Attackers do not know it. */
export const SIGNING_KEY = 'made at the deploy';

// biome-ignore lint/suspicious/noExplicitAny: requests are data, as they are behind the contract's parser.
type UseCase = (input: any, caller: Caller, call: any) => Promise<unknown>;

/** The operations whose answers are stored with a key. */
const KEYED: readonly Operation[] = ['startTrade', 'requestWithdrawal'];
const STARTED = 201;

const asText = (value: unknown) =>
  JSON.stringify(value, (_, held) => (typeof held === 'bigint' ? `${held}` : held));

/**
 * The entry points of the house. Requests pass the checks that they pass over HTTP (access token, role, idempotency
 * key), and schedules and messages start the same use cases.
 */
export function house({ ports }: SimulatedWorld, delivered: (event: StoredEvent) => void) {
  const page = { limit: 25 };
  const operations: Record<Operation, UseCase> = {
    createOffer: createOffer(ports),
    updateOffer: updateOffer(ports),
    closeOffer: closeOffer(ports),
    startTrade: startTrade(ports),
    confirmPaymentSent: confirmPaymentSent(ports),
    confirmPaymentReceived: confirmPaymentReceived(ports),
    cancelTrade: cancelTrade(ports),
    requestCancellation: requestCancellation(ports),
    acceptCancellation: acceptCancellation(ports),
    retractCancellation: retractCancellation(ports),
    openDispute: openDispute(ports),
    resolveDispute: resolveDispute(ports),
    getTrade: getTrade(ports),
    newDepositAddress: newDepositAddress(ports),
    getWallet: getWallet(ports),
    listEntries: (input, caller) => listEntries(ports)({ ...input, page }, caller),
    requestWithdrawal: requestWithdrawal(ports),
    getWithdrawal: getWithdrawal(ports),
  };
  const schedules: Record<Schedule, () => Promise<unknown>> = {
    watchDeposits: watchDeposits(ports),
    followWithdrawals: followWithdrawals(ports),
    expireTrades: () => expireTrades(ports)({ everyMs: TIMER_EVERY_MS }),
    freeHolds: freeHolds(ports),
    deliverEvents: deliverEvents({ ...ports, subscribers: [async (event) => delivered(event)] }),
  };
  const pay = payWhenReachable(ports);

  /** The stored answer of an idempotency key, or the answer of the use case if the key is new. */
  async function keyed({ operation, key = '', input }: Request, caller: Caller): Promise<unknown> {
    const { code: _, ...rest } = input;
    const intent = { accountId: caller.accountId, operation, key, fingerprint: asText(rest) };
    const before = async () => {
      const row = await ports.rows.find(intent);
      if (!row) return undefined;
      return row.fingerprint === intent.fingerprint
        ? JSON.parse(row.body)
        : refusal('idempotency_key_reused');
    };
    const known = await before();
    if (known) return known;
    const remember = (view: unknown) => ({ ...intent, status: STARTED, body: asText(view) });
    const answer = await operations[operation](input, caller, { remember });
    return isRefusal(answer) ? ((await before()) ?? answer) : answer;
  }

  async function answer(request: Request): Promise<unknown> {
    const account = accountIn(request.token, SIGNING_KEY);
    const person = account === undefined ? undefined : PEOPLE.get(account);
    if (!person) return refusal('session_ended');
    const { operation, input } = request;
    const { role } = person;
    if (operation === 'resolveDispute' && role !== 'moderator') return refusal('not_allowed');
    const caller = { accountId: person.name as AccountId, sessionId: 'session' as SessionId };
    if (KEYED.includes(operation)) return keyed(request, caller);
    return operations[operation](input, caller, { role });
  }

  return (act: Act): Promise<unknown> => {
    if (act.kind === 'request') return answer(act);
    return act.kind === 'message' ? pay(act.withdrawalId as WithdrawalId) : schedules[act.name]();
  };
}
