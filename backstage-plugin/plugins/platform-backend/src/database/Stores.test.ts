// The tables: what is written comes back, and what must be alone is alone. On every database.
import type { Knex } from 'knex';
import { ada, aRequest, grace } from '../testing/requests';
import { type TestDatabases, onEveryDatabase } from '../testing/databases';
import { transition } from '../requests/stateMachine';
import { Stores } from './Stores';
import { migrationsDirectory, prepareDatabase } from './dialect';

const at = '2026-11-23T12:00:00.000Z';

onEveryDatabase(databases => {
  describe('migrations', () => {
    it('go up, down and up again', async () => {
      const knex = await databases.create();
      const directory = migrationsDirectory();
      await prepareDatabase(knex);
      const tables = await tablesOf(knex);
      expect(tables).toContain('requests');
      await knex.migrate.rollback({ directory }, true);
      expect(await tablesOf(knex)).toEqual([]);
      await prepareDatabase(knex);
      expect(await tablesOf(knex)).toEqual(tables);
    });
  });

  describe('requests', () => {
    it('come back as they were written', async () => {
      const stores = await openStores(databases);
      const request = aRequest({
        parameters: { namespaceName: 'payments-checkout', description: '“Kasse” \u0000 😀', features: [] },
        monthlyCost: 9_007_199_254_740_991,
        error: { message: 'quota `compute-quota` was refused', step: 'quotas' },
        expiresAt: at,
      });
      await stores.write(stores.requests.insert(request));
      expect(await stores.requests.get(request.id)).toEqual(request);
      await expect(stores.requests.get('nobody')).rejects.toThrow('there is no request `nobody`');
    });

    it('are changed only by who has read the newest version', async () => {
      const stores = await openStores(databases);
      const read = aRequest({ status: 'pending-approval' });
      await stores.write(stores.requests.insert(read));
      await stores.requests.update(read, transition(read, 'approved', at));
      await expect(stores.requests.update(read, transition(read, 'rejected', at))).rejects.toThrow(
        'was changed by somebody else meanwhile',
      );
      expect(await stores.requests.get(read.id)).toMatchObject({ status: 'queued', version: 2 });
    });

    it('hold a name once for each cluster, as long as it is theirs', async () => {
      const stores = await openStores(databases);
      const first = aRequest({ id: 'first', status: 'pending-approval' });
      await stores.write(stores.requests.insert(first));
      await expect(stores.write(stores.requests.insert(aRequest({ id: 'second' })))).rejects.toMatchObject({
        code: expect.stringMatching(/^(SQLITE_CONSTRAINT_UNIQUE|23505)$/),
      });
      await stores.write(stores.requests.insert(aRequest({ id: 'elsewhere', cluster: 'edge' })));
      expect(await stores.requests.nameTaken('main', first.name)).toBe(true);
      expect(await stores.requests.nameTaken('main', first.name, 'first')).toBe(false);
      await stores.requests.update(first, transition(first, 'rejected', at));
      expect(await stores.requests.nameTaken('main', first.name)).toBe(false);
      await stores.write(stores.requests.insert(aRequest({ id: 'third' })));
    });

    it('count for their team as long as they hold their name', async () => {
      const stores = await openStores(databases);
      const pending = aRequest({ id: 'pending', status: 'pending-approval', monthlyCost: 5000 });
      await stores.write(stores.requests.insert(pending));
      await stores.write(stores.requests.insert(aRequest({ id: 'other', name: 'payments-ledger', monthlyCost: 20_000 })));
      expect(await stores.teams.usage('payments')).toEqual({ namespaces: 2, monthlyCost: 25_000 });
      const dearer = transition(pending, 'resubmitted', at, { monthlyCost: 8000 }, 'pending-approval');
      await stores.requests.update(pending, dearer);
      expect(await stores.teams.usage('payments')).toEqual({ namespaces: 2, monthlyCost: 28_000 });
      await stores.requests.update(dearer, transition(dearer, 'rejected', at));
      expect(await stores.teams.lock('payments')).toEqual({ namespaces: 1, monthlyCost: 20_000 });
      expect(await stores.teams.usage('checkout')).toEqual({ namespaces: 0, monthlyCost: 0 });
    });

    it('are listed in pages, the newest first', async () => {
      const stores = await openStores(databases);
      for (const [id, minute] of [['a', '00'], ['b', '01'], ['c', '01'], ['d', '02']]) {
        const createdAt = `2026-11-23T11:${minute}:00.000Z`;
        await stores.write(stores.requests.insert(aRequest({ id, name: `payments-${id}`, createdAt })));
      }
      const first = await stores.requests.list(undefined, undefined, 3);
      expect(first.items.map(request => request.id)).toEqual(['d', 'c', 'b']);
      const second = await stores.requests.list(undefined, first.nextCursor, 3);
      expect(second.items.map(request => request.id)).toEqual(['a']);
      expect(second.nextCursor).toBeUndefined();
      await expect(stores.requests.list(undefined, 'tomorrow', 3)).rejects.toThrow('`cursor` is not one');
    });

    it('are found by what permissions ask', async () => {
      const stores = await openStores(databases);
      const approval = {
        required: true,
        requirements: [{ id: 'environment.production', by: ['group:default/platform-admins'], count: 1, reason: 'four eyes' }],
      };
      await stores.write(stores.requests.insert(aRequest({ id: 'mine', name: 'mine' })));
      await stores.write(stores.requests.insert(aRequest({ id: 'theirs', name: 'theirs', team: 'checkout', requester: grace })));
      await stores.write(stores.requests.insert(aRequest({ id: 'waiting', name: 'waiting', team: 'search', requester: grace, approval })));
      const ids = async (filter: Parameters<typeof stores.requests.list>[0]) =>
        (await stores.requests.list(filter, undefined, 10)).items.map(request => request.id).sort();
      const team = { key: 'team' as const, values: ['payments'] };
      const requester = { key: 'requester' as const, values: [grace.ref] };
      expect(await ids(team)).toEqual(['mine']);
      expect(await ids({ key: 'approver', values: ['group:default/platform-admins'] })).toEqual(['waiting']);
      expect(await ids({ anyOf: [team, { allOf: [requester, { not: { key: 'team', values: ['search'] } }] }] })).toEqual([
        'mine',
        'theirs',
      ]);
      expect(await ids({ anyOf: [] })).toEqual([]);
      expect(await ids({ not: { anyOf: [] } })).toEqual(['mine', 'theirs', 'waiting']);
      expect(await ids({ allOf: [] })).toEqual(['mine', 'theirs', 'waiting']);
      expect(await ids({ key: 'team', values: [] })).toEqual([]);
    });

    it('are counted by status and environment until they end', async () => {
      const stores = await openStores(databases);
      await stores.write(stores.requests.insert(aRequest({ id: 'a', name: 'a' })));
      await stores.write(stores.requests.insert(aRequest({ id: 'b', name: 'b', environment: 'production' })));
      await stores.write(stores.requests.insert(aRequest({ id: 'c', name: 'c' })));
      await stores.write(stores.requests.insert(aRequest({ id: 'd', name: 'd', status: 'completed' })));
      expect(await stores.requests.countOpen()).toEqual([
        { status: 'queued', environment: 'development', count: 2 },
        { status: 'queued', environment: 'production', count: 1 },
      ]);
    });
  });

  it('writes what belongs together in one trip, where the database is a trip away', async () => {
    const knex = await databases.create();
    const stores = await Stores.open(knex);
    let trips = 0;
    knex.on('query', () => {
      trips += 1;
    });
    const request = aRequest();
    const entry = { kind: 'submit' as const, requestId: request.id, attempt: 1, payload: '{}' };
    await stores.write([...stores.requests.insert(request), stores.outbox.add(entry, at)]);
    expect(trips).toBe(databases.kind === 'PostgreSQL' ? 1 : 3);
    expect(await stores.requests.get(request.id)).toEqual(request);
    expect(await stores.outbox.pending(request.id)).toEqual([{ kind: 'submit', tries: 0 }]);
    expect(await stores.teams.usage('payments')).toEqual({ namespaces: 1, monthlyCost: 10000 });
  });

  describe('the outbox', () => {
    const entry = { kind: 'submit' as const, requestId: 'req-1', attempt: 1, payload: '{"kind":"Workflow"}' };

    it('gives each row to one worker until its lease ends', async () => {
      const stores = await openStores(databases);
      await stores.outbox.add({ ...entry, policyDigest: 'sha256:policy', coreVersion: '0.1.0' }, at);
      await stores.outbox.add({ ...entry, requestId: 'later' }, at, '2026-11-23T13:00:00.000Z');
      const until = '2026-11-23T12:01:00.000Z';
      const claim = (now: string, lease: string) => stores.outbox.claim('submit', 10, now, until, lease);
      const [first, second] = await Promise.all([claim(at, 'one'), claim(at, 'two')]);
      const rows = [...first, ...second];
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ ...entry, policyDigest: 'sha256:policy', coreVersion: '0.1.0', tries: 1 });
      expect(await claim('2026-11-23T12:00:59.000Z', 'three')).toEqual([]);
      const [again] = await claim(until, 'four');
      expect(again).toMatchObject({ requestId: 'req-1', tries: 2, lease: 'four' });
      expect(await stores.outbox.finish(rows[0])).toBe(false);
      expect(await stores.outbox.finish(again)).toBe(true);
      await stores.outbox.makeDue('submit', until);
      expect(await claim(until, 'five')).toHaveLength(1);
    });

    it('withdraws what can not have reached Argo, and nothing else', async () => {
      const { outbox } = await openStores(databases);
      const claim = async (lease: string) => (await outbox.claim('submit', 1, at, at, lease))[0];
      await outbox.add(entry, at);
      const first = await claim('one');
      expect(first.inDoubt).toBe(false);
      expect(await outbox.withdraw('req-1', 1)).toBe(false);
      await outbox.giveBack(first, at, 'nobody listens there', false);
      expect(await outbox.pending('req-1')).toEqual([{ kind: 'submit', tries: 1, lastError: 'nobody listens there' }]);
      expect(await outbox.depth()).toEqual([{ kind: 'submit', count: 1, oldest: at }]);
      expect(await outbox.withdraw('req-1', 1)).toBe(true);
      expect(await outbox.withdraw('req-1', 1)).toBe(false);
      expect(await outbox.depth()).toEqual([]);
    });

    it('stays in doubt about what may have reached Argo once, and about what a dead worker held', async () => {
      const { outbox } = await openStores(databases);
      const claim = async (lease: string) => (await outbox.claim('submit', 1, at, at, lease))[0];
      await outbox.add(entry, at);
      await outbox.giveBack(await claim('one'), at, 'the connection broke', true);
      const second = await claim('two');
      expect(second.inDoubt).toBe(true);
      await outbox.giveBack(second, at, 'nobody listens there', false);
      expect(await outbox.withdraw('req-1', 1)).toBe(false);
      await outbox.finish(await claim('three'));
      await outbox.add(entry, at);
      await claim('a worker that dies');
      expect(await claim('four')).toMatchObject({ inDoubt: true });
    });
  });

  it('keeps the audit trail in order', async () => {
    const stores = await openStores(databases);
    const line = { requestId: 'req-1', at, actorRef: ada.ref, toStatus: 'queued' as const, version: 1, attempt: 1 };
    await stores.events.append({ ...line, action: 'submitted', details: { planDigest: 'sha256:plan' } });
    await stores.events.append({ ...line, action: 'cancelled', fromStatus: 'queued', comment: 'not needed' });
    const events = await stores.events.list('req-1');
    expect(events).toMatchObject([
      { action: 'submitted', details: { planDigest: 'sha256:plan' } },
      { action: 'cancelled', fromStatus: 'queued', comment: 'not needed' },
    ]);
    expect(events[1].id).toBeGreaterThan(events[0].id);
  });

  it('keeps what steps did and printed', async () => {
    const stores = await openStores(databases);
    const steps = [
      { id: 'guard', phase: 'Succeeded' as const, startedAt: at, finishedAt: at, retries: 0 },
      { id: 'quotas', phase: 'Running' as const, retries: 1, message: 'tried again \u0000' },
    ];
    expect(await stores.steps.put('req-1', 1, steps)).toBe(true);
    expect(await stores.steps.put('req-1', 1, steps)).toBe(false);
    expect(await stores.steps.put('req-1', 1, [steps[0], { ...steps[1], phase: 'Failed' }])).toBe(true);
    expect((await stores.steps.list('req-1')).map(step => [step.id, step.phase])).toEqual([
      ['guard', 'Succeeded'],
      ['quotas', 'Failed'],
    ]);
    const log = { requestId: 'req-1', attempt: 1, stepId: 'quotas', content: 'applied\u0000', truncated: false, storedAt: at };
    await stores.logs.put([{ ...log, content: 'app' }]);
    await stores.logs.put([log]);
    expect(await stores.logs.list('req-1', 1)).toEqual([{ ...log, content: 'applied\ufffd' }]);
    expect(await stores.logs.list('req-1', 2)).toEqual([]);
  });

  it('lets one holder have a lease, until it ends or is given back', async () => {
    const { leases } = await openStores(databases);
    const one = '2026-11-23T12:01:00.000Z';
    const two = '2026-11-23T12:02:00.000Z';
    const taken = await Promise.all(['a', 'b'].map(holder => leases.acquire('watch main', holder, at, one)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const [winner, loser] = taken[0] ? ['a', 'b'] : ['b', 'a'];
    expect(await leases.acquire('watch main', winner, at, two)).toBe(true);
    expect(await leases.acquire('watch main', loser, one, two)).toBe(false);
    expect(await leases.acquire('watch main', loser, two, two)).toBe(true);
    await leases.release('watch main', winner);
    expect(await leases.acquire('watch main', winner, one, two)).toBe(false);
    await leases.release('watch main', loser);
    expect(await leases.acquire('watch main', winner, one, two)).toBe(true);
  });

  it('undoes all of a transaction that fails, and runs one again that met another', async () => {
    const stores = await openStores(databases);
    const failing = stores.transaction(async tx => {
      await tx.write(tx.requests.insert(aRequest()));
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    expect(await stores.requests.find(aRequest().id)).toBeUndefined();
    expect(await stores.teams.usage('payments')).toEqual({ namespaces: 0, monthlyCost: 0 });

    const ask = (id: string) =>
      stores.transaction(async tx => {
        if (await tx.requests.nameTaken('main', 'payments-checkout')) {
          return 'taken';
        }
        await tx.write(tx.requests.insert(aRequest({ id, team: id })));
        return 'ours';
      });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(ask));
    expect(answers.sort()).toEqual(['ours', 'taken', 'taken', 'taken']);
  });
});

async function openStores(databases: TestDatabases): Promise<Stores> {
  return Stores.open(await databases.create());
}

async function tablesOf(knex: Knex): Promise<string[]> {
  const sql =
    knex.client.config.client === 'pg'
      ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
      : "SELECT name FROM sqlite_master WHERE type = 'table'";
  const answer = await knex.raw(sql);
  const rows: { name: string }[] = answer.rows ?? answer;
  return rows.map(row => row.name).filter(name => !/^(knex|sqlite)_/.test(name)).sort();
}
