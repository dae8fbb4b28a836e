// What is asked again and again must not read all requests that there ever were. SQLite says how it would go about each query.
import type { Knex } from 'knex';
import { onEveryDatabase } from '../testing/databases';
import { Stores } from './Stores';
import { isSqlite, prepareDatabase } from './dialect';

type Look = (stores: Stores) => Promise<unknown>;

const queued: Look = ({ requests }) => requests.list({ allOf: [{ key: 'status', values: ['queued'] }] }, undefined, 20);

const UNDER_WAY: [string, Look][] = [
  ['requests of a status', queued],
  ['the numbers of open requests', ({ requests }) => requests.countOpen()],
  ['approvals that lapse', ({ requests }) => requests.expired('2026-11-23T12:00:00.000Z', 50)],
  ['approvers to remind', ({ requests }) => requests.toRemind('2026-11-23T12:00:00.000Z', 50)],
  ['workflows that are awaited', ({ requests }) => requests.awaited('default')],
];

onEveryDatabase(databases => {
  it.each(UNDER_WAY)('%s are found among those that have not ended', async (_what, look) => {
    await expectPlan(look, plan => {
      expect(plan).toMatch(/USING (COVERING )?INDEX requests_open/);
      expect(plan).not.toMatch(/SCAN requests/);
    });
  });

  it('namespaces that stand are read page by page, and no page reads them all', async () => {
    const standing: Look = ({ requests }) => requests.list({ key: 'state', values: ['ready', 'failed'] }, undefined, 200);
    await expectPlan(standing, plan => {
      expect(plan).toMatch(/USING INDEX requests_by_time/);
      expect(plan).toMatch(/SEARCH namespaces .*\(request_id=\?\)/);
      expect(plan).not.toContain('TEMP B-TREE');
    });
  });

  /** PostgreSQL decides by what stands in the tables, so that nothing can be said of empty ones; there the queries only have to run. */
  async function expectPlan(look: Look, expected: (plan: string) => void): Promise<void> {
    const knex = await databases.create();
    await prepareDatabase(knex);
    const asked: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    knex.on('query', (query: (typeof asked)[number]) => asked.push(query));
    await look(new Stores(knex));
    expect(asked).toHaveLength(1);
    if (isSqlite(knex)) {
      const steps: { detail: string }[] = await knex.raw(`EXPLAIN QUERY PLAN ${asked[0].sql}`, asked[0].bindings);
      expected(steps.map(step => step.detail).join('\n'));
    }
  }
});
