/** How long to wait before something is tried again, and the wait itself. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Between which bounds waits grow. */
export interface BackoffBounds {
  firstMs: number;
  mostMs: number;
}

/**
 * Milliseconds to wait after the `failures`th failure in a row (from 1): twice as long each time, and by chance between half and
 * all of that, so that many who failed together don't come back together.
 */
export function backoff(failures: number, { firstMs, mostMs }: BackoffBounds, random = Math.random): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (0.5 + random() / 2));
}

/** Waits; ends early, without an error, when `signal` is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
