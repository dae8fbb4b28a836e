/**
 * Who waits for an answer comes first: while many calls are answered, what goes on in the background waits for its turn, one at a
 * time. It is never left out, so that a backend that is always busy gets it done as well.
 */
import type { RequestHandler } from 'express';

/** From how many calls at once on the background takes turns. */
const MANY = 4;

/** How often it is somebody's turn then, in milliseconds. */
const TURN_MS = 100;

/** The calls that are being answered, and who waits behind them. */
export class Foreground {
  #calls = 0;
  #turns: NodeJS.Timeout | undefined;
  /** Who came first goes first. */
  readonly #waiting: (() => void)[] = [];

  /** Counts a call until its answer is sent, or its caller is gone. */
  readonly count: RequestHandler = (_request, response, next) => {
    this.#calls += 1;
    response.once('close', () => {
      this.#calls -= 1;
      if (this.#calls < MANY) {
        this.#waiting.splice(0).forEach(goOn => goOn());
      }
    });
    next();
  };

  /** Comes back when few calls are answered, or when it is one's turn. */
  async room(): Promise<void> {
    if (this.#calls >= MANY) {
      await new Promise<void>(goOn => {
        this.#waiting.push(goOn);
        this.#turns ??= setInterval(() => this.#next(), TURN_MS).unref();
      });
    }
  }

  #next(): void {
    this.#waiting.shift()?.();
    if (this.#waiting.length === 0) {
      clearInterval(this.#turns);
      this.#turns = undefined;
    }
  }
}
