import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

// A shell of one megabyte that survives this process. It knows the process groups of the children, and ends them when
// its input pipe closes, which also happens if this process is killed. `kill` is called once for each group, because
// one call for several fails if one of them has ended.
const script = `
folder=$1
pids=" "
while read -r verb pid; do
  case "$verb" in
    add) pids="$pids$pid " ;;
    gone) pids=$(printf '%s' "$pids" | sed "s/ $pid / /") ;;
  esac
done
signalled() { for pid in $pids; do kill -s "$1" -- "-$pid" 2>/dev/null && printf ' %s' "$pid"; done; }
pids=$(signalled TERM)
for second in 1 2 3 4 5 6 7 8 9 10; do
  [ -z "$pids" ] && break
  sleep 1
  pids=$(signalled 0)
done
signalled KILL
[ -z "$folder" ] || rm -rf -- "$folder"
`;

/** Ends the children of this process if it is killed. */
export class Watchdog {
  readonly #shell: ChildProcess;

  /** @param removes a folder that is deleted once all children have ended */
  constructor({ removes = '' }: { removes?: string } = {}) {
    // Detached, so that a Ctrl-C in the terminal does not reach it.
    const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] } satisfies SpawnOptions;
    this.#shell = spawn('sh', ['-c', script, 'watchdog', removes], options);
    this.#shell.stdin?.on('error', () => {});
  }

  get pid(): number | undefined {
    return this.#shell.pid;
  }

  add(pid: number): void {
    this.#shell.stdin?.write(`add ${pid}\n`);
  }

  gone(pid: number): void {
    this.#shell.stdin?.write(`gone ${pid}\n`);
  }

  /** Ends the shell and the remaining children. Resolves when the shell has ended. */
  async stop(): Promise<void> {
    const exited = new Promise<void>((resolve) => this.#shell.once('exit', () => resolve()));
    if (this.#shell.exitCode !== null || this.#shell.signalCode !== null) return;
    this.#shell.stdin?.end();
    await exited;
  }
}
