// New requests: judged, stored, repeated, and many at once. On every database.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, parameters } from '../testing/service';
import { KeyReusedError, ViolationsError } from './errors';

onEveryDatabase(databases => {
  it('stores a request with its event and its workflow, and hands that over byte for byte', async () => {
    const { service, stores, engine, ask, drain } = await createService(databases);
    const request = await ask();
    expect(request).toMatchObject({
      status: 'queued',
      name: 'payments-checkout',
      team: 'payments',
      cluster: 'main',
      parameters: { resourceTier: 'small', networkPolicy: 'isolated', features: [] },
      monthlyCost: 10000,
      currency: 'USD',
      holdsName: true,
      workflowNamespace: 'berth-workflows',
    });
    expect(await stores.requests.get(request.id)).toEqual(request);
    const [row] = await stores.outbox.claim('submit', 1, request.createdAt, request.createdAt, 'a look');
    expect(row).toMatchObject({ policyDigest: request.policyDigest, coreVersion: request.coreVersion });
    await drain();
    expect(engine.workflows.get(request.workflowName ?? '')?.text).toBe(row.payload);
    expect(await service.get(request.id)).toMatchObject({ status: 'provisioning', version: 2 });
    expect((await service.events(request.id)).map(({ action, actorRef }) => [action, actorRef])).toEqual([
      ['submitted', ada.ref],
      ['started', 'system'],
    ]);
    expect(await service.usage('payments')).toEqual({
      team: 'payments',
      namespaces: { limit: 12, used: 1, left: 11 },
      monthly: { budget: 400000, used: 10000, left: 390000 },
      currency: 'USD',
      openRequests: 1,
      source: 'tables',
    });
  });

  it('says all that is wrong at once, the name and the limits, too', async () => {
    const { service, ask } = await createService(databases, platform => {
      platform.spec.teams.payments.limits.namespaces = 1;
    });
    await ask();
    const refused = ask({ resourceTier: 'huge' });
    await expect(refused).rejects.toThrow(ViolationsError);
    const decision = await service.decide(ada, 'namespace', parameters({ resourceTier: 'huge' }));
    expect(decision.violations.map(({ code, path }) => [code, path])).toEqual([
      ['not-an-option', '/resourceTier'],
      ['name-taken', '/namespaceName'],
      ['team-limit', '/team'],
    ]);
    await expect(refused).rejects.toMatchObject({ decision: { violations: decision.violations } });
    await expect(ask({}, { ...ada, groups: [] })).rejects.toThrow('is not in the team `payments`');
  });

  it('takes whatever callers send for a name or a team, and says what is wrong with it', async () => {
    const { service, ask } = await createService(databases);
    for (const odd of ['', 'pay\u0000ments', 'x'.repeat(100_000), '😀', 7, null, ['payments'], { $ne: 1 }]) {
      await expect(ask({ team: odd })).rejects.toThrow(ViolationsError);
      await expect(ask({ namespaceName: odd, environment: odd })).rejects.toThrow(ViolationsError);
    }
    await expect(service.submit(ada, 'no\u0000thing', parameters())).rejects.toThrow(ViolationsError);
    expect(await service.usage('pay\u0000ments')).toMatchObject({ namespaces: { used: 0 } });
    const filter = { key: 'team' as const, values: ['pay\u0000ments'] };
    expect(await service.list(filter, undefined, 10)).toEqual({ items: [] });
  });

  it('is a conflict when nothing but the name is wrong', async () => {
    const { ask } = await createService(databases);
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(ask()).rejects.toThrow('the name `payments-checkout` is taken; choose another name');
  });

  it('plans without storing anything', async () => {
    const { service, stores } = await createService(databases);
    const plan = await service.plan(ada, 'namespace', parameters());
    expect(plan.steps.map(step => step.id)).toContain('quotas');
    expect(plan.manifests).toContain('kind: ResourceQuota');
    expect((await stores.requests.list(undefined, undefined, 1)).items).toEqual([]);
    expect(await stores.teams.usage('payments')).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('shows an approver what a stored request would make', async () => {
    const { service, ask } = await createService(databases);
    const request = await ask({ environment: 'production' });
    expect(await service.planOf(request.id)).toMatchObject({ planDigest: request.planDigest });
  });

  describe('an idempotency key', () => {
    const idempotencyKey = 'task-1';

    it('makes one request of many calls, and tells how that stands today', async () => {
      const { service, ask, drain } = await createService(databases);
      const first = await ask({}, ada, { idempotencyKey });
      await drain();
      const again = await service.submit(ada, 'namespace', parameters(), { idempotencyKey });
      expect(again).toMatchObject({ replayed: true, request: { id: first.id, status: 'provisioning' } });
    });

    it('makes one request of calls at the same time', async () => {
      const { service } = await createService(databases);
      const calls = Array.from({ length: 16 }, () =>
        service.submit(ada, 'namespace', parameters(), { idempotencyKey }),
      );
      const answers = await Promise.all(calls);
      expect(new Set(answers.map(answer => answer.request.id)).size).toBe(1);
      expect(answers.filter(answer => !answer.replayed)).toHaveLength(1);
      expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 1 } });
    });

    it('is refused for another body', async () => {
      const { ask } = await createService(databases);
      await ask({}, ada, { idempotencyKey });
      await expect(ask({ description: 'Other' }, ada, { idempotencyKey })).rejects.toThrow(KeyReusedError);
      await expect(ask({ description: 'Other' }, ada, { idempotencyKey })).rejects.toMatchObject({ statusCode: 422 });
    });

    it('belongs to one actor, counts for a day, and not for what was refused', async () => {
      const { ask, pass } = await createService(databases);
      await expect(ask({ resourceTier: 'huge' }, ada, { idempotencyKey })).rejects.toThrow(ViolationsError);
      const first = await ask({}, ada, { idempotencyKey });
      const other = await ask({ namespaceName: 'payments-ledger' }, grace, { idempotencyKey });
      expect(other.id).not.toBe(first.id);
      pass({ days: 1, minutes: 1 });
      const later = await ask({ namespaceName: 'payments-risk' }, ada, { idempotencyKey });
      expect(later.id).not.toBe(first.id);
    });
  });

  it('lets exactly one of 64 have the last slot of a team', async () => {
    const { service, stores, ask } = await createService(databases, platform => {
      platform.spec.teams.payments.limits.namespaces = 1;
    });
    const calls = Array.from({ length: 64 }, (_, index) => ask({ namespaceName: `payments-${index}` }));
    const answers = await Promise.allSettled(calls);
    const refused = answers.filter(answer => answer.status === 'rejected');
    expect(refused).toHaveLength(63);
    expect(refused.every(({ reason }) => reason instanceof ViolationsError)).toBe(true);
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 1, left: 0 } });
    expect((await stores.requests.list(undefined, undefined, 10)).items).toHaveLength(1);
  });

  it('lets no more be asked for than the budget allows, however many ask', async () => {
    const { service, ask } = await createService(databases, platform => {
      platform.spec.teams.payments.limits.monthlyBudget = 35000;
    });
    const calls = Array.from({ length: 16 }, (_, index) => ask({ namespaceName: `payments-${index}` }));
    const answers = await Promise.allSettled(calls);
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(3);
    expect(await service.usage('payments')).toMatchObject({ monthly: { used: 30000, left: 5000 } });
  });

  it('gives a name to one of many teams that want it', async () => {
    const { ask } = await createService(databases);
    const admin = { ...ada, roles: ['platform:admin'] };
    const calls = Array.from({ length: 16 }, (_, index) => ask({ team: `team-${index}` }, admin));
    const answers = await Promise.allSettled(calls);
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(1);
    const refused = answers.filter(answer => answer.status === 'rejected');
    expect(new Set(refused.map(({ reason }) => reason.name))).toEqual(new Set(['ConflictError']));
  });
});
