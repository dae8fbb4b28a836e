// How long things are waited for, as configured.
import { sqlite } from '../testing/databases';
import { grace } from '../testing/requests';
import { createService } from '../testing/service';

describe('the times of requests', () => {
  const databases = sqlite();
  const HOUR = 60 * 60 * 1000;

  it('are those of the configuration', async () => {
    const times = { approval: 48 * HOUR, reminderBefore: 12 * HOUR, idempotencyKey: 2 * HOUR };
    const test = await createService(databases, undefined, { times });
    const { id, expiresAt } = await test.ask({ environment: 'production' }, undefined, { idempotencyKey: 'ci-4711' });
    expect(expiresAt).toBe('2026-11-25T12:00:00.000Z');
    test.pass({ minutes: 119 });
    expect((await test.ask({ environment: 'production' }, undefined, { idempotencyKey: 'ci-4711' })).id).toBe(id);
    test.pass({ minutes: 2 });
    await expect(test.ask({ environment: 'production' }, undefined, { idempotencyKey: 'ci-4711' })).rejects.toThrow('is taken');
    expect(await test.service.lapseApprovals()).toEqual({ reminded: 0, expired: 0 });
    test.pass({ minutes: 34 * 60 });
    expect(await test.service.lapseApprovals()).toEqual({ reminded: 1, expired: 0 });
    test.pass({ minutes: 12 * 60 });
    expect(await test.service.lapseApprovals()).toEqual({ reminded: 0, expired: 1 });
    await expect(test.service.approve(grace, id, { planDigest: 'sha256:any' })).rejects.toThrow();
  });
});
