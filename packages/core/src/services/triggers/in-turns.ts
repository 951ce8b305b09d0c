/** Steps of about a millisecond each: nobody waits longer than a few of them. */
const stepsInOneTurn = 10;

/** Runs work that comes in steps, and lets everything else of the process have its turn after every few of them. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done) return step.value;
    if (count % stepsInOneTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
