// What time does to what stands: warnings, an extension, a freeze, a restore, and the end.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type PlatformChange, type TestService, createService } from '../testing/service';
import { tick } from './clock';

/** Namespaces of `development` live for 30 days at most. */
const lifetimes: PlatformChange = platform => {
  platform.spec.environments.development.lifetime = { default: 10, maximum: 30 };
  platform.spec.expiry = { warnDays: [7, 1], graceDays: 3 };
  platform.spec.decommission = { graceDays: 5 };
};

onEveryDatabase(databases => {
  const held = async ({ stores }: TestService) => stores.teams.usage('payments');
  const round = ({ service }: TestService) => tick(service.environment);
  const told = async (test: TestService, topic: string) => {
    await test.drain();
    return test.notifications.filter(notification => notification.topic === topic);
  };
  /** The request that the clock has made last. */
  const byClock = async ({ service }: TestService, kind: string) =>
    (await service.list({ key: 'kind', values: [kind] }, undefined, 10)).items[0];

  it('gives what is made an end, and warns its owners 7 days and 1 day before, once each', async () => {
    const test = await createService(databases, lifetimes);
    const checkout = await test.stands();
    expect(checkout.expiresAt).toBe('2026-12-03T12:00:00.000Z');
    expect(await round(test)).toEqual({ warned: 0, frozen: 0, deleted: 0 });
    test.pass({ days: 3, minutes: 5 });
    expect(await round(test)).toMatchObject({ warned: 1 });
    expect(await round(test)).toMatchObject({ warned: 0 });
    test.pass({ days: 6 });
    expect(await round(test)).toMatchObject({ warned: 1 });
    expect(await round(test)).toMatchObject({ warned: 0 });
    const warnings = await told(test, 'expiring');
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatchObject({ to: ['group:default/payments'], comment: checkout.expiresAt });
  });

  it('is frozen when its time is over, deleted after the grace, and only then free', async () => {
    const test = await createService(databases, lifetimes);
    const checkout = await test.stands();
    test.pass({ days: 10 });
    expect(await round(test)).toEqual({ warned: 0, frozen: 1, deleted: 0 });
    expect(await round(test)).toMatchObject({ frozen: 0 });
    const freeze = await byClock(test, 'freeze');
    expect(freeze).toMatchObject({ purpose: 'expiry', status: 'queued', requester: { ref: 'system' } });
    await test.end(freeze);
    expect(await test.standing(checkout.requestId)).toMatchObject({ state: 'frozen', deleteAt: '2026-12-06T12:00:00.000Z' });
    expect(await told(test, 'frozen')).toHaveLength(1);
    expect((await held(test)).namespaces).toBe(1);
    expect(await round(test)).toEqual({ warned: 0, frozen: 0, deleted: 0 });

    test.pass({ days: 3 });
    expect(await round(test)).toEqual({ warned: 0, frozen: 0, deleted: 1 });
    await test.end(await byClock(test, 'delete'));
    expect((await test.standing(checkout.requestId)).state).toBe('gone');
    expect(await held(test)).toEqual({ namespaces: 0, monthlyCost: 0 });
  });

  it('lives longer when somebody extends it, within what the platform allows', async () => {
    const test = await createService(databases, lifetimes);
    const checkout = await test.stands();
    test.pass({ days: 9, minutes: 5 });
    await round(test);
    await expect(test.namespaces.extend(ada, checkout, '2027-12-01T00:00:00Z')).rejects.toThrow(/30 days/);
    const { request } = await test.namespaces.extend(ada, checkout, '2026-12-20T12:00:00Z');
    expect(request).toMatchObject({ kind: 'change', purpose: 'extend' });
    await test.end(request);
    expect((await test.standing(checkout.requestId)).expiresAt).toBe('2026-12-20T12:00:00.000Z');
    test.pass({ days: 2 });
    expect(await round(test)).toMatchObject({ frozen: 0 });
    // A new end has its own warnings.
    test.pass({ days: 9 });
    expect(await round(test)).toMatchObject({ warned: 1 });
  });

  it('is not frozen while an extension or a change is under way, whichever came first', async () => {
    const test = await createService(databases, lifetimes);
    const checkout = await test.stands();
    test.pass({ days: 10 });
    const [extension, ticked] = await Promise.all([
      test.namespaces.extend(ada, checkout, '2026-12-20T12:00:00Z').catch(error => error),
      round(test),
    ]);
    const wasFrozen = ticked.frozen === 1;
    expect(extension instanceof Error ? extension.name : 'asked').toBe(wasFrozen ? 'ConflictError' : 'asked');
    if (wasFrozen) {
      await test.end(await byClock(test, 'freeze'));
      const { request } = await test.namespaces.extend(ada, await test.standing(checkout.requestId), '2026-12-20T12:00:00Z');
      await test.end(request);
    } else {
      await test.end(extension.request);
    }
    expect(await test.standing(checkout.requestId)).toMatchObject({ state: 'standing', expiresAt: '2026-12-20T12:00:00.000Z' });
    expect(await round(test)).toEqual({ warned: 0, frozen: 0, deleted: 0 });

    test.pass({ days: 20 });
    const { request } = await test.namespaces.change(ada, await test.standing(checkout.requestId), {
      resourceTier: 'medium',
      expiresAt: '2027-01-05T12:00:00Z',
    });
    expect(await round(test)).toMatchObject({ frozen: 0 });
    await test.end(request, { phase: 'Failed', message: 'step `quotas` failed' });
    expect(await round(test)).toMatchObject({ frozen: 1 });
  });

  it('is given back with a grace in which it can be restored, as it was', async () => {
    const test = await createService(databases, lifetimes);
    const checkout = await test.stands();
    const { request } = await test.namespaces.decommission(ada, checkout, { confirm: 'payments-checkout', freeze: true });
    expect(request).toMatchObject({ kind: 'freeze', status: 'queued' });
    await test.end(request);
    const frozen = await test.standing(checkout.requestId);
    expect(frozen).toMatchObject({ state: 'frozen', deleteAt: '2026-11-28T12:00:00.000Z' });
    await expect(test.namespaces.change(ada, frozen, { resourceTier: 'medium' })).rejects.toThrow(/restore it first/);
    await expect(test.namespaces.repair(ada, frozen)).rejects.toThrow(/restore it first/);
    const { request: restore } = await test.namespaces.restore(ada, frozen);
    expect(restore).toMatchObject({ kind: 'change', purpose: 'restore', status: 'queued', wantedDigest: checkout.wantedDigest });
    test.pass({ days: 6 });
    expect(await round(test)).toMatchObject({ deleted: 0 });
    await test.end(restore);
    expect(await test.standing(checkout.requestId)).toMatchObject({ state: 'standing', parameters: checkout.parameters });
    expect((await test.service.events(checkout.requestId)).at(-1)).toMatchObject({ action: 'restored' });
    await expect(test.namespaces.restore(ada, await test.standing(checkout.requestId))).rejects.toThrow(/not frozen/);
    expect(await held(test)).toEqual({ namespaces: 1, monthlyCost: 10000 });
  });

  it('needs an approval to be frozen in production, and none for the deletion that follows, nor to be restored', async () => {
    const test = await createService(databases, lifetimes);
    const first = await test.ask({ environment: 'production' });
    await test.service.approve(grace, first.id, first);
    await test.end(first);
    const how = { confirm: 'payments-checkout', freeze: true };
    const { request } = await test.namespaces.decommission(ada, await test.standing(first.id), how);
    expect(request.status).toBe('pending-approval');
    const plan = await test.service.planOf(request.id);
    expect(plan.changes?.filter(({ change }) => change === 'changed').map(({ kind }) => kind)).toEqual(['ResourceQuota']);
    await test.end(await test.service.approve(grace, request.id, plan));
    const { request: restore } = await test.namespaces.restore(ada, await test.standing(first.id));
    expect(restore.status).toBe('queued');
    await test.service.cancel(ada, restore.id);
    test.pass({ days: 5 });
    expect(await round(test)).toMatchObject({ deleted: 1 });
    expect((await byClock(test, 'delete')).status).toBe('queued');
  });

  it('does not try again at once what has failed', async () => {
    const test = await createService(databases, lifetimes);
    await test.stands();
    test.pass({ days: 10 });
    await round(test);
    await test.end(await byClock(test, 'freeze'), { phase: 'Failed', message: 'step `freeze` failed' });
    expect(await round(test)).toMatchObject({ frozen: 0 });
    test.pass({ days: 1 });
    expect(await round(test)).toMatchObject({ frozen: 1 });
  });

  it('leaves alone what has no end', async () => {
    const test = await createService(databases);
    const checkout = await test.stands();
    expect(checkout.expiresAt).toBeUndefined();
    test.pass({ days: 3000 });
    expect(await round(test)).toEqual({ warned: 0, frozen: 0, deleted: 0 });
  });
});
