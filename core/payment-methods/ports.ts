import type { FieldFormat } from './limits.ts';
import type { Field } from './payment-method.ts';

/** Checks what people type into the fields of a payment method. */
export interface FieldFormats {
  /**
   * The value as it is stored and shown to a payer, such as an IBAN without spaces or a phone number in E.164;
   * `undefined` if it does not have the format.
   *
   * @param value without blanks around it, and not empty
   */
  normal(format: FieldFormat, value: string, countries: Field['countries']): string | undefined;
}
