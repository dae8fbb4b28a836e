// Everything at once, by chance, on every database: what must always hold, holds afterwards. The seed is printed with a failure.
import type { Knex } from 'knex';
import type { Actor } from '../actor/Actor';
import { type TestDatabases, onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type TestService, createService, seen } from '../testing/service';
import type { RequestEvent, RollbackState, StoredRequest } from './model';
import { TRANSITIONS } from './stateMachine';

const NAMES = ['payments-checkout', 'payments-ledger', 'payments-risk', 'search-index', 'shop'];
const TEAMS = ['payments', 'checkout', 'search'];
const admin: Actor = { ...ada, roles: ['platform:admin'] };
const edsger: Actor = { ...grace, ref: 'user:default/edsger', linkedRef: 'user:default/edsger', email: 'e@company.com' };

onEveryDatabase(databases => {
  it.each([1, 2, 3])('holds with seed %i', async seed => {
    const chance = randomFrom(seed);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)];
    const { knex, test } = await withKnex(databases);
    const { service, engine } = test;
    const refusals: Error[] = [];
    for (let round = 0; round < 12; round += 1) {
      const { items } = await service.list(undefined, undefined, 100);
      const some = (): StoredRequest => pick(items);
      const rollback = (): RollbackState => pick(['none', 'running', 'done', 'failed']);
      const look = (request: StoredRequest) =>
        service.observe(
          request.id,
          request.attempt,
          seen(pick([{ phase: 'Running' }, { phase: 'Succeeded' }, { phase: 'Failed', rollback: rollback() }])),
        );
      const approve = (request: StoredRequest) => service.approve(pick([grace, edsger, ada]), request.id, request);
      const always = [
        () => test.ask({ namespaceName: pick(NAMES), team: pick(TEAMS), environment: pick(['development', 'production']) }, admin),
        () => test.drain(),
      ];
      const onRequests = [
        () => approve(some()),
        () => approve(some()),
        () => service.reject(pick([grace, edsger]), some().id, 'no'),
        () => service.cancel(admin, some().id),
        () => service.retry(admin, some().id),
        () => service.lost(some().id, pick([1, 2]), 'gone'),
        () => look(some()),
        () => look(some()),
      ];
      engine.faults.push(...(chance() < 0.3 ? [pick(['cut', 'failing', 'invalid', 'refused-connection'] as const)] : []));
      const steps = Array.from({ length: 10 }, () => pick(items.length > 0 ? [...always, ...onRequests] : always));
      const answers = await Promise.allSettled(steps.map(step => step()));
      refusals.push(...answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : [])));
      test.pass({ minutes: pick([0, 1, 11]) });
    }
    expect(refusals.filter(({ name }) => !/^(Conflict|NotAllowed|Input)Error$/.test(name))).toEqual([]);
    await expectAllHolds(knex, service);
  });
});

async function withKnex(databases: TestDatabases): Promise<{ knex: Knex; test: TestService }> {
  const knex = await databases.create();
  return { knex, test: await createService({ ...databases, create: async () => knex }) };
}

async function expectAllHolds(knex: Knex, service: TestService['service']): Promise<void> {
  const { items } = await service.list(undefined, undefined, 1000);
  expect(items.length).toBeGreaterThan(0);

  const holders = items.filter(request => request.holdsName).map(request => `${request.cluster}/${request.name}`);
  expect(new Set(holders).size).toBe(holders.length);

  const teams: { team: string; namespaces: number; monthly_cost: number | string }[] = await knex('teams');
  for (const { team, namespaces, monthly_cost: cost } of teams) {
    const held = items.filter(request => request.team === team && request.holdsName);
    expect([team, namespaces, Number(cost)]).toEqual([
      team,
      held.length,
      held.reduce((sum, request) => sum + request.monthlyCost, 0),
    ]);
  }

  for (const request of items) {
    const events = await service.events(request.id);
    expect(events.map(event => event.version)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(event => !isInTable(event))).toEqual([]);
    expect(events.at(-1)).toMatchObject({ version: request.version, toStatus: request.status });
    expect(request.holdsName || ['none', 'done'].includes(request.rollback)).toBe(true);
    const isOpen = ['pending-approval', 'queued', 'provisioning', 'completed'].includes(request.status);
    expect(request.holdsName || !isOpen).toBe(true);
    const waits = (await service.environment.stores.outbox.pending(request.id)).filter(({ kind }) => kind === 'submit');
    expect(waits.length > 0 || request.status !== 'queued').toBe(true);
  }
}

function isInTable({ action, fromStatus, toStatus }: RequestEvent): boolean {
  return TRANSITIONS.some(
    line => line.action === action && line.from === (fromStatus ?? 'new') && line.to === toStatus,
  );
}

/** Numbers by chance, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
