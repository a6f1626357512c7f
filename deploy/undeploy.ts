import { command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { serverless } from './serverless.ts';
import { emptyBucket } from './site.ts';
import { deleteTables, outputsOf, tablesOf, unprotectTables } from './stack.ts';
import { stageIn } from './stage-name.ts';

const HELP = `npm run undeploy -- --stage S     removes stage S with all its data (asks; --yes: does not)
npm run undeploy -- --help        this

This deletes balances and trades; the coins stay in the wallet. An interrupted removal can be repeated.
Its secrets stay until npm run secrets -- --stage S --delete`;

async function undeploy(stage: string, yes: boolean): Promise<string> {
  const outputs = await outputsOf(stage);
  const tables = await tablesOf(stage);
  if (!outputs && tables.length === 0) throw new Error(`pupero-${stage} does not exist here.`);
  const question = `Remove ${stage}: every account, balance and trade in it, for ever?`;
  if (!(await confirmed(question, stage, yes))) return 'Nothing was removed.';
  await unprotectTables(tables);
  if (outputs?.SiteBucketName) await emptyBucket(outputs.SiteBucketName);
  if (outputs?.PicturesBucketName) await emptyBucket(outputs.PicturesBucketName);
  if (outputs) await serverless(['remove', '--stage', stage], { loud: true });
  await deleteTables(await tablesOf(stage));
  return `${stage} is removed.`;
}

const options = { stage: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;

command(HELP, options, async ({ stage, yes }) => undeploy(stageIn(stage), yes));
