// Migrations, with rows in the tables: each goes up and down, and the code of the last release runs on the tables of today. On every
// database.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { onEveryDatabase } from '../testing/databases';
import released from './__fixtures__/release-0.1.0.json';
import { Stores } from './Stores';
import { migrationsDirectory, prepareDatabase } from './dialect';

type Row = Record<string, string | number | boolean | null>;

const directory = migrationsDirectory();
const { migrations } = released;
const rows: [string, Row][] = Object.entries(released.rows);
const { id } = released.rows.requests;

describe('the migrations of the last release', () => {
  it.each(Object.entries(migrations))('%s is as it was released', (file, digest) => {
    const text = readFileSync(join(directory, file));
    // An installation has run it: what must be different is the matter of a new one.
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  });
});

onEveryDatabase(databases => {
  it('go up and down one by one, and what is in the tables stays', async () => {
    const knex = await databases.create();
    await lastRelease(knex);
    await write(knex);
    const before = await read(knex);
    let count = 0;
    while (await upOne(knex)) {
      count += 1;
      expect(await read(knex)).toEqual(before);
      await knex.migrate.down({ directory });
      expect(await read(knex)).toEqual(before);
      await upOne(knex);
    }
    expect(count).toBeGreaterThan(0);
    expect(await new Stores(knex).requests.get(id)).toMatchObject({ name: 'payments-checkout', status: 'completed', holdsName: true });
  });

  it('only add what old code need not know', async () => {
    const [old, today] = [await databases.create(), await databases.create()];
    await lastRelease(old);
    await prepareDatabase(today);
    for (const [table] of rows) {
      const [was, is] = [await old(table).columnInfo(), await today(table).columnInfo()] as unknown as Record<string, Knex.ColumnInfo>[];
      for (const [column, { type, maxLength }] of Object.entries(was)) {
        expect({ table, column, ...is[column] }).toMatchObject({ table, column, type, maxLength });
      }
      const added = Object.entries(is).filter(([column]) => !(column in was));
      const needed = added.filter(([, { nullable, defaultValue }]) => !nullable && (defaultValue ?? null) === null);
      expect({ table, needed: needed.map(([column]) => column) }).toEqual({ table, needed: [] });
    }
  });

  it('let the last release write, change, read and delete its rows', async () => {
    const knex = await databases.create();
    await prepareDatabase(knex);
    await write(knex);
    // A second request: no index of today may take two of its rows for the same.
    await knex('requests').insert({ ...released.rows.requests, id: 'another', name: 'payments-ledger' });
    expect(await knex('requests').where({ id, version: 3 }).update({ status: 'failed', version: 4, holds_name: false })).toBe(1);
    const stores = new Stores(knex);
    expect(await stores.requests.get(id)).toMatchObject({ kind: 'create', status: 'failed', version: 4, holdsName: false });
    expect(await stores.requests.get('another')).toMatchObject({ holdsName: true, monthlyCost: 10_000 });
    expect(await stores.events.list(id)).toMatchObject([{ action: 'submitted', toStatus: 'queued' }]);
    expect(await stores.teams.usage('payments')).toEqual({ namespaces: 1, monthlyCost: 10_000 });
    await knex('requests').where({ id: 'another' }).delete();
    for (const [table] of [...rows].reverse()) {
      expect(await knex(table).delete()).toBe(1);
    }
  });
});

async function lastRelease(knex: Knex): Promise<void> {
  for (const name of Object.keys(migrations)) {
    await knex.migrate.up({ directory, name });
  }
}

/** Says whether there was another one. */
async function upOne(knex: Knex): Promise<boolean> {
  const [, files] = await knex.migrate.up({ directory });
  return files.length > 0;
}

async function write(knex: Knex): Promise<void> {
  for (const [table, row] of rows) {
    await knex(table).insert(row);
  }
}

/** What the last release sees: its own columns. */
async function read(knex: Knex): Promise<unknown[]> {
  return Promise.all(rows.map(([table, row]) => knex(table).orderBy(Object.keys(row)[0]).select(Object.keys(row))));
}
