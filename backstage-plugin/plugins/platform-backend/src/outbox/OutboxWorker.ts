/**
 * Does what stands in the outbox, of one kind. A row is leased, done outside of any transaction, and then deleted in the
 * transaction that writes what came of it; a worker that dies in between leaves a row that another one does again, so
 * handlers must not mind doing a thing twice. What a kind means is its handler's matter.
 */
import { randomUUID } from 'node:crypto';
import { type ErrorLike, toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OutboxKind, OutboxRow } from '../database/OutboxStore';
import type { RequestEnvironment } from '../requests/environment';
import type { Work } from '../requests/Work';
import { backoff } from '../timing/backoff';

/** Writes what came of it, in the transaction that deletes the row. */
export type Settle = (work: Work) => Promise<void>;

/**
 * Does what a row asks for. Throws to have it done again later: a `NotDone` if nothing of it can have happened.
 */
export type OutboxHandler = (row: OutboxRow) => Promise<Settle | undefined>;

/** A handler's way to say that nothing has happened, and that it shall be tried again. */
export class NotDone extends Error {}

/** The row is no longer ours: what came of it must not be written. */
class LeaseLost extends Error {}

/** How long the rows of a process that dies are nobody's; while it lives, they are renewed. */
export const LEASE_MS = 30_000;

/** What a worker works with. */
export interface OutboxWorkerOptions {
  kind: OutboxKind;
  environment: RequestEnvironment;
  handler: OutboxHandler;
  logger: LoggerService;
  /** How many rows at once. */
  concurrency?: number;
  /** How often to look for rows that other processes wrote or left, in milliseconds. */
  pollMs?: number;
  /** Waited for before a row is begun, such as until those who wait for an answer have theirs. */
  room?(): Promise<void>;
  /** After this many milliseconds a row is given up, and said so in the log; without it never. */
  giveUpAfterMs?: number;
}

/** One kind's worker. */
export class OutboxWorker {
  readonly #options: OutboxWorkerOptions;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #pump: Promise<void> | undefined;
  #again = false;
  #isStopped = true;

  constructor(options: OutboxWorkerOptions) {
    this.#options = options;
  }

  /** Starts to work: after each commit that adds to the outbox, and now and then. */
  start(): void {
    const { environment, kind, logger, pollMs = 1000 } = this.#options;
    this.#isStopped = false;
    environment.onCommit(({ enqueued }) => {
      if (enqueued.includes(kind)) {
        this.wake();
      }
    });
    this.#timer = setInterval(() => this.wake(), pollMs);
    this.#timer.unref();
    environment.stores.outbox
      .takeOver(kind, environment.now().toISOString())
      .catch(error => logger.warn(`what a process that is gone left in the outbox waits for the end of its lease`, toError(error)))
      .finally(() => this.wake());
  }

  /** Looks for rows now. */
  wake(): void {
    if (this.#isStopped) {
      return;
    }
    this.#again = true;
    this.#pump ??= this.#work().finally(() => {
      this.#pump = undefined;
    });
  }

  /** Does now what failed before and waits for its next try, such as when Argo is back. */
  async retryNow(): Promise<void> {
    const { environment, kind } = this.#options;
    await environment.stores.outbox.makeDue(kind, environment.now().toISOString());
    this.wake();
  }

  /** Takes no more rows, and waits for those at work. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#pump;
    await Promise.all(this.#running);
  }

  /** Does all that is due, and comes back when nothing is. */
  async drain(): Promise<void> {
    while ((await this.#claim()) > 0) {
      await Promise.all(this.#running);
    }
  }

  async #work(): Promise<void> {
    const { concurrency = 8, logger, kind } = this.#options;
    while (this.#again && !this.#isStopped) {
      this.#again = false;
      try {
        while (!this.#isStopped && (await this.#claim()) > 0) {
          if (this.#running.size >= concurrency) {
            await Promise.race(this.#running);
          }
        }
      } catch (error) {
        logger.error(`the outbox can't be read for \`${kind}\`; it is tried again`, toError(error));
      }
    }
  }

  /** Takes rows as far as there is room, and begins them; says how many. */
  async #claim(): Promise<number> {
    const { kind, environment, concurrency = 8 } = this.#options;
    const room = concurrency - this.#running.size;
    if (room <= 0) {
      return 0;
    }
    const now = environment.now().toISOString();
    const until = this.#leaseEnd();
    const rows = await environment.stores.single(({ outbox }) => outbox.claim(kind, room, now, until, randomUUID()));
    for (const row of rows) {
      const running: Promise<void> = this.#do(row).finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
    return rows.length;
  }

  async #do(row: OutboxRow): Promise<void> {
    const { environment, handler, logger, room } = this.#options;
    const renewing = setInterval(() => this.#renew(row), LEASE_MS / 3);
    try {
      await room?.();
      const settle = await handler(row);
      await environment.commit(async work => {
        // The request before the row: all take the locks in this order.
        await settle?.(work);
        if (!(await work.stores.outbox.finish(row))) {
          throw new LeaseLost();
        }
      });
    } catch (error) {
      if (error instanceof LeaseLost) {
        logger.warn(`\`${row.kind}\` of the request \`${row.requestId}\` took longer than its lease; another worker does it`);
        return;
      }
      await this.#later(row, toError(error)).catch(reason =>
        logger.error(`a row of the outbox can't be given back; it is free when its lease ends`, toError(reason)),
      );
    } finally {
      clearInterval(renewing);
    }
  }

  #leaseEnd(): string {
    return new Date(this.#options.environment.now().getTime() + LEASE_MS).toISOString();
  }

  #renew(row: OutboxRow): void {
    const { environment, logger } = this.#options;
    environment.stores.outbox
      .renew(row, this.#leaseEnd())
      .catch(error => logger.warn(`a lease of the outbox can't be renewed; another worker may do the same again`, toError(error)));
  }

  async #later(row: OutboxRow, error: ErrorLike): Promise<void> {
    const { environment, logger, giveUpAfterMs } = this.#options;
    const now = environment.now().getTime();
    const what = `\`${row.kind}\` of the request \`${row.requestId}\``;
    if (giveUpAfterMs !== undefined && now - Date.parse(row.createdAt) > giveUpAfterMs) {
      logger.error(`${what} is given up after ${row.tries} tries: ${error.message}`);
      await environment.stores.outbox.finish(row);
      return;
    }
    const wait = backoff(row.tries, { firstMs: 500, mostMs: 30_000 });
    logger.warn(`${what} did not work, try ${row.tries}; again in ${wait} ms: ${error.message}`);
    const availableAt = new Date(now + wait).toISOString();
    await environment.stores.outbox.giveBack(row, availableAt, error.message, !(error instanceof NotDone));
  }
}
