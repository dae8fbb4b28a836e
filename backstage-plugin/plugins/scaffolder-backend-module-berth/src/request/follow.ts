// Watches a request for a while, with a line in the log for each step that changes. What its end means for the task is left to
// carryOut.ts.
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { PlatformApi } from '../platform/PlatformApi';
import type { RequestProgress } from '@berth/plugin-platform-common';
import type { Clock } from './clock';

/** How a request is watched. */
export interface Watch {
  api: Pick<PlatformApi, 'progress'>;
  clock: Clock;
  logger: LoggerService;
  /** When to stop watching, whatever has become of the request. */
  timeoutMs: number;
  /** Fires when the task is cancelled. */
  signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Watches a request until it ends or waits for an approval, until the time is up or the signal fires.
 *
 * @returns how far it was at the last look; `undefined` when no look was possible within the time
 * @throws what the backend has against the caller; a backend that can't be reached is waited for
 */
export async function follow(requestId: string, watch: Watch): Promise<RequestProgress | undefined> {
  const { clock, logger, signal } = watch;
  const end = clock.now() + watch.timeoutMs;
  const told = new Map<string, string>();
  let progress: RequestProgress | undefined;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const seen = await look(requestId, watch);
    if (seen !== undefined) {
      progress = seen;
      if (tell(seen, told, logger)) pause = FIRST_PAUSE_MS;
      if (isAtRest(seen)) return seen;
    }
    const left = end - clock.now();
    if (left <= 0 || signal?.aborted) return progress;
    await clock.pause(Math.min(pause, left), signal);
    if (signal?.aborted) return progress;
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
}

/** Will nothing more happen of its own accord? */
function isAtRest({ status, rollback }: RequestProgress): boolean {
  if (status === 'queued' || status === 'provisioning') return false;
  // What failed is told with what became of its remains.
  return rollback !== 'running';
}

async function look(requestId: string, { api, logger }: Watch): Promise<RequestProgress | undefined> {
  try {
    return await api.progress(requestId);
  } catch (error) {
    if (!ServiceUnavailableError.is(error)) throw error;
    logger.warn(`${error.message}; the request goes on, looking again`);
    return undefined;
  }
}

/** Logs what is new since the last look; was anything? */
function tell({ status, attempt, rollback, steps }: RequestProgress, told: Map<string, string>, logger: LoggerService): boolean {
  const news: [string, string][] = [
    ['', `Request is ${status}${attempt > 1 ? `, attempt ${attempt}` : ''}`],
    // Before it starts, there is nothing to tell of a step.
    ...steps.filter(({ phase }) => phase !== 'Pending').map(({ id, phase, message, retries }): [string, string] => [
      id,
      `Step ${id}: ${phase}${retries > 0 ? ` (try ${retries + 1})` : ''}${message ? `: ${message}` : ''}`,
    ]),
    ...(rollback === 'none' ? [] : [['/rollback', `Rollback: ${rollback}`] as [string, string]]),
  ];
  const changed = news.filter(([subject, line]) => told.get(subject) !== line);
  for (const [subject, line] of changed) {
    told.set(subject, line);
    logger.info(line);
  }
  return changed.length > 0;
}
