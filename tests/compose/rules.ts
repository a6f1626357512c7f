// Rules for every compose file of ours. Each rule returns a line for each violation.
import type { ComposeFile, Service } from './compose-file.ts';

type Rule = (compose: ComposeFile) => string[];

const services = ({ services }: ComposeFile) => Object.entries(services);
const complaints = (compose: ComposeFile, about: (service: Service, name: string) => string[]) =>
  services(compose).flatMap(([name, service]) => about(service, name).map((line) => `${name}: ${line}`));

const DOCKER_SOCKET = '/var/run/docker.sock';
const [loopback, pinned] = ['127.0.0.1', /:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$/];

const portsOnLoopback: Rule = (compose) =>
  complaints(compose, ({ ports = [], network_mode, environment = {} }) => [
    ...ports
      .filter((port) => !port.startsWith(`${loopback}:`))
      .map((port) => `${port} is open to the network`),
    ...(network_mode === 'host' && environment.BIND_HOST !== loopback
      ? ['listens on every address of the machine']
      : []),
  ]);

const portsOnce: Rule = (compose) => {
  const published = services(compose).flatMap(([, { ports = [] }]) => ports);
  return published.filter((port, at) => published.indexOf(port) < at).map((port) => `${port} is there twice`);
};

const volumesNamed: Rule = (compose) => {
  const declared = Object.keys(compose.volumes ?? {});
  const mounted = services(compose).flatMap(([, { volumes = [] }]) =>
    volumes.map((volume) => volume.split(':')[0]),
  );
  return [
    ...complaints(compose, ({ volumes = [], profiles = [] }) =>
      volumes
        .map((volume) => volume.split(':')[0] ?? '')
        // Docker's socket gives control of the machine, so its service must not start by default.
        .filter((source) => !declared.includes(source) && !(source === DOCKER_SOCKET && profiles.length > 0))
        .map((source) => `mounts ${source}, which is no declared volume`),
    ),
    ...declared.filter((name) => !mounted.includes(name)).map((name) => `volume ${name} is not used`),
  ];
};

const networksNamed: Rule = (compose) => {
  const declared = Object.keys(compose.networks ?? {});
  const joined = services(compose).flatMap(([, { networks = [] }]) => networks);
  return [
    ...complaints(compose, ({ networks = [], network_mode }) => [
      ...networks.filter((name) => !declared.includes(name)).map((name) => `network ${name} is not declared`),
      ...(networks.length > 0 || network_mode ? [] : ['says no network']),
    ]),
    ...declared.filter((name) => !joined.includes(name)).map((name) => `network ${name} is not used`),
  ];
};

const imagesPinned: Rule = (compose) =>
  complaints(compose, ({ image }) => (pinned.test(image) ? [] : [`${image} is not pinned to a version`]));

/** Requires a health check, except of a service whose end is awaited. */
const healthChecked: Rule = (compose) => {
  const waitedFor = services(compose).flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
  const isShort = (name: string) =>
    waitedFor.some(([on, { condition }]) => on === name && condition === 'service_completed_successfully');
  return complaints(compose, ({ healthcheck }, name) =>
    healthcheck?.test || isShort(name) ? [] : ['has no health check'],
  );
};

const rules = [portsOnLoopback, portsOnce, volumesNamed, networksNamed, imagesPinned, healthChecked];

/** All faults of a compose file whose variables are filled in. */
export const brokenRules: Rule = (compose) => rules.flatMap((rule) => rule(compose));
