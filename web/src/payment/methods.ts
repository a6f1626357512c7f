import { api } from '../api/client.ts';
import { Resource } from '../api/resource.svelte.ts';
import type { KnownPaymentMethod, PaymentAccount } from '../api/things.ts';
import { currentLanguage } from '../i18n/i18n.svelte.ts';

/** The known payment methods. Call this during component initialization. */
export const knownMethods = (): Resource<KnownPaymentMethod[]> =>
  new Resource(async () => (await api.listPaymentMethods()).items);

/** The person's payment accounts. Call this during component initialization. */
export const ownAccounts = (): Resource<PaymentAccount[]> =>
  new Resource(async () => (await api.listPaymentAccounts()).items);

/** The translated label of a method's field; its name until the methods are known. */
export function fieldLabel(methods: KnownPaymentMethod[] | undefined, method: string, name: string): string {
  const field = methods?.find(({ id }) => id === method)?.fields.find((one) => one.name === name);
  return field?.label[currentLanguage()] ?? name;
}
