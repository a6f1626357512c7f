import type { Field, PaymentMethod } from './payment-method.ts';
import { PAYMENT_METHODS } from './payment-methods.ts';

const fieldView = ({ name, label, format, required }: Field) => ({ name, label, format, required });

const methodView = ({ id, name, fields, currencies, usualMinutes }: PaymentMethod) => ({
  id,
  name,
  fields: fields.map(fieldView),
  ...(currencies !== undefined && { currencies: [...currencies] }),
  usualMinutes,
});

const items = PAYMENT_METHODS.map(methodView);

/** The known payment methods with their fields. It reads no store. */
export const listPaymentMethods = async () => ({ items });
