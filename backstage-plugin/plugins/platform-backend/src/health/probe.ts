/** Asks each Argo instance now and then whether it answers: a process that does not watch it knows by this alone. */
import { ArgoError, type WorkflowEngine } from '../argo';
import { backoff, pause } from '../timing/backoff';
import type { ArgoHealth } from './ArgoHealth';

/** Between two questions. */
const EVERY_MS = 15_000;

/** A label that no Workflow has: what is asked is as cheap as can be, and needs the same rights as watching. */
const NONE = 'berth.dev/probe=none';

/** Asks until `signal` is aborted, at once for the first time. */
export async function runProbes(
  engines: Iterable<Pick<WorkflowEngine, 'instance' | 'list'>>,
  health: ArgoHealth,
  signal: AbortSignal,
  everyMs = EVERY_MS,
): Promise<void> {
  await Promise.all(
    [...engines].map(async engine => {
      while (!signal.aborted) {
        await probe(engine, health);
        await pause(backoff(1, { firstMs: everyMs, mostMs: everyMs }), signal);
      }
    }),
  );
}

async function probe(engine: Pick<WorkflowEngine, 'instance' | 'list'>, health: ArgoHealth): Promise<void> {
  try {
    await engine.list(NONE);
    health.up(engine.instance);
  } catch (error) {
    health.down(engine.instance, error instanceof ArgoError ? error.message : String(error));
  }
}
