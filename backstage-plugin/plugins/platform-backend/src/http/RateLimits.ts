// How often one caller may call: reads and writes are counted apart, for each process by itself.
import { CustomErrorBase } from '@backstage/errors';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../actor';
import type { BerthConfig } from '../config';

/** Backstage's error handler answers with the status; how long to wait is in the header `Retry-After`. */
export class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

export class RateLimits {
  readonly #limiters: Record<'read' | 'write', RateLimiterMemory>;

  constructor({ readsPerMinute, writesPerMinute }: BerthConfig['api']['rateLimits']) {
    this.#limiters = {
      read: new RateLimiterMemory({ points: readsPerMinute, duration: 60 }),
      write: new RateLimiterMemory({ points: writesPerMinute, duration: 60 }),
    };
  }

  /** Counts a call; `res`, when it came over HTTP, is told how long to wait. @throws TooManyRequestsError when it is one too many */
  async consume(kind: 'read' | 'write', actor: Actor, res?: Response): Promise<void> {
    try {
      await this.#limiters[kind].consume(actor.ref);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) {
        throw refusal;
      }
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      res?.setHeader('Retry-After', String(seconds));
      throw new TooManyRequestsError(
        `\`${actor.ref}\` has made ${this.#limiters[kind].points} ${kind}s within a minute: try again in ${seconds} s`,
      );
    }
  }
}
