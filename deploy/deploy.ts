import { buildSite } from '#stage/site-build.ts';
import { command } from './command.ts';
import { edgeKeyVersion, missingSecrets } from './parameters.ts';
import { run } from './program.ts';
import { serverless } from './serverless.ts';
import { checkSettings } from './settings.ts';
import { uploadSite } from './site.ts';
import { outputsOf } from './stack.ts';
import { stageIn } from './stage-name.ts';

const HELP = `npm run deploy -- --stage S     deploys or updates stage S: functions, tables, queue, alarms, network, site
npm run deploy -- --help        this

AWS credentials and AWS_REGION as for any AWS tool; AWS_ENDPOINT_URL for an emulator. docs/deploy.md has every step.
Variables (with their defaults)
  MONERO_NETWORK=testnet          or stagenet, regtest; mainnet needs I_ACCEPT_REAL_MONEY=yes too
  MONERO_NODE_URL                 monerod's RPC as the functions reach it, such as http://10.37.10.10:28081
  MONERO_WALLET_RPC_URL           monero-wallet-rpc, likewise, such as http://10.37.10.10:28083
  SITE_DOMAIN, SITE_CERTIFICATE_ARN   your own domain for the site, and its certificate (us-east-1)
  PUPERO_EDGE=cloudfront          none: without CloudFront, for emulators that lack it; then SITE_ORIGIN names the site`;

const begun = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}`);

/**
 * Refuses a network other than the stage's, because the ledger of a stage owes coins of one network. Without this check
 * a forgotten variable would change the network.
 */
async function refuseAnotherNetwork(stage: string): Promise<void> {
  const { MoneroNetwork: before } = (await outputsOf(stage)) ?? {};
  const now = process.env.MONERO_NETWORK || 'testnet';
  if (before && before !== now)
    throw new Error(
      `${stage} is on ${before}, and MONERO_NETWORK is ${now}: set it to ${before}, or choose another stage.`,
    );
}

async function deploy(stage: string): Promise<string> {
  checkSettings(process.env);
  await refuseAnotherNetwork(stage);
  const missing = await missingSecrets(stage);
  if (missing.length > 0)
    throw new Error(
      `/pupero/${stage}/ lacks ${missing.join(', ')}. Make them: npm run secrets -- --stage ${stage}`,
    );
  say('building the site …');
  await buildSite(({ command: program, args, ...how }) => run(program, args, how));
  say('deploying functions and resources; the first time takes some minutes …');
  // `--force`, because an unchanged deploy would be skipped, and functions would keep the previous secrets.
  const env = { EDGE_KEY_VERSION: `:${await edgeKeyVersion(stage)}` };
  await serverless(['deploy', '--force', '--stage', stage], { env, loud: true });
  const { SiteBucketName, PicturesBucketName: _, ...outputs } = (await outputsOf(stage)) ?? {};
  if (!SiteBucketName)
    throw new Error(`The stack pupero-${stage} has no output SiteBucketName, so the site was not uploaded.`);
  say(`${await uploadSite(SiteBucketName)} files of the site are in ${SiteBucketName}`);
  const lines = Object.entries(outputs).map(([what, value]) => `  ${what.padEnd(32)} ${value}`);
  return `${stage} is deployed:\n${lines.join('\n')}`;
}

command(HELP, { stage: { type: 'string' } } as const, async ({ stage }) => deploy(stageIn(stage)));
