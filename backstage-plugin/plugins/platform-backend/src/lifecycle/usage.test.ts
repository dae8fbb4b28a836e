// Whatever happens, in whatever order: what a team is counted for is what stands, and what is under way. By chance, with fast-check.
import fc from 'fast-check';
import type { Actor } from '../actor/Actor';
import type { StoredRequest } from '../requests/model';
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type PlatformChange, type TestService, createService, parameters } from '../testing/service';
import { tick } from './clock';
import type { StoredNamespace } from './model';
import { gone } from './settle';

const TIERS = ['micro', 'small', 'medium'];
const NAMES = ['payments-checkout', 'payments-ledger'];
const admin: Actor = { ...ada, roles: ['platform:admin'] };
const lifetimes: PlatformChange = platform => {
  platform.spec.environments.development.lifetime = { default: 20 };
};
/** A namespace that was made without Berth. */
const anybodys = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/** Something that somebody does, or that happens; `on` chooses among what there is. */
type Step =
  | { do: 'ask' | 'adopt' | 'change'; tier: string; on: number; production: boolean }
  | { do: 'delete' | 'freeze' | 'restore' | 'repair' | 'cancel' | 'retry' | 'approve' | 'reject' | 'vanish'; on: number }
  | { do: 'end'; on: number; well: boolean }
  | { do: 'days'; days: number };

const on = fc.nat(5);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('ask', 'adopt', 'change'), tier: fc.constantFrom(...TIERS), on, production: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('delete', 'freeze', 'restore', 'repair', 'cancel', 'retry', 'approve', 'reject', 'vanish'),
      on,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('end' as const), on, well: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.constantFrom(1, 8, 15) }) },
) as fc.Arbitrary<Step>;

onEveryDatabase(databases => {
  const runs = databases.kind === 'SQLite' ? 15 : 5;

  it(`counts what stands and what is under way, in ${runs} lives`, async () => {
    const lives = fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), async life => {
        const test = await createService(databases, lifetimes, { readLive: async (_, name) => [anybodys(name)] });
        for (const step of life) {
          await happen(test, step).catch(refused);
          await expectCounted(test);
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
    await expect(lives).resolves.toBeUndefined();
  }, 300_000);
});

/** What can't be done in this state is refused, in words. All else is a mistake. */
function refused(error: Error): void {
  if (!/^(Conflict|Input|NotAllowed)Error$/.test(error.name)) {
    throw error;
  }
}

async function happen(test: TestService, step: Step): Promise<unknown> {
  const { service, namespaces } = test;
  if (step.do === 'days') {
    test.pass({ days: step.days });
    await service.lapseApprovals();
    return tick(service.environment);
  }
  const { items } = await service.list(undefined, undefined, 100);
  const request = items[step.on % Math.max(1, items.length)] as StoredRequest | undefined;
  const standing = (await namespaces.list([], undefined, 100)).items.map(item => item.namespace);
  const one = standing[step.on % Math.max(1, standing.length)] as StoredNamespace | undefined;
  if (step.do === 'ask' || step.do === 'adopt') {
    const environment = step.production ? 'production' : 'development';
    const wanted = { namespaceName: NAMES[step.on % 2], resourceTier: step.tier, environment };
    return step.do === 'ask' ? test.ask(wanted, admin) : namespaces.adopt(admin, parameters(wanted));
  }
  if (request !== undefined) {
    switch (step.do) {
      case 'end': {
        const failed = { phase: 'Failed', rollback: step.on % 2 === 0 ? 'done' : 'failed', message: 'no' } as const;
        return test.end(request, step.well ? { phase: 'Succeeded' } : failed);
      }
      case 'cancel':
        return service.cancel(admin, request.id);
      case 'retry':
        return service.retry(admin, request.id);
      case 'approve':
        return service.approve(grace, request.id, request);
      case 'reject':
        return service.reject(grace, request.id, 'no');
      default:
    }
  }
  if (one !== undefined) {
    switch (step.do) {
      case 'change':
        return namespaces.change(admin, one, { resourceTier: step.tier });
      case 'repair':
        return namespaces.repair(admin, one);
      case 'restore':
        return namespaces.restore(admin, one);
      case 'delete':
      case 'freeze':
        return namespaces.decommission(admin, one, { confirm: one.name, freeze: step.do === 'freeze' });
      case 'vanish':
        return service.environment.commit(async work => {
          const still = await work.stores.namespaces.lock(one.requestId);
          return still && gone(work, still, 'by-hand');
        });
      default:
    }
  }
  return undefined;
}

async function expectCounted({ service, stores, namespaces }: TestService): Promise<void> {
  const { items } = await service.list(undefined, undefined, 1000);
  const standing = (await namespaces.list([], undefined, 1000)).items.map(item => item.namespace);
  const stands = new Set(standing.map(({ requestId }) => requestId));
  // What is being made, or of which something may be left.
  const making = items.filter(({ id, kind, holdsName }) => (kind === 'create' || kind === 'adopt') && holdsName && !stands.has(id));
  const dearer = items
    .filter(({ kind, blocks }) => kind === 'change' && blocks)
    .map(({ monthlyCost, costBefore = 0 }) => Math.max(0, monthlyCost - costBefore));
  const sum = (costs: number[]) => costs.reduce((total, cost) => total + cost, 0);
  expect(await stores.teams.usage('payments')).toEqual({
    namespaces: standing.length + making.length,
    monthlyCost: sum([...standing, ...making].map(({ monthlyCost }) => monthlyCost)) + sum(dearer),
  });
  // One request at a time about each, and never one about what is gone, but for those that Argo still has.
  const open = items.filter(({ blocks }) => blocks).map(({ originId }) => originId);
  expect(new Set(open).size).toBe(open.length);
  const names = items.filter(({ holdsName }) => holdsName).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
}
