/** The format of a stage's name, which is part of the names of tables, queues and functions. */
const STAGE = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * The stage that a command line names.
 * @throws an Error that names the missing or wrong part
 */
export function stageIn(given: string | undefined): string {
  if (!given) throw new Error('Say which: --stage S, as in --stage dev.');
  if (!STAGE.test(given))
    throw new Error(`--stage ${given}: a letter, then up to 19 of lowercase letters, digits and "-".`);
  // Without it serverless.yml uses us-east-1, and AWS's own clients may use a profile's region.
  if (!process.env.AWS_REGION)
    throw new Error('AWS_REGION is missing: set it to where the stage is, as in AWS_REGION=eu-central-1.');
  return given;
}
