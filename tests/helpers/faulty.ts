/** Thrown by every call of a process that has died: nothing after it has any effect. */
export class Died extends Error {}

type Method = (...args: unknown[]) => Promise<unknown>;
/** Replaces one call. `name` is `port.method`; `call` makes the call. */
type CallInterceptor = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

/** The ports with every method of those named wrapped by `intercept`. */
function wrapped<Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  intercept: CallInterceptor,
): Ports {
  const changed = names.map((port) => {
    const methods = Object.entries(ports[port] as Record<string, Method>).map(([method, call]) => {
      const through: Method = (...args) => intercept(`${port}.${method}`, () => call(...args));
      return [method, through] as const;
    });
    return [port, Object.fromEntries(methods)] as const;
  });
  return { ...ports, ...Object.fromEntries(changed) } as Ports;
}

type When = 'before' | 'after';
type Fault = { at: number; when: When; what: (port: string, method: string) => Promise<never> };

/**
 * The ports of one process, in which the call number `at` fails: before it has any effect, or after it, so that only
 * its answer is lost. `calls.made` counts them, `calls.failed` names the one that failed.
 */
export function faulty<Ports extends object>(ports: Ports, names: (keyof Ports & string)[], fault: Fault) {
  const calls = { made: 0, failed: '' };
  const failing = wrapped(ports, names, async (name, call) => {
    calls.made += 1;
    if (calls.made !== fault.at) return call();
    calls.failed = name;
    if (fault.when === 'after') await call();
    const [port, method] = name.split('.') as [string, string];
    return fault.what(port, method);
  });
  return { ports: failing, calls };
}

/** A process that dies at the first call that `isDeadly`: that one throws, and so does every later one. */
function mortal<Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  when: When,
  isDeadly: (name: string) => boolean,
): Ports {
  let dead = false;
  return wrapped(ports, names, async (name, call) => {
    if (!dead && isDeadly(name)) {
      if (when === 'after') await call();
      dead = true;
    }
    if (dead) throw new Died();
    return call();
  });
}

/** A process that dies at its call number `at`. `calls` as `faulty` has them. */
export function dying<Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  { at, when }: Pick<Fault, 'at' | 'when'>,
) {
  const calls = { made: 0, failed: '' };
  const isDeadly = (name: string) => {
    calls.made += 1;
    if (calls.made === at) calls.failed = name;
    return calls.made === at;
  };
  return { ports: mortal(ports, names, when, isDeadly), calls };
}

/** A process that dies at one named call, `port.method`. */
export const killedAt = <Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  { call, when }: { call: string; when: When },
) => mortal(ports, names, when, (name) => name === call);
