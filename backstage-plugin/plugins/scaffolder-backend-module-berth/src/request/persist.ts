// Calls again what may pass: a backend that restarts, a proxy that gives up. Only for calls that do no harm when they are made twice.
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Clock } from './clock';

/** Pauses between the tries: half a minute in all, the time of a restart. */
const PAUSES_MS = [500, 1_000, 3_000, 10_000, 15_000];

/**
 * Calls until it works, at most six times.
 *
 * @throws what the call throws: at once when it can't pass, else after the last try
 */
export async function persist<T>(call: () => Promise<T>, { clock, logger }: { clock: Clock; logger: LoggerService }): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await call();
    } catch (error) {
      if (!ServiceUnavailableError.is(error)) throw error;
      logger.warn(`${error.message}; trying again`);
      await clock.pause(pause);
    }
  }
  return call();
}
