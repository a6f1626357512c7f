import { dynamoSecondFactors } from '#adapters/dynamodb/second-factors.ts';
import { dynamoBuckets } from '#adapters/dynamodb/sessions-throttle.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { otplibTotp } from '#adapters/totp/otplib-totp.ts';
import { simpleWebAuthn } from '#adapters/webauthn/simple-webauthn.ts';
import type { SecondFactorPorts } from '#core/accounts/ports.ts';
import { unlimited } from '#core/accounts/throttle.ts';
import { client, clock } from './composition.ts';
import { type Config, throttleIsOn } from './config.ts';

/** Settings of the functions that check codes. */
export const SECOND_FACTOR_SETTINGS = ['SECOND_FACTORS_TABLE', 'TOTP_KEY', 'SITE_ORIGIN'] as const;

/** The ports that check codes, for sign-ins and for steps that need the second factor again. */
export function secondFactorPorts(
  config: Config<(typeof SECOND_FACTOR_SETTINGS)[number]>,
): SecondFactorPorts {
  return {
    factors: dynamoSecondFactors(client, config.SECOND_FACTORS_TABLE),
    totp: otplibTotp,
    webAuthn: simpleWebAuthn(config.SITE_ORIGIN),
    cipher: aesGcm(config.TOTP_KEY),
    secrets: randomSecrets,
    codeBuckets: throttleIsOn() ? dynamoBuckets(client, config.SECOND_FACTORS_TABLE) : unlimited,
    clock,
  };
}
