import { parseCompose, textsIn } from './compose-file.ts';
import type { Example } from './env-example.ts';
import { variablesIn } from './interpolate.ts';

const isSecret = (name: string) => /PASSWORD|TOKEN|KEY|SECRET|LOGIN|SEED/.test(name);

/**
 * Faults of a compose file's variables: a secret with a default, or visible to `ps` or `docker inspect`; a variable
 * that .env.example lacks, does not explain, or gives another value.
 */
export function wrongVariables(text: string, examples: Example[]): string[] {
  return textsIn(parseCompose(text)).flatMap(({ path, text }) =>
    variablesIn(text).flatMap(({ name, operator, word }) => {
      const isDefault = operator.endsWith('-');
      const example = examples.find((one) => one.name === name);
      const wrong = [
        isSecret(name) && isDefault && 'is a secret with a default',
        isSecret(name) && path[0] !== 'configs' && `is a secret, and ${path.join('.')} shows it`,
        !isDefault && operator !== ':?' && 'has neither a default nor a sentence for who forgot it',
        !example && 'is not in .env.example',
        example && !example.isExplained && 'is not explained in .env.example',
        example &&
          isDefault &&
          (!example.isSet || example.value !== word) &&
          `is not ${word} in .env.example`,
      ];
      return wrong.filter((line) => line !== false && line !== undefined).map((line) => `${name} ${line}`);
    }),
  );
}

/** Variables that containers get as they are, named without a value, and that .env.example does not explain. */
export function unexplainedPassedOn(text: string, examples: Example[]): string[] {
  return Object.values(parseCompose(text).services)
    .flatMap(({ environment = {} }) => Object.entries(environment))
    .filter(
      ([name, value]) => value === null && !examples.some((one) => one.name === name && one.isExplained),
    )
    .map(([name]) => `${name} is not explained in .env.example`);
}

/** Secrets that .env.example gives a value to, so that somebody would use it. */
export const givenSecrets = (examples: Example[]): string[] =>
  examples
    .filter(({ name, value }) => isSecret(name) && value !== '')
    .map(({ name }) => `${name} has a value in .env.example`);
