/** Thrown by every call of a process that has died. The call has no effect. */
export class Died extends Error {}

type Method = (...args: unknown[]) => Promise<unknown>;
/** Replaces one call. `name` is `port.method`; `call` makes the call. */
type CallInterceptor = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

/** The ports, with every method of the ports in `names` wrapped by `intercept`. */
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
 * The ports of one process, in which call number `at` fails: `before` it has an effect, or `after` it, so that only its
 * result is lost. `calls.made` counts the calls, and `calls.failed` names the failed one.
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

/** A process that dies at the first call that `isDeadly` selects. That call and every later one throw. */
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

/** A process that dies at call number `at`. `calls` is as in `faulty`. */
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

/** A process that dies at the first call of one method, named `port.method`. */
export const killedAt = <Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  { call, when }: { call: string; when: When },
) => mortal(ports, names, when, (name) => name === call);
