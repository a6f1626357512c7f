/** A stage's name becomes part of names of tables, queues and functions. */
const STAGE = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * The stage that a command line names.
 * @throws an Error that says what is missing or wrong
 */
export function stageIn(given: string | undefined): string {
  if (!given) throw new Error('Say which: --stage S, as in --stage dev.');
  if (!STAGE.test(given))
    throw new Error(`--stage ${given}: a letter, then up to 19 of lowercase letters, digits and "-".`);
  return given;
}
