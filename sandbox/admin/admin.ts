import { parseArgs } from 'node:util';
import { dynamoReadAccounts } from '#adapters/dynamodb/accounts.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoModeration } from '#adapters/dynamodb/moderation.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { accountSessions } from '#adapters/dynamodb/sessions.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import { ROLES } from '#core/accounts/standing.ts';
import { OPERATOR } from '#core/moderation/actors.ts';
import { grantRole } from '#core/moderation/grant-role.ts';
import { REASON_MAX_LENGTH } from '#core/moderation/limits.ts';
import { listAuditLog } from '#core/moderation/list-audit-log.ts';
import { listStandings } from '#core/moderation/list-standings.ts';
import type { ModerationPorts } from '#core/moderation/ports.ts';
import { restoreAccount } from '#core/moderation/restore-account.ts';
import { revokeRole } from '#core/moderation/revoke-role.ts';
import { signOutAccount } from '#core/moderation/sign-out-account.ts';
import { suspendAccount } from '#core/moderation/suspend-account.ts';
import type { Position } from '#core/paging.ts';
import { isRefusal, type Refusal } from '#core/refusal.ts';
import { asInstant, type Instant } from '#core/time.ts';
import { tableNames } from '#stage/resources.ts';
import { openTables } from '../data/tables.ts';
import { readSettings } from '../settings/settings.ts';

const HELP = `npm run admin -- COMMAND — roles, suspensions and the audit log.

  grant USER ROLE                             makes a person ${ROLES.slice(1).join(' or ')}
  revoke USER                                 makes a person a member again
  suspend USER --reason TEXT [--until TIME]   the person keeps the XMR, starts nothing and withdraws nothing
  restore USER [--reason TEXT]                lifts a suspension
  sign-out USER [--reason TEXT]               ends all sessions of a person
  list                                        people with a role or a suspension
  audit                                       the audit log, newest first

TIME is a date or an RFC 3339 time, as 2027-01-31 or 2027-01-31T12:00:00Z. Every command but list and audit ends the
person's sessions: a role is there after the next sign-in.
It works on the running sandbox, or on the data folder (PUPERO_DATA_DIR, .data) when none runs. Elsewhere: set
AWS_ENDPOINT_URL_DYNAMODB (or AWS credentials) and STAGE.`;

/** A wrong command line, or a refusal. Its message is printed without a stack trace. */
class Wrong extends Error {}

const LISTED_AT_ONCE = 100;

function portsOf(stage: string): ModerationPorts {
  const client = documentClient();
  const names = tableNames(stage);
  const tables = {
    moderation: names.MODERATION_TABLE!,
    accounts: names.ACCOUNTS_TABLE!,
    people: names.PEOPLE_TABLE!,
    offers: names.OFFERS_TABLE!,
    halts: names.HALTS_TABLE!,
    reputation: names.REPUTATION_TABLE!,
  };
  const parts = {
    // The schedule of the installation delivers the events, because only functions reach the queue of mails.
    events: {
      table: names.EVENTS_TABLE!,
      noticesTable: names.NOTICES_TABLE!,
      requestId: () => 'npm run admin',
      deliver: async () => {},
    },
    log: { info() {}, warn: console.warn, error: console.error },
  };
  return {
    moderation: dynamoModeration(client, tables, parts),
    accounts: dynamoReadAccounts(client, tables.accounts),
    sessions: accountSessions(client, names.SESSIONS_TABLE!, parts.log),
    halts: dynamoHalts(client, tables.halts),
    people: dynamoPeople(client, tables.people),
    offers: dynamoOffers(client, tables, parts.log),
    clock: systemClock,
    ids: ulids(systemClock),
  };
}

type Given = { username?: string; role?: string; reason?: string; until?: string };

const COMMANDS: Record<string, (ports: ModerationPorts, given: Given) => Promise<string>> = {
  grant: async (ports, given) => {
    const role = ROLES.slice(1).find((one) => one === given.role);
    if (role === undefined || role === 'member')
      throw new Wrong(`The role must be ${ROLES.slice(1).join(' or ')}.`);
    const { username } = granted(await grantRole(ports)({ username: nameIn(given), role }), given);
    return `${username} is ${role} after the next sign-in.`;
  },
  revoke: async (ports, given) => {
    const { username } = granted(await revokeRole(ports)({ username: nameIn(given) }), given);
    return `${username} is a member.`;
  },
  suspend: async (ports, given) => {
    const reason = reasonIn(given);
    if (reason === undefined) throw new Wrong('A suspension needs --reason, which the person will read.');
    const until = untilIn(given);
    const input = { username: nameIn(given), reason, ...(until !== undefined && { until }) };
    const { username } = granted(await suspendAccount(ports)(input, OPERATOR), given);
    const end = until === undefined ? 'it is restored' : timeText(until);
    return `${username} is suspended until ${end}. Sessions are ended, and offers are paused.`;
  },
  restore: async (ports, given) => {
    const input = { username: nameIn(given), ...withReason(given) };
    const { username } = granted(await restoreAccount(ports)(input, OPERATOR), given);
    return `${username} is no longer suspended. The offers stay paused until their owner resumes them.`;
  },
  'sign-out': async (ports, given) => {
    const input = { username: nameIn(given), ...withReason(given) };
    const { username } = granted(await signOutAccount(ports)(input, OPERATOR), given);
    return `All sessions of ${username} are ended.`;
  },
  list: async (ports) => {
    const all = await every((page) => listStandings(ports)({ page }));
    const lines = all.map(({ username, role, suspended }) => {
      const until = suspended?.until === undefined ? '' : ` until ${timeText(suspended.until)}`;
      return `${username.padEnd(30)} ${role.padEnd(9)} ${suspended ? `suspended${until}: ${suspended.reason}` : ''}`;
    });
    return lines.join('\n') || 'Nobody has a role or a suspension.';
  },
  audit: async (ports) => {
    const all = await every((page) => listAuditLog(ports)({ page }));
    const lines = all.map(
      ({ at, by, act, username, tradeId, halt, changedRole = '', reason = '' }) =>
        `${timeText(at)}  ${by.padEnd(20)} ${act.padEnd(9)} ${(username ?? tradeId ?? halt ?? '').padEnd(30)} ${changedRole}${reason}`,
    );
    return lines.join('\n') || 'Nobody has acted yet.';
  },
};

function nameIn({ username }: Given): string {
  if (username === undefined) throw new Wrong('Name a user. See --help.');
  return username;
}

function reasonIn({ reason }: Given): string | undefined {
  if (reason !== undefined && (reason.trim() === '' || reason.length > REASON_MAX_LENGTH))
    throw new Wrong(`--reason must have 1 to ${REASON_MAX_LENGTH} characters.`);
  return reason?.trim();
}

const withReason = (given: Given) => {
  const reason = reasonIn(given);
  return reason === undefined ? {} : { reason };
};

/** RFC 3339, because Date.parse alone reads `7` as a date. */
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

function untilIn({ until }: Given): Instant | undefined {
  if (until === undefined) return undefined;
  const at = TIME.test(until) ? Date.parse(until) : Number.NaN;
  if (Number.isNaN(at)) throw new Wrong('--until must be a time as 2027-01-31 or 2027-01-31T12:00:00Z.');
  return asInstant(at);
}

const timeText = (at: Instant) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** @throws Wrong with a sentence for a refusal */
function granted<T extends object>(result: T | Refusal, { username }: Given): T {
  if (!isRefusal(result)) return result;
  if (result.refused === 'not_found') throw new Wrong(`There is no account ${username}.`);
  if (result.state === 'not_suspended') throw new Wrong(`${username} is not suspended.`);
  if (result.state === 'member') throw new Wrong(`${username} has no role.`);
  throw new Wrong(
    result.errors?.map(({ path, message }) => `--${path} ${message}.`).join(' ') ?? result.refused,
  );
}

async function every<T>(
  read: (page: { limit: number; after?: Position }) => Promise<{ items: T[]; next?: Position }>,
): Promise<T[]> {
  const all: T[] = [];
  let after: Position | undefined;
  do {
    const { items, next } = await read({ limit: LISTED_AT_ONCE, ...(after && { after }) });
    all.push(...items);
    after = next;
  } while (after);
  return all;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { reason: { type: 'string' }, until: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [name = '', username, role, ...more] = positionals;
  if (values.help || name === '') return console.log(HELP);
  const command = COMMANDS[name];
  if (!command) throw new Wrong(`There is no command ${name}. See --help.`);
  if (more.length > 0) throw new Wrong(`${name} takes no ${more.join(' ')}. See --help.`);
  const settings = readSettings(process.env);
  const close = await openTables(settings);
  try {
    console.log(await command(portsOf(process.env.STAGE ?? 'local'), { username, role, ...values }));
  } finally {
    await close();
  }
}

// Kept-alive connections would keep this process running.
main().then(
  () => process.exit(0),
  (error: Error & { code?: string }) => {
    const isWrong = error instanceof Wrong || error.code?.startsWith('ERR_PARSE_ARGS');
    console.error(isWrong ? error.message : `npm run admin failed: ${error.message}`);
    process.exit(1);
  },
);
