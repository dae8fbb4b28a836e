// Time, so that tests of waiting don't wait.
import { setTimeout } from 'node:timers/promises';

/** What waiting needs to know of time. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Comes back after so many milliseconds, or at once when the signal fires. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  async pause(milliseconds, signal) {
    // A pause that is cut short is over: whoever waits looks at the signal itself.
    await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};
