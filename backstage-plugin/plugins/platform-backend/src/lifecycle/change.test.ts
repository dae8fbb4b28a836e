// Changes of what stands: judged, approved and carried out as any request, one at a time, and what they cost meanwhile.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type TestService, createService } from '../testing/service';

const carol = { ...ada, ref: 'user:default/carol', linkedRef: 'user:default/carol', email: 'c@company.com', groups: ['group:default/checkout'] };

onEveryDatabase(databases => {
  const held = async ({ stores }: TestService) => stores.teams.usage('payments');

  it('replaces what stands, and its cost, when it has succeeded', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    expect(checkout).toMatchObject({ state: 'standing', monthlyCost: 10000, parameters: { resourceTier: 'small' } });
    const { request } = await test.namespaces.change(ada, checkout, { resourceTier: 'medium', costCenter: 'CC-1' });
    expect(request).toMatchObject({ kind: 'change', status: 'queued', originId: checkout.requestId, monthlyCost: 20000, costBefore: 10000 });
    expect(request).toMatchObject({ holdsName: false, heldCost: 10000, blocks: true });
    // The larger cost counts while it is under way.
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 20000 });
    expect((await test.standing(checkout.requestId)).monthlyCost).toBe(10000);

    await test.end(request);
    expect(await test.standing(checkout.requestId)).toMatchObject({
      parameters: { resourceTier: 'medium', costCenter: 'CC-1', description: 'Checkout of the shop' },
      monthlyCost: 20000,
      appliedBy: request.id,
      wantedDigest: request.wantedDigest,
    });
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 20000 });
    const trail = (await test.service.events(checkout.requestId)).map(({ action, details }) => [action, details?.requestId]);
    expect(trail.at(-1)).toEqual(['changed', request.id]);
  });

  it('counts the larger cost while something becomes smaller', async () => {
    const test = await createService(databases);
    const checkout = await test.stands({ resourceTier: 'medium' });
    const { request } = await test.namespaces.change(ada, checkout, { resourceTier: 'small' });
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 20000 });
    await test.end(request);
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 10000 });
  });

  it('leaves what stands as it was when it fails, can be tried again, and frees what it counted', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const { request } = await test.namespaces.change(ada, checkout, { resourceTier: 'medium' });
    const failed = await test.end(request, { phase: 'Failed', rollback: 'failed', message: 'step `quotas` failed: no' });
    // Nothing of what stands is rolled back, whatever Argo says.
    expect(failed).toMatchObject({ status: 'failed', rollback: 'none', blocks: false, heldCost: 0 });
    expect(await test.standing(checkout.requestId)).toMatchObject({ monthlyCost: 10000, appliedBy: checkout.requestId });
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 10000 });
    const again = await test.service.retry(ada, request.id);
    expect(again).toMatchObject({ status: 'queued', attempt: 2, heldCost: 10000, blocks: true });
    await test.end(again);
    expect((await test.standing(checkout.requestId)).monthlyCost).toBe(20000);
  });

  it('renders a workflow that changes what the first request made, and prunes what is no longer wanted', async () => {
    const test = await createService(databases);
    const checkout = await test.stands({ features: ['monitoring-enhanced'] });
    const { request } = await test.namespaces.change(ada, checkout, { features: [] });
    await test.drain();
    const workflow = test.engine.workflows.get(request.workflowName!)!.text;
    expect(workflow).toContain(`platform.io/request-id=${checkout.requestId}`);
    expect(workflow).toContain('ServiceMonitor');
    expect(workflow).toContain('prune');
    // After a failure it is only looked at: nothing is taken back.
    expect(JSON.parse(workflow).spec.onExit).toBe('report');
  });

  it('waits for an approval in production, as the first request did', async () => {
    const test = await createService(databases);
    const first = await test.ask({ environment: 'production' });
    await test.service.approve(grace, first.id, first);
    await test.end(first);
    const checkout = await test.standing(first.id);
    const { request } = await test.namespaces.change(ada, checkout, { resourceTier: 'medium' });
    expect(request.status).toBe('pending-approval');
    expect((await test.service.planOf(request.id)).planDigest).toBe(request.planDigest);
    await expect(test.service.approve(ada, request.id, request)).rejects.toThrow(/can't approve/);
    await test.end(await test.service.approve(grace, request.id, request));
    expect((await test.standing(first.id)).monthlyCost).toBe(20000);

    // What was approved needs no other look when it is only applied again.
    const { request: repair } = await test.namespaces.repair(ada, await test.standing(first.id));
    expect(repair).toMatchObject({ kind: 'change', purpose: 'repair', status: 'queued' });
  });

  it('is one at a time: two at once have one winner, and the other names it', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const answers = await Promise.allSettled(
      ['medium', 'large', 'micro', 'medium'].map(resourceTier => test.namespaces.change(ada, checkout, { resourceTier })),
    );
    const [winner, ...more] = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value.request] : []));
    expect(more).toEqual([]);
    const refusals = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ name: 'ConflictError', message: expect.stringContaining(winner.id) });
    }
    await test.end(winner);
    expect((await test.namespaces.repair(ada, await test.standing(checkout.requestId))).request.status).toBe('queued');
  });

  it('refuses another name, another team and what is like that already', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const change = (patch: object) => test.namespaces.change(ada, checkout, { ...patch });
    await expect(change({ namespaceName: 'payments-other' })).rejects.toThrow(/payments-other/);
    await expect(change({ environment: 'staging' })).rejects.toThrow(/staging/);
    await expect(change({ resourceTier: 'small' })).rejects.toThrow(/like that already/);
    await expect(change({ resourceTier: 'huge' })).rejects.toThrow(/huge/);
    await expect(test.namespaces.change(carol, checkout, { resourceTier: 'medium' })).rejects.toThrow(/not in the team/);
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 10000 });
  });

  it('is judged without the namespace itself: the last of a budget can be changed', async () => {
    const test = await createService(databases, platform => {
      platform.spec.teams.payments.limits = { namespaces: 1, monthlyBudget: 20000 };
    });
    const checkout = await test.stands();
    await expect(test.namespaces.change(ada, checkout, { resourceTier: 'large' })).rejects.toThrow(/budget/);
    const { request } = await test.namespaces.change(ada, checkout, { resourceTier: 'medium' });
    await test.end(request);
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 20000 });
  });

  it('makes one request of many calls with one key, also when it is done', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const options = { idempotencyKey: 'ci-1', call: ['change', 'medium'] };
    const first = await test.namespaces.change(ada, checkout, { resourceTier: 'medium' }, options);
    const again = await test.namespaces.change(ada, checkout, { resourceTier: 'medium' }, options);
    expect(again).toMatchObject({ replayed: true, request: { id: first.request.id } });
    await test.end(first.request);
    expect(await test.namespaces.replayed(ada, options)).toMatchObject({ request: { id: first.request.id, status: 'completed' } });
    await expect(test.namespaces.replayed(ada, { ...options, call: ['delete'] })).rejects.toThrow(/ci-1/);
  });
});
