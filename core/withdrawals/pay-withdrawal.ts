import { networkMismatch } from '../chain/network-mismatch.ts';
import type { Network } from '../chain/networks.ts';
import type { HaltRows } from '../halts/ports.ts';
import type { Ids, WithdrawalId } from '../ids.ts';
import { type Instant, later, SECOND_MS } from '../time.ts';
import { isUnavailable } from '../unavailable.ts';
import { totalOf } from './moves.ts';
import type { HouseWallet, PayerLease, PaymentOrder } from './ports.ts';
import { type RecoverPorts, recoverPrepared } from './recover-prepared.ts';
import { fail, locate, prepare } from './transitions.ts';
import type { Queued, SignedPayment, WithdrawalFailure } from './withdrawals.ts';

export type PayPorts = RecoverPorts & {
  wallet: HouseWallet;
  halts: HaltRows;
  lease: PayerLease;
  ids: Ids;
  network: Network;
};

/** Upper bound of one payment. A crashed payer's lease expires after this. */
export const LEASE_MS = 60 * SECOND_MS;
/** Upper bound of relaying. Relaying does not begin if the lease ends sooner. */
const RELAY_MS = 15 * SECOND_MS;

/**
 * `done`: the message needs nothing more. `left`: the withdrawal stays `queued` or `prepared` until the chain changes,
 * and the schedule tries it again. `retry`: a part is unavailable or another payer is at work, so a try within seconds
 * may succeed.
 */
export type PayOutcome = 'done' | 'left' | 'retry';

/**
 * Pays one withdrawal exactly once, even if the process dies at any point. The numbers are those of
 * docs/adr/0012-exactly-once-payouts.md. If the process dies after
 *
 * 1. taking the lease: the next payer waits until the lease expires.
 * 2. settling the payment in doubt: nothing new has begun.
 * 3. preparing (signing without relaying): the transaction is lost, nobody has seen it, and another one is signed.
 * 4. storing it as `prepared`: the payment is in doubt, and step 2 of the next payer sends the same transaction.
 * 5. relaying it once (or if the reply is lost): the payment is in doubt, and step 2 finds it at the node.
 * 6. storing it as `broadcast`: the schedule follows it.
 *
 * @param holder name of this payer in the lease; a holder may take its own lease again
 * @throws every error but `Unavailable`. Such an error is a fault, and its message goes to the dead letters
 */
export const payWithdrawal =
  (ports: PayPorts) =>
  async (id: WithdrawalId, holder = ports.ids.next<string>()): Promise<PayOutcome> => {
    try {
      return await payUnderLease(id, holder, ports);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      ports.log.warn('payment waits', { withdrawalId: id, why: 'a part cannot be reached', error });
      return 'retry';
    }
  };

async function payUnderLease(id: WithdrawalId, holder: string, ports: PayPorts): Promise<PayOutcome> {
  const lease = await ports.lease.take(holder, LEASE_MS);
  if (!lease) return 'retry';
  try {
    if (lease.prepared && !(await recoverPrepared(ports)(lease.prepared))) return 'left';
    const withdrawal = await ports.withdrawals.get(id);
    if (!withdrawal) throw new Error(`there is no withdrawal ${id}`);
    if (withdrawal.state !== 'queued') return 'done';
    return await pay(withdrawal, { holder, until: lease.until }, ports);
  } finally {
    await ports.lease.release(holder);
  }
}

async function pay(
  w: Queued,
  lease: { holder: string; until: Instant },
  ports: PayPorts,
): Promise<PayOutcome> {
  const { withdrawals, wallet, node, log, clock } = ports;
  const mismatch = await wrongNetwork(ports);
  if (mismatch) return left(`the ${mismatch} is of another network`);
  // Read under the lease, and before a transaction exists. A payment that is prepared is finished in any case.
  if ((await ports.halts.read()).payouts) return left('payouts are halted');
  const payment = await wallet.prepare(orderOf(w));
  if (payment === 'not_payable_now') return left(payment);
  // The payment was neither persisted nor relayed, so it can never be mined and the holds may go back.
  if (payment === 'address_refused') return giveUp(w, payment, ports);
  if (payment === 'fee_above_maximum') return giveUp(w, 'fee_above_quote', ports);
  expectAsOrdered(payment, w);
  // The wallet may not yet know payments that the node sent, and may have chosen their coins.
  if ((await node.spentBy(payment.keyImages)) !== 'nothing') return left('coins_in_use');

  const prepared = prepare(w, payment, clock.now());
  const refused = await withdrawals.saveAsPrepared(prepared, lease.holder);
  if (refused) return left(refused);
  if (later(clock.now(), RELAY_MS) > lease.until) return left('lease_runs_out');
  try {
    await wallet.relay(payment);
  } catch (error) {
    log.warn('payment in doubt', { withdrawalId: w.id, error });
    return (await recoverPrepared(ports)(w.id)) ? 'done' : 'left';
  }
  await withdrawals.save(locate(prepared.to, undefined, clock.now()));
  log.info('paid', { withdrawalId: w.id, txid: payment.txid });
  return 'done';

  function left(why: string): PayOutcome {
    log.warn('payment waits', { withdrawalId: w.id, why });
    return 'left';
  }
}

async function wrongNetwork({ node, wallet, network }: PayPorts) {
  const { network: nodeNetwork } = await node.status();
  return networkMismatch(network, { nodeNetwork, walletAddress: await wallet.primaryAddress() });
}

const orderOf = (w: Queued): PaymentOrder => ({
  address: w.address,
  amountPiconero: w.max ? totalOf(w) : w.amountPiconero,
  feeIncluded: w.max === true,
  maximumFeePiconero: w.feeHeldPiconero,
});

/** @throws if the wallet signed another payment, which is then neither persisted nor relayed */
function expectAsOrdered({ amountPiconero, feePiconero }: SignedPayment, w: Queued): void {
  const isAmountRight = w.max
    ? amountPiconero + feePiconero <= totalOf(w)
    : amountPiconero === w.amountPiconero;
  if (!isAmountRight || feePiconero > w.feeHeldPiconero)
    throw new Error(`the wallet signed another payment than withdrawal ${w.id} is`);
}

/** Fails the withdrawal and gives everything back. Only for a payment that was never persisted. */
async function giveUp(w: Queued, failureCode: WithdrawalFailure, ports: PayPorts): Promise<PayOutcome> {
  const refused = await ports.withdrawals.save(fail(w, failureCode, ports.clock.now()));
  ports.log.warn('withdrawal failed', { withdrawalId: w.id, failureCode });
  return refused ? 'left' : 'done';
}
