/** Thrown by every call of a process that has died: nothing after it has any effect. */
export class Died extends Error {}

type Fault = { at: number; when: 'before' | 'after'; what: (port: string, method: string) => Promise<never> };

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * The ports of one process, in which the call number `at` fails: before it has any effect, or after it, so that only
 * its answer is lost. `calls.made` counts them, `calls.failed` names the one that failed.
 */
export function faulty<Ports extends object>(ports: Ports, names: (keyof Ports & string)[], fault: Fault) {
  const calls = { made: 0, failed: '' };
  const wrapped = names.map((port) => {
    const methods = Object.entries(ports[port] as Record<string, Method>).map(([method, call]) => {
      const counted = async (...args: unknown[]) => {
        calls.made += 1;
        if (calls.made !== fault.at) return call(...args);
        calls.failed = `${port}.${method}`;
        if (fault.when === 'after') await call(...args);
        return fault.what(port, method);
      };
      return [method, counted] as const;
    });
    return [port, Object.fromEntries(methods)] as const;
  });
  return { ports: { ...ports, ...Object.fromEntries(wrapped) } as Ports, calls };
}

/** A process that dies at its call number `at`: that one and all later ones throw. */
export function dying<Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  { at, when }: Pick<Fault, 'at' | 'when'>,
) {
  let dead = false;
  const die = async () => {
    dead = true;
    throw new Died();
  };
  const first = faulty(ports, names, { at, when, what: die });
  const mortal = names.map((port) => {
    const methods = Object.entries(first.ports[port] as Record<string, Method>).map(
      ([method, call]) => [method, async (...args: unknown[]) => (dead ? die() : call(...args))] as const,
    );
    return [port, Object.fromEntries(methods)] as const;
  });
  return { ports: { ...first.ports, ...Object.fromEntries(mortal) } as Ports, calls: first.calls };
}

/** A process that dies at one named call, before it or after it: that one throws, and so does every later one. */
export function killedAt<Ports extends object>(
  ports: Ports,
  names: (keyof Ports & string)[],
  deadly: { call: string; when: 'before' | 'after' },
): Ports {
  let dead = false;
  const wrapped = names.map((port) => {
    const methods = Object.entries(ports[port] as Record<string, Method>).map(([method, call]) => {
      const mortal = async (...args: unknown[]) => {
        const now = !dead && deadly.call === `${port}.${method}`;
        if (now && deadly.when === 'after') await call(...args);
        dead ||= now;
        if (dead) throw new Died();
        return call(...args);
      };
      return [method, mortal] as const;
    });
    return [port, Object.fromEntries(methods)] as const;
  });
  return { ...ports, ...Object.fromEntries(wrapped) } as Ports;
}
