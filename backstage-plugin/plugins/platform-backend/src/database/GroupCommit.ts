/**
 * Transactions that wait for each other anyway, several in one commit: those of SQLite, which has one writer, and those of
 * PostgreSQL that need the row of the same team. What costs is to wait for the disk, once a commit, and each trip to the server. Those
 * that came while the last commit ran share the next one. When one of them fails, which is rare, all of it is undone and done again with
 * a savepoint for each: that one is undone alone then. Nobody hears of success before all of it is on the disk.
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

  /** Runs `work` in a transaction, and once more if another one of the group fails; comes back when it is on the disk. */
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
    // Calls that came at the same moment are all read first.
    await setImmediate();
    const group: Waiting[] = [];
    let isUndone = false;
    try {
      const tell = await this.#knex.transaction(async trx => {
        // Taken when the connection is ours: whoever came until then comes along.
        group.push(...this.#waiting.splice(0, MOST));
        try {
          return await allOf(trx, group);
        } catch (error) {
          isUndone = true;
          throw error;
        }
      });
      tell.forEach(done => done());
    } catch (error) {
      // INVARIANT: done again is only what was surely undone. A commit that fails may be on the disk all the same.
      if (isUndone && group.length > 1) {
        await this.#commitApart(group);
      } else {
        const failed = group.length > 0 ? group : this.#waiting.splice(0, MOST);
        failed.forEach(waiting => waiting.fail(error));
      }
    }
  }

  async #commitApart(group: readonly Waiting[]): Promise<void> {
    try {
      const tell = await this.#knex.transaction(trx => eachOf(trx, group));
      tell.forEach(done => done());
    } catch (error) {
      // Not begun, or not on the disk: nothing of it has happened.
      group.forEach(waiting => waiting.fail(error));
    }
  }
}

/** Does the work of all; fails as soon as one does. Gives what tells of it. */
async function allOf(trx: Knex.Transaction, group: readonly Waiting[]): Promise<(() => void)[]> {
  const tell: (() => void)[] = [];
  for (const { run } of group) {
    tell.push(await run(trx));
  }
  return tell;
}

/** Does the work of each; what fails is undone alone. Gives what tells of it. */
async function eachOf(trx: Knex.Transaction, group: readonly Waiting[]): Promise<(() => void)[]> {
  const tell: (() => void)[] = [];
  for (const { run, fail } of group) {
    const outcome = await inSavepoint(trx, () => run(trx));
    tell.push('failure' in outcome ? () => fail(outcome.failure) : outcome.result);
  }
  return tell;
}
