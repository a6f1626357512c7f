import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mailIds, readMail } from '#sandbox/mail/mailbox.ts';
import type { Sandbox } from '#sandbox/options.ts';
import { type FunctionName, loadFunctions } from '../callers/functions.ts';
import { outsideAt } from '../callers/outside.ts';
import { meterOn } from '../meter/meter.ts';
import type { Usage } from '../meter/usage.ts';
import { type Person, someone } from './people.ts';

/** The helpers of the story. */
export type Stage = {
  /** Runs some work and records its usage under a label. */
  count: <T>(label: string, work: () => Promise<T>) => Promise<T>;
  /** Runs a background function and records its usage under a label. */
  run: (label: string, name: FunctionName, event?: unknown) => Promise<void>;
  newcomer: () => Person;
  siteOrigin: string;
  /** The token in the link of the last mail. */
  mailedToken: () => Promise<string>;
  mine: Sandbox['mine'];
  addressOutside: () => Promise<string>;
  /** Pays on chain from the outside wallet. */
  payFromOutside: (address: string, amountXmr: string) => Promise<void>;
};

/**
 * The usage of each label.
 *
 * @param sandbox with store, queue, mail server and chain. The functions run in this process
 * @param payeeUrl URL of the outside wallet, with its login
 */
export async function usagesOf(
  sandbox: Sandbox,
  payeeUrl: string,
  tell: (stage: Stage) => Promise<void>,
  say: (line: string) => void,
): Promise<Map<string, Usage>> {
  Object.assign(process.env, sandbox.env, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
  const functions = await loadFunctions();
  const { client } = (await import('#functions/composition.ts')) as { client: DynamoDBDocumentClient };
  const meter = meterOn(client, sandbox.stage);
  const outside = outsideAt(payeeUrl);
  const usages = new Map<string, Usage>();
  const count: Stage['count'] = async (label, work) => {
    let result: Awaited<ReturnType<typeof work>>;
    const usage = await meter.during(async () => {
      result = await work();
    });
    if (!usages.has(label)) say(label);
    usages.set(label, usages.get(label) ?? usage);
    return result!;
  };
  try {
    await tell({
      count,
      run: async (label, name, event) => {
        await count(label, () => functions.background(name, event));
      },
      newcomer: () => someone(functions, sandbox.urls.site),
      siteOrigin: sandbox.urls.site,
      mailedToken: async () => {
        const folder = join(sandbox.dataDir, 'mails');
        const [newest = ''] = mailIds(folder, 1);
        return /#(\S+)/.exec((await readMail(folder, newest))?.text ?? '')?.[1] ?? '';
      },
      mine: sandbox.mine,
      addressOutside: outside.newAddress,
      payFromOutside: async (address, amountXmr) => {
        await outside.refresh();
        await outside.transfer([{ address, amountXmr }]);
      },
    });
    return usages;
  } finally {
    outside.close();
    meter.stop();
  }
}
