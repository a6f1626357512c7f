import { INVARIANTS, type Invariant, Violation } from './auditor/invariants.ts';
import { calm, happen } from './happenings.ts';
import { type Event, Scene } from './scene.ts';

/** Steps of one world before its calm end. Many short worlds reach more states than one long world. */
const WORLD_STEPS = 3_000;
/** Rounds of the calm end, enough for payment windows of 60 minutes and for payouts one after the other. */
const CALM_ROUNDS = 24;
const TRACE_LENGTH = 40;

/** A broken invariant. `seed` and `step` are those of its world, which starts at step 1, and repeat it. */
export type Finding = {
  invariant: Invariant;
  detail: string;
  seed: number;
  step: number;
  /** Steps since the beginning of the run. */
  stepOfRun: number;
  trace: Event[];
};

export type Result = { steps: number; worlds: number; finding?: Finding };

type Options = {
  /** A whole number of 32 bits. World number n has the seed `seed + n`. */
  seed: number;
  steps: number;
  /** Called before each world and at the end. @param steps the number of steps so far */
  progress?: (steps: number) => void;
};

/** Runs worlds one after the other, until an invariant is broken or `steps` steps are made. */
export async function simulate({ seed, steps, progress = () => {} }: Options): Promise<Result> {
  let made = 0;
  let worlds = 0;
  while (made < steps) {
    progress(made);
    const scene = new Scene(seed + worlds, TRACE_LENGTH);
    worlds += 1;
    try {
      await live(scene, steps - made);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      const { invariant, message } = error;
      const finding: Finding = {
        invariant,
        detail: `${message} (${INVARIANTS[invariant]})`,
        seed: seed + worlds - 1,
        step: scene.step,
        stepOfRun: made + scene.step,
        trace: scene.trace.slice(-TRACE_LENGTH),
      };
      return { steps: made + scene.step, worlds, finding };
    }
    made += scene.step;
  }
  progress(made);
  return { steps: made, worlds };
}

/**
 * Runs one world: its chaotic part, and then its calm end.
 *
 * @param most upper bound of steps, at which the world ends without its last checks
 * @throws Violation
 */
async function live(scene: Scene, most: number) {
  await scene.begin();
  while (scene.step < Math.min(most, WORLD_STEPS)) await scene.advance(() => happen(scene));
  for (const next of calm(scene, CALM_ROUNDS)) {
    while (scene.running > 0) {
      if (scene.step >= most) return;
      await scene.advance();
    }
    if (scene.step >= most) return;
    await scene.advance(next);
  }
  scene.expectRest();
}
