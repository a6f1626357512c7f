import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DeploySecrets } from '#stage/deploy-secrets.ts';

const NAMES = Object.keys(DeploySecrets.shape) as (keyof DeploySecrets)[];

/**
 * Reads the secrets from variables of their names and from the file in PUPERO_SECRETS_FILE; a variable overrides the
 * file. Missing ones are never generated, because new secrets would lock every account out.
 *
 * @throws an Error that names every one that is missing or wrong, and says how to make them
 */
export function secretsGiven(environment: Record<string, string | undefined>): DeploySecrets {
  const file = environment.PUPERO_SECRETS_FILE;
  const given = NAMES.map((name) => [name, environment[name]]).filter(([, value]) => value);
  const values = { ...(file && secretsInFile(file)), ...Object.fromEntries(given) };
  const read = DeploySecrets.safeParse(values);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name}: ${name in values ? message : 'missing'}`;
  });
  throw new Error(`These secrets are missing or wrong:\n${wrong.join('\n')}\n${howTo(file)}`);
}

/** The file in which the keys of access tokens may be rotated. Variables override the file, and cannot be rotated. */
export function rotatedFileIn(environment: Record<string, string | undefined>): string | undefined {
  const { PUPERO_SECRETS_FILE, ACCESS_TOKEN_PRIVATE_KEY, ACCESS_TOKEN_PUBLIC_KEY } = environment;
  if (!PUPERO_SECRETS_FILE || ACCESS_TOKEN_PRIVATE_KEY || ACCESS_TOKEN_PUBLIC_KEY) return undefined;
  return resolve(PUPERO_SECRETS_FILE);
}

function howTo(file: string | undefined): string {
  const make = 'npm run secrets -- --file prod-secrets.json';
  const each = 'Or set each in the variable of its name, which overrides the file.';
  if (file) return `${file} is the file in PUPERO_SECRETS_FILE. To make a new one: ${make}\n${each}`;
  return `Make them once, and name the file:\n  ${make}\n  export PUPERO_SECRETS_FILE=prod-secrets.json\n${each}`;
}

function secretsInFile(file: string): Record<string, unknown> {
  if (!existsSync(file))
    throw new Error(
      `PUPERO_SECRETS_FILE: ${file} does not exist. To make it: npm run secrets -- --file ${file}`,
    );
  const othersMay = statSync(file).mode & 0o077;
  if (othersMay && process.platform !== 'win32')
    throw new Error(`PUPERO_SECRETS_FILE: others may read ${file}. Close it to them: chmod 600 ${file}`);
  const content = parsed(contentOf(file));
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  if (isObject) return content as Record<string, unknown>;
  throw new Error(`PUPERO_SECRETS_FILE: ${file} is not a JSON object of secrets by name.`);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`PUPERO_SECRETS_FILE: ${file} cannot be read: ${(error as Error).message}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
