import { type ComposeFile, type Service, textsIn } from './compose-file.ts';

export const consent = 'i-accept-real-money';

const isDaemon = ({ entrypoint = [] }: Service) => entrypoint[0] === 'monerod';
const isWallet = ({ entrypoint = [] }: Service) => entrypoint.at(-1) === '/wallet-rpc.sh';
const networkOf = ({ command = [] }: Service) =>
  ['testnet', 'stagenet'].find((network) => command.includes(`--${network}`)) ?? 'mainnet';

/** Faults of the pairs of monerod and monero-wallet-rpc, and of the script that starts the latter. */
export function wrongMonero({ services, ...rest }: ComposeFile, script: string): string[] {
  const open = [script, ...textsIn({ services, ...rest }).map(({ text }) => text)];
  return [
    ...Object.entries(services).flatMap(([name, service]) => {
      const wrong = [
        ...(isDaemon(service) || isWallet(service) ? wrongPlace(service) : []),
        ...(isDaemon(service) ? wrongDaemon(service) : []),
        ...(isWallet(service) ? wrongWallet(service, services) : []),
      ];
      return wrong.map((line) => `${name}: ${line}`);
    }),
    ...(open.some((text) => text.includes('disable-rpc-login')) ? ['wallet-rpc asks for no login'] : []),
    ...(/^export RPC_LOGIN$/m.test(script) ? [] : ['the script gives wallet-rpc no login']),
  ];
}

/** Testnet starts by default, another network by name, and mainnet only with a confirmation. */
function wrongPlace(service: Service): string[] {
  const { profiles = [], ports = [], environment = {}, depends_on = {} } = service;
  const network = networkOf(service);
  const port = environment.RPC_PORT;
  return [
    ...(profiles.join() === (network === 'testnet' ? '' : network) ? [] : [`starts ${network} unasked`]),
    ...(network === 'mainnet' && depends_on[consent]?.condition !== 'service_completed_successfully'
      ? ['starts without a yes to real money']
      : []),
    ...(service.init ? [] : ['would not hear a stop while it loads, as process 1']),
    ...(ports.join() === `127.0.0.1:${port}:${port}` ? [] : [`does not publish its port ${port}`]),
  ];
}

const wrongDaemon = ({ entrypoint = [] }: Service) =>
  ['--non-interactive', '--restricted-rpc', '--prune-blockchain', '--no-igd']
    .filter((option) => !entrypoint.includes(option))
    .map((option) => `lacks ${option}`);

function wrongWallet(wallet: Service, services: ComposeFile['services']): string[] {
  const option = '--daemon-address=';
  const address = wallet.command?.find((word) => word.startsWith(option))?.slice(option.length) ?? '';
  const [daemonName = '', port] = address.split(':');
  const daemon = services[daemonName];
  const secrets = wallet.configs?.map(({ target }) => target) ?? [];
  return [
    ...(daemon && isDaemon(daemon) && networkOf(daemon) === networkOf(wallet)
      ? []
      : [`${address} is no daemon of its network`]),
    ...(String(daemon?.environment?.RPC_PORT) === port ? [] : [`nothing listens on ${address}`]),
    ...(wallet.depends_on?.[daemonName]?.condition === 'service_healthy'
      ? []
      : ['does not wait for its daemon']),
    ...['wallet-password', 'wallet-rpc-password']
      .filter((name) => !secrets.includes(`/run/secrets/${name}`))
      .map((name) => `gets no ${name}`),
    // Docker looks for the name of a user:group, finds none, and the start fails.
    ...(wallet.configs?.some(({ uid }) => uid) ? ['gives a file to a user by number'] : []),
  ];
}
