import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { DeploySecrets, newDeploySecrets, newEdgeKey, newPaymentDetailsKey } from '#stage/deploy-secrets.ts';

const Secrets = z.strictObject({
  ...DeploySecrets.shape,
  DEMO_PASSWORD_ALICE: z.string(),
  DEMO_PASSWORD_BOB: z.string(),
});

/** A sandbox's own secrets, random and made once per data folder. Production mode has no demo accounts. */
export type Secrets = z.infer<typeof Secrets>;

/** The secrets in `file`, made at the first start, readable by their owner alone. */
export function secretsIn(file: string): Secrets {
  if (!existsSync(file)) {
    write(file, { ...newDeploySecrets(), ...newDemoPasswords() });
  } else chmodSync(file, 0o600);
  const found = parsed(readFileSync(file, 'utf8'));
  const later = found ? addedLater(found) : {};
  const read = Secrets.safeParse(found && { ...found, ...later });
  if (!read.success) throw new Error(`${file} is damaged. Start again with "npm start -- --reset".`);
  if (Object.keys(later).length > 0) write(file, read.data);
  return read.data;
}

/** New keys for those that a file of an earlier version lacks. No data depends on them yet. */
const addedLater = (found: Record<string, unknown>) => ({
  ...(!found.EDGE_KEY && { EDGE_KEY: newEdgeKey() }),
  ...(!found.PAYMENT_DETAILS_KEY && { PAYMENT_DETAILS_KEY: newPaymentDetailsKey() }),
});

function write(file: string, secrets: Secrets) {
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newDemoPasswords() {
  return {
    DEMO_PASSWORD_ALICE: randomBytes(9).toString('base64url'),
    DEMO_PASSWORD_BOB: randomBytes(9).toString('base64url'),
  };
}
