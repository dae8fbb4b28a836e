/** Deletes what need not be kept any longer. Requests and their steps stay: names, slots and budgets hang on them. */
import type { Stores } from '../database/Stores';

/** How long each is kept, in milliseconds: `berth.retention`. */
export interface Retention {
  logs: number;
  events: number;
  idempotencyKeys: number;
}

/** How many rows are deleted at once: few enough that nobody waits for it. */
const BATCH = 500;

/** How many rows of each were deleted. */
export type Deleted = Record<keyof Retention, number>;

/**
 * Deletes what is too old at `now`. Run it daily, in one process; it does a batch after the other until nothing is left or
 * `signal` is aborted.
 */
export async function deleteOld(stores: Stores, retention: Retention, now: Date, signal?: AbortSignal): Promise<Deleted> {
  const tables = { logs: stores.logs, events: stores.events, idempotencyKeys: stores.idempotency };
  const deleted: Deleted = { logs: 0, events: 0, idempotencyKeys: 0 };
  for (const name of ['logs', 'events', 'idempotencyKeys'] as const) {
    const before = new Date(now.getTime() - retention[name]).toISOString();
    let batch = BATCH;
    while (batch === BATCH && !signal?.aborted) {
      batch = await tables[name].deleteBefore(before, BATCH);
      deleted[name] += batch;
    }
  }
  return deleted;
}
