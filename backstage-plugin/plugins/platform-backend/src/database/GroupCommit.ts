/**
 * Transactions that wait for each other anyway, several in one commit: those of SQLite, which has one writer, and those of
 * PostgreSQL that need the row of the same team. What costs is to wait for the disk, once a commit. Those that came while the last
 * commit ran share the next one, each in a savepoint of its own: one that fails is undone alone, and nobody hears of success
 * before all of it is on the disk.
 */
import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { inSavepoint } from './dialect';

/** How many share a commit at most. */
const MOST = 64;

interface Waiting {
  /** Does the work; then says how to tell of it. */
  run(trx: Knex.Transaction): Promise<() => void>;
  fail(error: unknown): void;
}

/** One queue of them. */
export class GroupCommit {
  readonly #knex: Knex;
  readonly #onIdle: () => void;
  readonly #waiting: Waiting[] = [];
  #isRunning = false;

  /** @param onIdle - called when nobody waits any more */
  constructor(knex: Knex, onIdle: () => void = () => {}) {
    this.#knex = knex;
    this.#onIdle = onIdle;
  }

  /** Runs `work` in a transaction; comes back when that is on the disk. */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = async (trx: Knex.Transaction) => {
        const result = await work(trx);
        return () => resolve(result);
      };
      this.#waiting.push({ run, fail: reject });
      void this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await this.#commit();
    }
    this.#isRunning = false;
    this.#onIdle();
  }

  async #commit(): Promise<void> {
    const group: Waiting[] = [];
    const tell: (() => void)[] = [];
    // Calls that came at the same moment are all read first.
    await setImmediate();
    try {
      await this.#knex.transaction(async trx => {
        // Taken when the connection is ours: whoever came until then comes along.
        group.push(...this.#waiting.splice(0, MOST));
        const isAlone = group.length === 1;
        for (const { run, fail } of group) {
          if (isAlone) {
            tell.push(await run(trx));
          } else {
            const outcome = await inSavepoint(trx, () => run(trx));
            tell.push('failure' in outcome ? () => fail(outcome.failure) : outcome.result);
          }
        }
      });
      tell.forEach(done => done());
    } catch (error) {
      // Not begun, not on the disk, or the only one has failed: nothing of it has happened.
      const failed = group.length > 0 ? group : this.#waiting.splice(0, MOST);
      failed.forEach(waiting => waiting.fail(error));
    }
  }
}
