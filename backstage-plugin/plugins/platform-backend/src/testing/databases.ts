/** The databases that everything here must work on: SQLite in a file, and PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { type Postgres, findPostgres, startPostgres } from './postgres';

/** Makes databases of one kind, one for each `create()`; each is closed after its test, and all are gone after the last. */
export interface TestDatabases {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** An empty database. */
  create(): Promise<Knex>;
}

/** Runs the tests on every database. */
export function onEveryDatabase(tests: (databases: TestDatabases) => void): void {
  describe('on SQLite', () => {
    tests(sqlite());
  });
  describe('on PostgreSQL', () => {
    tests(postgres());
  });
}

/** SQLite in files, and only that: for tests whose subject is not the database. */
export function sqlite(): TestDatabases & { copyOf(database: Knex): Promise<Knex> } {
  const folder = mkdtempSync(join(tmpdir(), 'berth-sqlite-'));
  const open: Knex[] = [];
  let count = 0;
  afterEach(() => destroyAll(open));
  afterAll(() => rmSync(folder, { recursive: true }));
  const next = () => {
    count += 1;
    return join(folder, `${count}.sqlite`);
  };
  const at = (filename: string): Knex => {
    const knex = knexFactory({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
    open.push(knex);
    return knex;
  };
  return {
    kind: 'SQLite',
    async create() {
      return at(next());
    },
    /** As a backup makes it, while the database is used. */
    async copyOf(database) {
      const filename = next();
      await database.raw('VACUUM INTO ?', [filename]);
      return at(filename);
    },
  };
}

function postgres(): TestDatabases {
  const open: Knex[] = [];
  let count = 0;
  let server: Postgres | undefined;
  beforeAll(async () => {
    const programs = findPostgres();
    if (programs === undefined) {
      throw new Error('PostgreSQL is not installed; run `apt install postgresql-15`, or name its programs in `PG_BIN`');
    }
    server = await startPostgres(programs);
  }, 60_000);
  afterEach(() => destroyAll(open));
  afterAll(() => server?.stop(), 60_000);
  return {
    kind: 'PostgreSQL',
    async create() {
      const connection = { host: server?.host, user: server?.user, database: 'postgres' };
      const database = `berth_${count}`;
      count += 1;
      const admin = knexFactory({ client: 'pg', connection, pool: { min: 0, max: 1 } });
      await admin.raw(`CREATE DATABASE ${database}`);
      await admin.destroy();
      const knex = knexFactory({ client: 'pg', connection: { ...connection, database }, pool: { min: 0, max: 20 } });
      open.push(knex);
      return knex;
    },
  };
}

async function destroyAll(open: Knex[]): Promise<void> {
  await Promise.all(open.splice(0).map(knex => knex.destroy()));
}
