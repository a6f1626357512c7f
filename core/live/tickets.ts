import type { AccountId } from '../ids.ts';
import type { Slot } from './ports.ts';

/** The parts of a ticket. `secret` is used once. */
export type Ticket = Slot & { secret: string };

export const writeTicket = ({ accountId, slot, secret }: Ticket): string => `${accountId}.${slot}.${secret}`;

const FORM = /^([0-9a-z]{1,64})\.(\d{1,2})\.([\w-]{43})$/;

/** @returns `undefined` if the text has another form */
export function readTicket(text: string | undefined): Ticket | undefined {
  const [, accountId, slot, secret] = FORM.exec(text ?? '') ?? [];
  return secret ? { accountId: accountId as AccountId, slot: Number(slot), secret } : undefined;
}
