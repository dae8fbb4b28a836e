// What really stands, against a fake cluster: gone by hand, drifted, terminating, made by others; and all that must not free a name.
import { mockServices } from '@backstage/backend-test-utils';
import { Berth } from '@berth/core';
import { FakeCluster } from '../testing/FakeCluster';
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type TestService, createService, parameters as wanted } from '../testing/service';
import { tick } from '../lifecycle/clock';
import type { KubernetesApi } from './KubernetesApi';
import { Reconciler } from './Reconciler';
import { readLive } from './live';

onEveryDatabase(databases => {
  let cluster: FakeCluster;
  let api: KubernetesApi;
  let test: TestService;
  let reconciler: Reconciler;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    api = cluster.api();
    test = await createService(databases, undefined, { readLive: (_, name) => readLive(api, name, 'platform.io', []) });
    reconciler = new Reconciler({ environment: test.service.environment, api, logger: mockServices.logger.mock() });
  });
  afterEach(async () => {
    await api.close();
    await cluster.stop();
  });

  /** Puts into the cluster what a request makes. */
  async function applied(requestId: string): Promise<void> {
    const { blueprint, parameters, requester, createdAt } = await test.service.get(requestId);
    const request = { blueprint, parameters, requester: requester.ref };
    const { items } = new Berth().render(request, { target: 'manifests', requestId, now: createdAt });
    cluster.apply(...(items as never[]));
  }
  /** The namespace `payments-checkout` stands, in the tables and in the cluster. */
  async function checkout() {
    const standing = await test.stands();
    await applied(standing.requestId);
    return standing;
  }
  const seen = () => test.stores.observations.find('main', 'payments-checkout');
  const held = () => test.stores.teams.usage('payments');
  const one = async () => (await test.namespaces.list([], undefined, 10)).items[0];
  /** Somebody deletes it by hand, and the cluster is looked at until that is sure. */
  async function vanishes(): Promise<void> {
    cluster.deleteNamespace('payments-checkout');
    await reconciler.run();
    test.pass({ minutes: 1 });
    await reconciler.run();
  }
  /** Somebody asks to take over a namespace of that name, which stands and is nobody's. */
  const adopted = () => {
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments-checkout' } });
    return test.namespaces.adopt(ada, wanted());
  };
  const told = async (topic: string) => {
    await test.drain();
    return test.notifications.filter(notification => notification.topic === topic);
  };

  it('sees what is as it was made, with what its quotas count', async () => {
    await checkout();
    expect(await reconciler.run()).toEqual({ seen: 1, missing: 0, gone: 0, drifted: 0, unmanaged: 0 });
    expect(await seen()).toMatchObject({ phase: 'Active', drift: [], usage: { pods: { used: '0', hard: '10' } } });
    expect((await one()).seen).toMatchObject({ phase: 'Active' });
    expect(await test.service.usage('payments')).toMatchObject({ source: 'cluster', namespaces: { used: 1 } });
    // What was seen too long ago is not shown as what stands.
    test.pass({ minutes: 10 });
    expect((await one()).seen).toBeUndefined();
  });

  it('shows drift field by field, tells of it once, and is content when it is repaired', async () => {
    const standing = await checkout();
    const quota = cluster.get('ResourceQuota', 'compute-quota', 'payments-checkout');
    (quota.spec as { hard: Record<string, string> }).hard.pods = '500';
    cluster.objects.delete('NetworkPolicy/payments-checkout/default-deny-all');
    await reconciler.run();
    await reconciler.run();
    const drift = (await seen())?.drift;
    expect(drift).toContainEqual({
      object: { apiVersion: 'v1', kind: 'ResourceQuota', name: 'compute-quota', namespace: 'payments-checkout' },
      path: '/spec/hard/pods',
      want: '10',
      have: '500',
    });
    expect(drift).toContainEqual({ object: expect.objectContaining({ name: 'default-deny-all' }), path: '' });
    const [notification, ...more] = await told('drifted');
    expect(notification).toMatchObject({ to: ['group:default/payments'], comment: expect.stringContaining('ResourceQuota compute-quota') });
    expect(more).toEqual([]);

    const { request } = await test.namespaces.repair(ada, standing);
    // While it is being repaired nobody is told of what is half done.
    await reconciler.run();
    expect((await seen())?.drift).toEqual([]);
    await test.end(request);
    await applied(standing.requestId);
    expect(await reconciler.run()).toMatchObject({ drifted: 0 });
  });

  it('frees what was deleted by hand after it was missed twice, a minute apart, and says so', async () => {
    const standing = await checkout();
    await reconciler.run();
    cluster.deleteNamespace('payments-checkout');
    expect(await reconciler.run()).toMatchObject({ missing: 1, gone: 0 });
    expect(await held()).toEqual({ namespaces: 1, monthlyCost: 10000 });
    expect((await one()).seen?.phase).toBe('Missing');
    expect(await reconciler.run()).toMatchObject({ missing: 1, gone: 0 });
    test.pass({ minutes: 1 });
    expect(await reconciler.run()).toMatchObject({ missing: 1, gone: 1 });
    expect(await test.standing(standing.requestId)).toMatchObject({ state: 'gone', goneWhy: 'by-hand' });
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
    expect((await test.service.events(standing.requestId)).at(-1)).toMatchObject({ action: 'vanished', actorRef: 'system' });
    expect(await told('vanished')).toHaveLength(1);
    expect((await test.ask()).status).toBe('queued');
  });

  it('forgets that it was missed when it is there again', async () => {
    const standing = await checkout();
    cluster.deleteNamespace('payments-checkout');
    await reconciler.run();
    await applied(standing.requestId);
    await reconciler.run();
    cluster.deleteNamespace('payments-checkout');
    test.pass({ minutes: 1 });
    expect(await reconciler.run()).toMatchObject({ missing: 1, gone: 0 });
  });

  it.each<[string, FakeCluster['fault']]>([
    ['errors', () => ({ status: 500, body: { kind: 'Status', message: 'etcd is away' } })],
    ['a broken connection', () => 'cut'],
    ['an account that may no longer list', () => ({ status: 403, body: { kind: 'Status', reason: 'Forbidden', message: 'no' } })],
    ['a login page', () => ({ status: 200, body: { login: true } })],
    ['an empty answer', () => ({ status: 200, body: { kind: 'NamespaceList', metadata: {}, items: [] } })],
    ['a proxy that finds nothing', () => ({ status: 404, body: { error: 'no route' } })],
    ['a list that is empty, and an API server that fails when it is asked by name', path =>
      path === '/api/v1/namespaces'
        ? { status: 200, body: { kind: 'NamespaceList', metadata: { resourceVersion: '1' }, items: [] } }
        : { status: 503, body: {} },
    ],
  ])('frees nothing for %s', async (_, fault) => {
    await checkout();
    await reconciler.run();
    cluster.fault = fault;
    for (let round = 0; round < 3; round += 1) {
      expect(await reconciler.run()).toBeUndefined();
      test.pass({ minutes: 5 });
    }
    expect(await held()).toEqual({ namespaces: 1, monthlyCost: 10000 });
    expect((await test.stores.observations.states())[0].error).toMatch(/cluster `main`/);
  });

  it('knows a namespace by name whose label was taken off, and shows that as drift', async () => {
    await checkout();
    await reconciler.run();
    delete cluster.get('Namespace', 'payments-checkout').metadata.labels?.['platform.io/managed'];
    test.pass({ minutes: 5 });
    expect(await reconciler.run()).toMatchObject({ missing: 0, drifted: 1 });
    expect((await seen())?.drift).toContainEqual(expect.objectContaining({ want: 'true' }));
  });

  it('judges a smaller size by what is in use', async () => {
    const standing = await checkout();
    const quota = cluster.get('ResourceQuota', 'compute-quota', 'payments-checkout');
    (quota.status as { used: Record<string, string> }).used.pods = '7';
    await reconciler.run();
    await expect(test.namespaces.change(ada, standing, { resourceTier: 'micro' })).rejects.toThrow(/5.*7/);
    expect((await test.namespaces.change(ada, standing, { resourceTier: 'medium' })).request.status).toBe('queued');
  });

  it('takes another namespace of the same name for what it is', async () => {
    await checkout();
    await reconciler.run();
    cluster.deleteNamespace('payments-checkout');
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments-checkout' } });
    await reconciler.run();
    test.pass({ minutes: 1 });
    expect(await reconciler.run()).toMatchObject({ gone: 1 });
  });

  it('says what holds a namespace that terminates', async () => {
    await checkout();
    const namespace = cluster.get('Namespace', 'payments-checkout');
    namespace.metadata.deletionTimestamp = '2026-11-23T12:00:00Z';
    namespace.spec = { finalizers: ['kubernetes'] };
    namespace.status = {
      phase: 'Terminating',
      conditions: [{ type: 'NamespaceFinalizersRemaining', status: 'True', message: 'databases.example.com/protect in 1 resource instances' }],
    };
    await reconciler.run();
    expect(await seen()).toMatchObject({
      phase: 'Terminating',
      heldBy: 'finalizers kubernetes; databases.example.com/protect in 1 resource instances',
    });
  });

  it('shows what others have made with our labels, and what is being made as nobody’s', async () => {
    const labels = { 'platform.io/managed': 'true', 'platform.io/team': 'search', 'platform.io/request-id': 'of-nobody' };
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'search-index', labels } });
    const asked = await test.ask();
    await applied(asked.id);
    cluster.get('Namespace', 'payments-checkout').metadata.labels!['platform.io/provisioning'] = asked.id;
    expect(await reconciler.run()).toMatchObject({ seen: 2, unmanaged: 1 });
    expect(await test.namespaces.unmanaged()).toMatchObject([{ name: 'search-index', team: 'search' }]);
    cluster.deleteNamespace('search-index');
    test.pass({ minutes: 1 });
    await reconciler.run();
    expect(await test.namespaces.unmanaged()).toEqual([]);
  });

  it('completes a request that ended badly though its namespace is ready', async () => {
    const request = await test.ask();
    expect(await test.end(request, { phase: 'Failed', rollback: 'failed', message: 'its pod is gone' })).toMatchObject({ status: 'failed' });
    await applied(request.id);
    await reconciler.run();
    expect(await test.service.get(request.id)).toMatchObject({ status: 'completed', holdsName: true });
    expect((await test.standing(request.id)).state).toBe('standing');
    expect(await held()).toEqual({ namespaces: 1, monthlyCost: 10000 });
  });

  it('frees the name of a request of which nothing is left', async () => {
    const request = await test.ask();
    await test.end(request, { phase: 'Failed', rollback: 'failed', message: 'its pod is gone' });
    await reconciler.run();
    expect((await held()).namespaces).toBe(1);
    test.pass({ minutes: 1 });
    await reconciler.run();
    expect(await test.service.get(request.id)).toMatchObject({ status: 'failed', rollback: 'done', holdsName: false });
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it.each(['pending-approval', 'queued', 'provisioning'] as const)('ends a change that is %s when its namespace was deleted by hand', async status => {
    const standing = await checkout();
    if (status === 'pending-approval') {
      test.changeDocuments(platform => {
        platform.spec.environments.development.approval = { by: ['group:default/platform-admins'], count: 1, reason: 'look' };
      });
    }
    const { request } = await test.namespaces.change(ada, standing, { resourceTier: 'medium' });
    if (status === 'provisioning') {
      await test.submits.drain();
    }
    expect((await test.service.get(request.id)).status).toBe(status);
    await vanishes();
    if (status === 'provisioning') {
      await test.end(request, { phase: 'Failed', message: 'step `guard` failed' });
    }
    expect((await test.service.get(request.id)).blocks).toBe(false);
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
    await expect(test.service.retry(ada, request.id)).rejects.toThrow(/gone|make another one/);
  });

  it.each(['freeze', 'restore', 'repair'] as const)('ends a request to %s when its namespace was deleted by hand', async how => {
    const standing = await checkout();
    const confirm = { confirm: 'payments-checkout', freeze: true };
    if (how === 'restore') {
      await test.end((await test.namespaces.decommission(ada, standing, confirm)).request);
    }
    const now = await test.standing(standing.requestId);
    const { request } = how === 'freeze' ? await test.namespaces.decommission(ada, now, confirm) : await test.namespaces[how](ada, now);
    await test.submits.drain();
    await vanishes();
    // Its guard finds nothing; whatever it says, nothing stands.
    await test.end(request, how === 'freeze' ? { phase: 'Failed', message: 'step `guard` failed' } : { phase: 'Succeeded' });
    expect(await test.standing(standing.requestId)).toMatchObject({ state: 'gone', goneWhy: 'by-hand' });
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
    expect((await test.ask()).status).toBe('queued');
  });

  it('frees what is frozen when it was deleted by hand, and the clock asks nothing more about it', async () => {
    const standing = await checkout();
    await test.end((await test.namespaces.decommission(ada, standing, { confirm: 'payments-checkout', freeze: true })).request);
    await vanishes();
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
    test.pass({ days: 30 });
    expect(await tick(test.service.environment)).toEqual({ warned: 0, frozen: 0, deleted: 0 });
  });

  it('leaves a creation to its workflow when its namespace is deleted by hand meanwhile', async () => {
    const [lost, made] = [await test.ask(), await test.ask({ namespaceName: 'payments-ledger' })];
    await test.submits.drain();
    await vanishes();
    expect(await held()).toEqual({ namespaces: 2, monthlyCost: 20000 });
    // One workflow notices and cleans up; the other says that all is well, and then the cluster is asked.
    await test.end(lost, { phase: 'Failed', rollback: 'done', message: 'step `quotas` failed' });
    await test.end(made);
    expect(await held()).toEqual({ namespaces: 1, monthlyCost: 10000 });
    await vanishes();
    expect(await test.standing(made.id)).toMatchObject({ state: 'gone', goneWhy: 'by-hand' });
    expect(await held()).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('completes an adoption that ended badly only when all of it is as it was asked for', async () => {
    const request = (await adopted()).request;
    await test.end(await test.service.approve(grace, request.id, request), { phase: 'Failed', message: 'step `quotas` failed: conflict' });
    await applied(request.id);
    const quota = cluster.get('ResourceQuota', 'compute-quota', 'payments-checkout');
    (quota.spec as { hard: Record<string, string> }).hard.pods = '100';
    expect(await reconciler.run()).toMatchObject({ unmanaged: 1 });
    expect(await test.service.get(request.id)).toMatchObject({ status: 'failed', holdsName: false });
    await applied(request.id);
    await reconciler.run();
    expect(await test.service.get(request.id)).toMatchObject({ status: 'completed', holdsName: true });
  });

  it('leaves the end to the deletion that is under way', async () => {
    const standing = await checkout();
    const { request } = await test.namespaces.decommission(ada, standing, { confirm: 'payments-checkout' });
    await test.submits.drain();
    cluster.deleteNamespace('payments-checkout');
    await reconciler.run();
    test.pass({ minutes: 5 });
    expect(await reconciler.run()).toMatchObject({ gone: 0 });
    await test.end(request);
    expect(await test.standing(standing.requestId)).toMatchObject({ goneWhy: 'decommissioned' });
    expect(await told('vanished')).toEqual([]);
  });
});
