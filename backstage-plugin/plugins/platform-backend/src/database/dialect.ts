/** Where SQLite and PostgreSQL differ, in one place. All else in this folder is the same on both. */
import { isError } from '@backstage/errors';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';

/** How long a SQLite connection waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/** How many statements a SQLite connection keeps compiled: more than there are. */
const MOST_STATEMENTS = 500;

/** What a raw connection of better-sqlite3 can do. */
interface SqliteConnection {
  pragma(source: string): unknown;
  prepare(sql: string): object;
}

/** Is it a SQLite database? There is one writer at a time then, and no row needs a lock. */
export function isSqlite(knex: Knex): boolean {
  return knex.client.config.client === 'better-sqlite3';
}

/**
 * Makes a database ready: durable settings, and all migrations.
 *
 * SQLite: WAL, and `synchronous=FULL`, so that what was answered is on the disk. PostgreSQL is durable by default.
 */
export async function prepareDatabase(knex: Knex, options: { migrate?: boolean } = {}): Promise<void> {
  if (isSqlite(knex)) {
    const configure = (connection: SqliteConnection) => {
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      connection.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
      keepStatements(connection);
    };
    knex.client.pool.on('createSuccess', (_event: number, connection: SqliteConnection) => configure(connection));
    const connection: SqliteConnection = await knex.client.acquireConnection();
    try {
      configure(connection);
    } finally {
      await knex.client.releaseConnection(connection);
    }
  }
  if (options.migrate ?? true) {
    await knex.migrate.latest({ directory: migrationsDirectory() });
  }
}

/** knex has each statement compiled anew, which takes as long as most of ours run. */
function keepStatements(connection: SqliteConnection): void {
  if (Object.hasOwn(connection, 'prepare')) {
    return;
  }
  const compiled = new LRUCache<string, object>({ max: MOST_STATEMENTS });
  const compile = connection.prepare.bind(connection);
  connection.prepare = sql => {
    const statement = compiled.get(sql) ?? compile(sql);
    compiled.set(sql, statement);
    return statement;
  };
}

/**
 * Runs `work` so that all of it is undone when it fails, and nothing of what was done before it in the transaction: as
 * `trx.transaction()`, without the machinery that knex builds up each time.
 *
 * @throws when the transaction itself is lost
 */
export async function inSavepoint<T>(trx: Knex.Transaction, work: () => Promise<T>): Promise<{ result: T } | { failure: unknown }> {
  await trx.raw('SAVEPOINT one_of_many');
  let outcome: { result: T } | { failure: unknown };
  try {
    outcome = { result: await work() };
  } catch (failure) {
    await trx.raw('ROLLBACK TO SAVEPOINT one_of_many');
    outcome = { failure };
  }
  await trx.raw('RELEASE SAVEPOINT one_of_many');
  return outcome;
}

/** Where the migrations are, also in a published package. */
export function migrationsDirectory(): string {
  return resolvePackagePath('@berth/plugin-platform-backend', 'migrations');
}

/**
 * May the same transaction succeed when it is run again? So it is when two of them met: at a unique index (the second
 * finds the row of the first then), at locks taken crosswise, or at the one writer of SQLite.
 */
export function isWorthAnotherTry(error: unknown): boolean {
  const code = isError(error) ? String(error.code) : '';
  return /^(23505|40001|40P01)$/.test(code) || /^SQLITE_(BUSY|CONSTRAINT_UNIQUE|CONSTRAINT_PRIMARYKEY)/.test(code);
}

/** What a SELECT finds, for those that run all the time: knex builds up a statement for longer than SQLite runs it. */
export async function rowsOf<R>(knex: Knex, select: string, bindings: readonly Knex.RawBinding[]): Promise<R[]> {
  const answer = await knex.raw(select, bindings);
  return isSqlite(knex) ? answer : answer.rows;
}

/** Rows that nobody else changes until the transaction ends. */
export function toChange(knex: Knex, select: string): string {
  return isSqlite(knex) ? select : `${select} FOR UPDATE`;
}

/** Rows that no other worker has in its hands; where there is one writer, that is all. */
export function skippingLocked<Q extends Knex.QueryBuilder>(knex: Knex, query: Q): Q {
  return isSqlite(knex) ? query : (query.forUpdate().skipLocked() as Q);
}

/** Text that both can keep: PostgreSQL has no NUL. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

/** Writes that don't need each other's results: on PostgreSQL in one statement, and so in one trip to the server. */
export async function writeTogether(knex: Knex, writes: readonly Knex.QueryBuilder[]): Promise<void> {
  if (isSqlite(knex)) {
    for (const write of writes) {
      await write;
    }
    return;
  }
  const all = writes.reduce((query, write, index) => query.with(`write_${index}`, write), knex.queryBuilder());
  await all.select(knex.raw('1'));
}
