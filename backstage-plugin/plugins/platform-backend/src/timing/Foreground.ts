/**
 * Who waits for an answer comes first: what goes on in the background waits for a moment while many calls are answered. It never
 * waits for long, so that a backend that is always busy gets it done as well.
 */
import type { RequestHandler } from 'express';
import { pause } from './backoff';

/** From how many calls at once on the background waits. */
const MANY = 4;

/** How long it waits at most, in milliseconds. */
const LONGEST_MS = 250;

/** The calls that are being answered. */
export class Foreground {
  #calls = 0;
  readonly #waiting = new Set<AbortController>();

  /** Counts a call until its answer is sent, or its caller is gone. */
  readonly count: RequestHandler = (_request, response, next) => {
    this.#calls += 1;
    response.once('close', () => {
      this.#calls -= 1;
      if (this.#calls < MANY) {
        this.#waiting.forEach(waiting => waiting.abort());
      }
    });
    next();
  };

  /** Comes back when few calls are being answered, or when it has waited for long. */
  async room(): Promise<void> {
    if (this.#calls < MANY) {
      return;
    }
    const waiting = new AbortController();
    this.#waiting.add(waiting);
    await pause(LONGEST_MS, waiting.signal);
    this.#waiting.delete(waiting);
  }
}
