import { type ChildProcess, spawn } from 'node:child_process';

// A shell of a megabyte that outlives us: it remembers the children, each the leader of its own group, and ends
// the groups when the pipe from us closes, which also happens when we are killed without a chance to tidy up.
const script = `
pids=" "
while read -r verb pid; do
  case "$verb" in
    add) pids="$pids$pid " ;;
    gone) pids=$(printf '%s' "$pids" | sed "s/ $pid / /") ;;
  esac
done
groups=$(for pid in $pids; do printf ' -%s' "$pid"; done)
[ -z "$groups" ] && exit 0
kill -s TERM -- $groups 2>/dev/null
for second in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  kill -s 0 -- $groups 2>/dev/null || exit 0
done
kill -s KILL -- $groups 2>/dev/null
`;

/** Ends the children of a sandbox that was itself killed. */
export class Watchdog {
  readonly #shell: ChildProcess;

  constructor() {
    // Detached: Ctrl-C in the terminal must not reach it.
    this.#shell = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
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

  /** Lets it go; resolves when it is gone. */
  async stop(): Promise<void> {
    const exited = new Promise<void>((resolve) => this.#shell.once('exit', () => resolve()));
    if (this.#shell.exitCode !== null || this.#shell.signalCode !== null) return;
    this.#shell.stdin?.end();
    await exited;
  }
}
