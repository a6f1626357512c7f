import type { DeploySecrets } from '#stage/deploy-secrets.ts';
import type { Mode } from '../options.ts';
import type { Front } from '../settings/front.ts';
import type { Guard } from './admission.ts';
import type { PortKeys } from './keys.ts';

type GuardSettings = {
  front: Front;
  allowedHosts: readonly string[];
  mode: Mode;
  keys: PortKeys;
  secrets: DeploySecrets;
};

type PageGuardSettings = Pick<Guard, 'siteOrigin' | 'allowedHosts'> & { edgeKey: string | undefined };

/** The guard of site and API. Every client may use them under one of the accepted hosts. */
export const guardOfPages = ({ edgeKey, ...rest }: PageGuardSettings): Guard => ({
  ...rest,
  key: edgeKey,
  needsKey: false,
  hasPages: true,
});

/** The guard of a port for programs. Only the project's own programs have its key. */
export type ProgramsGuard = Guard & { key: string };

/** The guard of each port. wallet-rpc has none, because it asks everybody for its login. */
export function guardsOf({ front, allowedHosts, mode, keys, secrets }: GuardSettings) {
  const { siteOrigin } = front;
  const forPeople = guardOfPages({ siteOrigin, allowedHosts, edgeKey: secrets.EDGE_KEY });
  // Production requires the key, because other users of the machine reach these ports too.
  const needsKey = mode === 'production';
  const forPrograms = (key: string): ProgramsGuard => ({
    siteOrigin,
    allowedHosts,
    key,
    needsKey,
    hasPages: false,
  });
  return {
    site: forPeople,
    api: forPeople,
    lambda: forPrograms(keys.lambda),
    // In every mode, because whoever reaches it can post to every connection. The site's server passes clients on.
    live: { ...forPrograms(keys.live), needsKey: true },
    dynamodb: forPrograms(keys.dynamodb),
    queue: forPrograms(keys.queue),
    node: forPrograms(keys.node),
  };
}

export type PortGuards = ReturnType<typeof guardsOf>;
