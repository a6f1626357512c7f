import { dynamoPaymentAccounts } from '#adapters/dynamodb/payment-accounts.ts';
import { fieldFormats } from '#adapters/payment-formats/field-formats.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import * as contract from '#contract/payment-accounts.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { addPaymentAccount } from '#core/payment-accounts/add-payment-account.ts';
import { listPaymentAccounts } from '#core/payment-accounts/list-payment-accounts.ts';
import { removePaymentAccount } from '#core/payment-accounts/remove-payment-account.ts';
import { updatePaymentAccount } from '#core/payment-accounts/update-payment-account.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { httpApi } from '../http/http-api.ts';
import { SECOND_FACTOR_SETTINGS, secondFactorPorts } from '../second-factor.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...SECOND_FACTOR_SETTINGS,
  'PAYMENT_ACCOUNTS_TABLE',
  'PAYMENT_DETAILS_KEY',
  ...EVENT_SETTINGS,
]);
const ports = {
  paymentAccounts: dynamoPaymentAccounts(
    client,
    { paymentAccounts: config.PAYMENT_ACCOUNTS_TABLE, secondFactors: config.SECOND_FACTORS_TABLE },
    storeParts(config),
  ),
  fieldFormats,
  detailsCipher: aesGcm(config.PAYMENT_DETAILS_KEY),
  stepUp: stepUp(secondFactorPorts(config)),
  clock,
  ids,
};

export const handler = httpApi(
  contract,
  {
    addPaymentAccount: addPaymentAccount(ports),
    listPaymentAccounts: listPaymentAccounts(ports),
    updatePaymentAccount: updatePaymentAccount(ports),
    removePaymentAccount: removePaymentAccount(ports),
  },
  httpDependencies(config),
);
