import { INVARIANTS, type Invariant, Violation } from './auditor/invariants.ts';
import { calm, happen } from './happenings.ts';
import { type Event, Scene } from './scene.ts';

/** Steps of one world before it comes to rest. Short histories of many worlds reach more than a long one of one. */
const WORLD_STEPS = 3_000;
/** Rounds in which everything must come to its end: windows of 60 minutes, and payouts one after the other. */
const CALM_ROUNDS = 24;
const TRACE_LENGTH = 40;

/** What the simulation found. `seed` and `step` repeat it: they are of its world, which starts at step 1. */
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
  /** Is called before each world. @param steps that were made so far */
  progress?: (steps: number) => void;
};

/** Runs worlds one after the other, until so many steps were made or an invariant is broken. */
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

/** One world: its turmoil, and then its rest. @param most steps, which may end it at any moment */
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
