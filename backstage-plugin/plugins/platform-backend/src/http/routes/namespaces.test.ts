// The life of a namespace from outside, with the embedded engine: asked for, changed, repaired and given back.
import { setTimeout as pause } from 'node:timers/promises';
import { type As, startPlatform, type TestPlatform } from '../../__testUtils__/platform';
import { type Sandbox, startSandbox } from '../../testing/sandbox';

describe('a namespace', () => {
  let sandbox: Sandbox;
  let platform: TestPlatform;
  let ada: As;
  let carol: As;
  let grace: As;

  beforeAll(async () => {
    sandbox = await startSandbox();
    platform = await startPlatform({ argo: sandbox.baseUrl });
    [ada, carol, grace] = ['ada', 'carol', 'grace'].map(name => platform.user(name));
  }, 30_000);

  afterAll(async () => {
    await platform.stop();
    await sandbox.stop();
  });

  /** Looks until the request has ended: the engine works in the background. */
  async function ended(requestId: string) {
    for (;;) {
      const { body } = await grace.get(`/requests/${requestId}/status`);
      if (!['queued', 'provisioning'].includes(body.status)) {
        return body;
      }
      await pause(50);
    }
  }

  async function make(namespaceName: string, changes: object = {}) {
    const parameters = { namespaceName, team: 'payments', environment: 'development', description: 'The checkout', ...changes };
    const { body } = await ada.post('/namespaces/request', parameters);
    expect(await ended(body.requestId)).toMatchObject({ status: 'completed' });
    return body.requestId as string;
  }

  it('is made, changed, extended, repaired, frozen, restored and given back', async () => {
    const requestId = await make('payments-checkout');
    const made = (await ada.get('/namespaces/payments-checkout')).body;
    expect(made).toMatchObject({
      ...{ name: 'payments-checkout', cluster: 'main', team: 'payments', environment: 'development', state: 'standing' },
      ...{ requestId, appliedBy: requestId, openRequests: [], source: 'tables' },
      cost: { monthly: 10000, currency: 'USD', decimals: 2 },
    });

    const plan = await ada.post('/namespaces/payments-checkout/plan', { resourceTier: 'medium' });
    expect(plan.body).toMatchObject({ kind: 'change', name: 'payments-checkout', cost: { monthly: 20000 } });
    const change = await ada.patch('/namespaces/payments-checkout?cluster=main', { resourceTier: 'medium', features: ['monitoring-enhanced'] });
    expect(change.status).toBe(201);
    expect(change.body).toMatchObject({ kind: 'change', status: 'queued' });
    expect(change.headers.location).toBe(`/api/platform/requests/${change.body.requestId}`);
    const second = await ada.patch('/namespaces/payments-checkout', { resourceTier: 'large' });
    // The first may have ended by now; if not, the second is told of it.
    expect([201, 409]).toContain(second.status);
    await Promise.all([change, second].filter(({ status }) => status === 201).map(({ body }) => ended(body.requestId)));
    expect((await grace.get(`/requests/${change.body.requestId}`)).body).toMatchObject({ status: 'completed', originId: requestId, costBefore: 10000 });

    const later = new Date(Date.now() + 20 * 24 * 60 * 60 * 1000).toISOString();
    const extended = await ada.post('/namespaces/payments-checkout/extend', { expiresAt: later });
    expect(extended.status).toBe(201);
    await ended(extended.body.requestId);
    expect((await ada.get('/namespaces/payments-checkout')).body.expiresAt).toBe(later);

    const repaired = await ada.post('/namespaces/payments-checkout/repair');
    expect(await ended(repaired.body.requestId)).toMatchObject({ status: 'completed' });

    const planned = await ada.post('/namespaces/payments-checkout/plan', { freeze: true });
    expect(planned.body).toMatchObject({ kind: 'freeze', changes: expect.arrayContaining([expect.objectContaining({ change: 'changed' })]) });
    const freeze = await ada.delete('/namespaces/payments-checkout', { confirm: 'payments-checkout', freeze: true });
    expect(freeze.body).toMatchObject({ kind: 'freeze', status: 'queued' });
    expect(await ended(freeze.body.requestId)).toMatchObject({ status: 'completed' });
    expect((await ada.get('/namespaces/payments-checkout')).body).toMatchObject({ state: 'frozen', deleteAt: expect.any(String) });
    expect((await ada.patch('/namespaces/payments-checkout', { resourceTier: 'large' })).status).toBe(409);
    const restored = await ada.post('/namespaces/payments-checkout/restore', {});
    expect(await ended(restored.body.requestId)).toMatchObject({ status: 'completed' });
    expect((await ada.get('/namespaces/payments-checkout')).body).toMatchObject({ state: 'standing' });

    const key = { 'Idempotency-Key': 'give-back-1' };
    const gone = await ada.delete('/namespaces/payments-checkout', { confirm: 'payments-checkout' }, key);
    expect(gone.body).toMatchObject({ kind: 'delete', status: 'queued' });
    expect(await ended(gone.body.requestId)).toMatchObject({ status: 'completed' });
    expect((await ada.get('/namespaces/payments-checkout')).status).toBe(404);
    expect((await ada.get('/teams/payments/usage')).body.namespaces.used).toBe(0);
    // The same call finds its request, though the namespace is gone.
    const again = await ada.delete('/namespaces/payments-checkout', { confirm: 'payments-checkout' }, key);
    expect(again.body).toMatchObject({ requestId: gone.body.requestId, replayed: true, status: 'completed' });
    // And the name is free.
    await make('payments-checkout');
  }, 60_000);

  it('is there only for those who may see it', async () => {
    await make('payments-ledger');
    const names = async (as: As, query = '') =>
      (await as.get(`/namespaces${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await names(ada)).toContain('payments-ledger');
    expect(await names(grace, '?team=payments')).toContain('payments-ledger');
    expect(await names(carol)).toEqual([]);
    expect((await carol.patch('/namespaces/payments-ledger', { resourceTier: 'medium' })).status).toBe(404);
    expect((await carol.delete('/namespaces/payments-ledger', { confirm: 'payments-ledger' })).status).toBe(404);
  }, 60_000);

  it('refuses what can’t be', async () => {
    await make('payments-risk');
    const path = '/namespaces/payments-risk';
    expect((await ada.delete(path, { confirm: 'payments-checkout' })).body.error.message).toMatch(/write its name/);
    expect((await ada.delete(path, { confirm: 'payments-risk', now: true })).status).toBe(400);
    expect((await ada.post(`${path}/extend`, { expiresAt: 'tomorrow' })).status).toBe(400);
    const wrong = await ada.patch(path, { resourceTier: 'huge' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.violations).toEqual([expect.objectContaining({ path: '/resourceTier' })]);
    expect((await ada.patch(path, {})).body.error.message).toMatch(/like that already/);
    expect((await ada.post(`${path}/restore`, {})).status).toBe(409);
    expect((await ada.post('/namespaces/payments-x/adopt', { team: 'payments', environment: 'development' })).body.error.message).toMatch(/inventory/);
    expect((await ada.post('/namespaces/payments-x/adopt', { namespaceName: 'other' })).status).toBe(400);
    expect((await ada.post(`${path}/plan`, { delete: true })).body).toMatchObject({ kind: 'delete', name: 'payments-risk' });
    expect((await ada.patch('/namespaces/payments-nobody', {})).status).toBe(404);
  }, 60_000);
});
