import { type ParseArgsConfig, parseArgs } from 'node:util';
import { shownUrl } from '#adapters/secrets/urls.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/**
 * Runs one command of `deploy/`: parses its options, prints its help, and exits with code 1 and a sentence if it fails.
 *
 * @param help the text of `--help`
 * @param run resolves with the last line to print
 * @param actions if given, one of these words must follow the command
 */
export function command<const O extends Options>(
  help: string,
  options: O,
  run: (values: Values<O>, action: string) => Promise<string>,
  actions?: readonly string[],
): void {
  const main = async () => {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: actions !== undefined,
    });
    if ((values as { help?: boolean }).help) return help;
    const [action = '', ...more] = positionals;
    if (actions && (!actions.includes(action) || more.length > 0))
      throw new Error(`Say one of: ${actions.join(', ')}.\n\n${help}`);
    return run(values as Values<O>, action);
  };
  main().then(
    (said) => console.log(said),
    (error: Error) => {
      console.error(sentenceOf(error));
      process.exitCode = 1;
    },
  );
}

/** The message of an error. Short errors of AWS clients get instructions. */
function sentenceOf({ name, message, ...more }: Error & { code?: string }): string {
  if (name === 'CredentialsProviderError')
    return `No AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. (${message})`;
  if (more.code === 'ECONNREFUSED' || more.code === 'ENOTFOUND')
    return `AWS does not answer at ${shownUrl(process.env.AWS_ENDPOINT_URL ?? '')}: ${message}`;
  if (more.code?.startsWith('ERR_PARSE_ARGS')) return `${message.split('. ')[0]}. See --help.`;
  return message;
}
