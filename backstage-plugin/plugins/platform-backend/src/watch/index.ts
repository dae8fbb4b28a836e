/** Watches Argo, and tells requests how their Workflows go. */
import { type WatcherDeps, Watcher } from './Watcher';

export type { AwaitedWorkflow, WatchedRequests } from './Watcher';
export type { LogSink } from './stepLogs';
export { redact } from './redact';

/** What all watchers share; `RequestService` serves as `requests`, the stores as `leases` and `logs`. */
export type WatchersDeps = Omit<WatcherDeps, 'engine'>;

/**
 * Watches all instances until `signal` is aborted. Each process calls this once, when its tables are ready; of several only one
 * watches an instance, by a lease.
 *
 * @returns when all have stopped and given their leases back
 */
export async function runWatchers(
  engines: Iterable<WatcherDeps['engine']>,
  deps: WatchersDeps,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([...engines].map(engine => new Watcher({ ...deps, engine }).run(signal)));
}
