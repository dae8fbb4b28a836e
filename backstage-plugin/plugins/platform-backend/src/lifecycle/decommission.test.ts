// Giving back what stands: name, slot and budget are free when it is really gone, and not before.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type TestService, createService } from '../testing/service';

onEveryDatabase(databases => {
  const held = async ({ stores }: TestService) => stores.teams.usage('payments');

  it('frees the name, the slot and the budget when it has succeeded', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const { request } = await test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout' });
    expect(request).toMatchObject({ kind: 'delete', status: 'queued', heldCost: 0, originId: checkout.requestId });
    await expect(test.ask()).rejects.toThrow(/taken/);
    await test.end(request);
    expect(await test.standing(checkout.requestId)).toMatchObject({ state: 'gone', goneWhy: 'decommissioned' });
    expect(await held(test)).toEqual({ namespaces: 0, monthlyCost: 0 });
    expect((await test.service.events(checkout.requestId)).at(-1)).toMatchObject({ action: 'released', actorRef: ada.ref });
    expect((await test.ask()).status).toBe('queued');
  });

  it('keeps them when it fails, and can be tried again', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const { request } = await test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout' });
    const message = 'step `main` failed: timed out waiting for the condition on namespaces/payments-checkout';
    const report = 'payments-checkout Terminating finalizers: [kubernetes] databases.example.com/protect in 1 resource instances';
    const failed = await test.end(request, { phase: 'Failed', message, report });
    expect(failed).toMatchObject({ status: 'failed', error: { message: `${message}; what stands: ${report}` } });
    expect(await test.standing(checkout.requestId)).toMatchObject({ state: 'standing' });
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 10000 });
    await test.end(await test.service.retry(ada, request.id));
    expect(await held(test)).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('wants the name typed once more, and is for those who may manage it', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    await expect(test.namespaces.decommission(ada, checkout, { confirm: 'payments-ledger' })).rejects.toThrow(/write its name/);
    const stranger = { ...ada, ref: 'user:default/eve', linkedRef: 'user:default/eve', email: 'e@x.org', groups: [] };
    await expect(test.namespaces.decommission(stranger, checkout, { confirm: 'payments-checkout' })).rejects.toThrow(/not in the team/);
  });

  it('waits for an approval in production', async () => {
    const test = await createService(databases);
    const first = await test.ask({ environment: 'production' });
    await test.service.approve(grace, first.id, first);
    await test.end(first);
    const { request } = await test.namespaces.decommission(ada, await test.standing(first.id), { confirm: 'payments-checkout' });
    expect(request.status).toBe('pending-approval');
    const plan = await test.service.planOf(request.id);
    expect(plan).toMatchObject({ kind: 'delete', planDigest: request.planDigest });
    await test.end(await test.service.approve(grace, request.id, plan));
    expect(await held(test)).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('lets what the policy no longer allows go all the same', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    test.changeDocuments(platform => {
      platform.spec.reserved.names.push('payments-checkout');
    });
    const { request } = await test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout' });
    await test.end(request);
    expect((await test.standing(checkout.requestId)).state).toBe('gone');
  });

  it('stands against a change: whoever comes second is told of the first', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const answers = await Promise.allSettled([
      test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout' }),
      test.namespaces.change(ada, checkout, { resourceTier: 'medium' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await test.service.list({ key: 'kind', values: ['change', 'delete'] }, undefined, 10);
    expect(items).toHaveLength(1);
    const refused = answers.find(answer => answer.status === 'rejected');
    expect(refused?.reason.message).toContain(items[0].id);
  });

  it('is not for what is still being made', async () => {
    const test = await createService(databases);
    const request = await test.ask();
    const page = await test.namespaces.list([{ key: 'name', values: ['payments-checkout'] }], undefined, 10);
    expect(page.items).toEqual([]);
    await test.end(request);
    const after = await test.namespaces.list([{ key: 'name', values: ['payments-checkout'] }], undefined, 10);
    expect(after.items.map(({ namespace }) => namespace.requestId)).toEqual([request.id]);
  });

  it('can be cancelled before it is sent, and then everything is as it was', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    const { request } = await test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout' });
    expect(await test.service.cancel(ada, request.id)).toMatchObject({ status: 'cancelled', blocks: false });
    expect((await test.namespaces.change(ada, checkout, { resourceTier: 'medium' })).request.status).toBe('queued');
    expect((await test.standing(checkout.requestId)).state).toBe('standing');
  });
});
