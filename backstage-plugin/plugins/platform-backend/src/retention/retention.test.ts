// What is deleted, and when. On every database.
import { ConfigReader } from '@backstage/config';
import { readBerthConfig } from '../config';
import { Stores } from '../database/Stores';
import { onEveryDatabase } from '../testing/databases';
import { ada, aRequest } from '../testing/requests';
import { deleteOld } from './retention';

const { retention } = readBerthConfig(new ConfigReader({}));
const now = new Date('2026-11-23T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000).toISOString();

onEveryDatabase(databases => {
  it('deletes logs after 30 days, events after 400, keys after one; and no request', async () => {
    const stores = await Stores.open(await databases.create());
    await stores.write(stores.requests.insert(aRequest({ id: 'old', createdAt: daysAgo(1000) })));
    for (const days of [29, 31]) {
      await stores.logs.put([{
        requestId: 'old',
        attempt: 1,
        stepId: `after-${days}`,
        content: 'applied',
        truncated: false,
        storedAt: daysAgo(days),
      }]);
    }
    for (const days of [401, 399]) {
      await stores.events.append({
        requestId: 'old',
        at: daysAgo(days),
        actorRef: ada.ref,
        action: 'submitted',
        toStatus: 'queued',
        version: days,
        attempt: 1,
      });
    }
    const keyOf = (days: number) => ({
      actorRef: ada.ref,
      key: `after-${days}`,
      bodyHash: 'hash',
      requestId: 'old',
      createdAt: daysAgo(days),
    });
    await stores.idempotency.take(keyOf(0.9), daysAgo(1));
    await stores.idempotency.take(keyOf(1.1), daysAgo(2));
    expect(await deleteOld(stores, retention, now)).toEqual({ logs: 1, events: 1, idempotencyKeys: 1 });
    expect((await stores.logs.list('old', 1)).map(log => log.stepId)).toEqual(['after-29']);
    expect((await stores.events.list('old')).map(event => event.version)).toEqual([399]);
    expect(await stores.idempotency.find(ada.ref, 'after-0.9', daysAgo(5))).toBeDefined();
    expect(await stores.idempotency.find(ada.ref, 'after-1.1', daysAgo(5))).toBeUndefined();
    expect(await stores.requests.find('old')).toBeDefined();
    expect(await deleteOld(stores, retention, now)).toEqual({ logs: 0, events: 0, idempotencyKeys: 0 });
  });

  it('goes on until nothing old is left, and ends when it is told to', async () => {
    const knex = await databases.create();
    const stores = await Stores.open(knex);
    const line = { request_id: 'old', at: daysAgo(500), actor_ref: ada.ref, action: 'submitted', to_status: 'queued' };
    const lines = Array.from({ length: 1200 }, (_, version) => ({ ...line, version, attempt: 1 }));
    await knex.batchInsert('events', lines, 50);
    expect(await deleteOld(stores, retention, now, AbortSignal.abort())).toMatchObject({ events: 0 });
    expect(await deleteOld(stores, retention, now)).toMatchObject({ events: 1200 });
  });
});
