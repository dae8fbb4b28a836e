// Taking over what was made without Berth: only when it is asked for, with the differences, and approved.
import { Berth } from '@berth/core';
import { FakeCluster } from '../testing/FakeCluster';
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, parameters } from '../testing/service';
import { Inventory } from '../inventory';

onEveryDatabase(databases => {
  let cluster: FakeCluster;
  let inventory: Inventory;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    inventory = new Inventory([{ cluster: 'main', url: cluster.url, timeoutMs: 5_000, intervalSeconds: 60 }]);
    cluster.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments-checkout', labels: { team: 'payments' } } },
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'compute-quota', namespace: 'payments-checkout' }, spec: { hard: { pods: '100' } } },
    );
  });
  afterEach(async () => {
    await inventory.close();
    await cluster.stop();
  });
  const start = () =>
    createService(databases, undefined, { readLive: (place, name) => inventory.readLive(new Berth(), place, name) });

  it('shows what would change, waits for an approval, and then stands as any other', async () => {
    const test = await start();
    const plan = await test.namespaces.planAdoption(ada, parameters());
    expect(plan.kind).toBe('adopt');
    expect(plan.approval).toMatchObject({ required: true, requirements: [{ id: 'adopt' }] });
    const quota = plan.changes?.find(({ name }) => name === 'compute-quota');
    expect(quota).toMatchObject({ change: 'changed' });
    expect(quota?.fields).toContainEqual({ path: '/spec/hard/pods', from: '100', to: '10' });

    const { request } = await test.namespaces.adopt(ada, parameters());
    expect(request).toMatchObject({ kind: 'adopt', status: 'pending-approval', holdsName: true });
    expect(await test.stores.teams.usage('payments')).toEqual({ namespaces: 1, monthlyCost: 10000 });
    await expect(test.ask()).rejects.toThrow(/taken/);
    await expect(test.service.approve(ada, request.id, request)).rejects.toThrow(/can't approve/);
    await test.end(await test.service.approve(grace, request.id, request));
    expect(await test.standing(request.id)).toMatchObject({ state: 'standing', name: 'payments-checkout' });
  });

  it('needs another look when the namespace has changed since', async () => {
    const test = await start();
    const { request } = await test.namespaces.adopt(ada, parameters());
    (cluster.get('ResourceQuota', 'compute-quota', 'payments-checkout').spec as { hard: object }).hard = { pods: '7' };
    await expect(test.service.approve(grace, request.id, request)).rejects.toThrow(/read it again/);
    await test.end(await test.service.approve(grace, request.id, await test.service.get(request.id)));
  });

  it('leaves it as it was when that fails, and frees the name', async () => {
    const test = await start();
    const { request } = await test.namespaces.adopt(ada, parameters());
    await test.service.approve(grace, request.id, request);
    const failed = await test.end(request, { phase: 'Failed', rollback: 'failed', message: 'step `guard` failed' });
    expect(failed).toMatchObject({ status: 'failed', rollback: 'none', holdsName: false });
    expect(await test.stores.teams.usage('payments')).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('never happens by accident', async () => {
    const test = await start();
    // An ordinary request is for something new, and its workflow's guard refuses what stands.
    expect((await test.ask()).kind).toBe('create');
    await expect(test.namespaces.adopt(ada, parameters())).rejects.toThrow(/nothing to take over/);
    await expect(test.namespaces.adopt(ada, parameters({ namespaceName: 'payments-ledger' }))).rejects.toThrow(/there is no namespace/);
    cluster.get('Namespace', 'payments-checkout').metadata.labels = { 'platform.io/managed': 'true' };
    await expect(test.namespaces.adopt(ada, parameters())).rejects.toThrow(/somebody manages it already/);
    const blind = await createService(databases);
    await expect(blind.namespaces.adopt(ada, parameters())).rejects.toThrow(/can't|nothing can be taken over/);
  });
});
