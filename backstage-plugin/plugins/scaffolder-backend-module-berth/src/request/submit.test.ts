// However often a step runs, it makes one request.
import type { JsonValue } from '@backstage/types';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { meansOn, runStep, type Surroundings } from '../__testUtils__/runStep';
import { createNamespaceRequestAction } from '../actions/namespaceRequest';

const SUBMIT = 'POST /namespaces/request';

describe('a request is made once', () => {
  const checkout = { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' };
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
  });
  afterEach(() => platform.stop());

  const run = (around?: Surroundings, input = checkout) => runStep(createNamespaceRequestAction(meansOn(platform)), input, around);
  const keys = () => platform.received(SUBMIT).map(({ idempotencyKey }) => idempotencyKey);

  it('when the task is recovered after its checkpoint: it follows the request that it knows', async () => {
    const checkpoints = new Map<string, JsonValue>();
    const first = await run({ checkpoints });
    const second = await run({ checkpoints });
    expect(second.outputs).toEqual(first.outputs);
    expect(platform.received(SUBMIT)).toHaveLength(1);
  });

  it('when the backend died between the answer and the checkpoint: the same key finds the same request', async () => {
    const first = await run();
    const second = await run();
    expect(second.error).toBeUndefined();
    expect(second.outputs.requestId).toBe(first.outputs.requestId);
    expect(new Set(keys()).size).toBe(1);
    expect(platform.made).toBe(1);
  });

  it('when answers are lost on the way', async () => {
    platform.instead.set(SUBMIT, [
      { status: 503, body: { error: { name: 'ServiceUnavailableError', message: 'starting up' } } },
      { status: 429, body: { error: { name: 'TooManyRequests', message: 'slow down' } } },
      { status: 502, body: 'from some proxy' },
    ]);
    const { error, log } = await run();
    expect(error).toBeUndefined();
    expect(log).toEqual(
      expect.arrayContaining([
        'warn: starting up; trying again',
        'warn: slow down; trying again',
        'warn: the platform backend answered with status 502; trying again',
      ]),
    );
    expect(new Set(keys()).size).toBe(1);
    expect(platform.made).toBe(1);
  });

  it('and gives up on a backend that stays away, with the same key for the next try', async () => {
    await platform.stop();
    const { error } = await run();
    expect(error?.name).toBe('ServiceUnavailableError');
    expect(error?.message).toContain("the platform backend can't be reached");
  });

  it('does not try again what the backend refuses', async () => {
    platform.instead.set(SUBMIT, [
      { status: 409, body: { error: { name: 'ConflictError', message: '`payments-checkout` is taken on cluster `main`' } } },
    ]);
    const { error } = await run();
    expect(error).toMatchObject({ name: 'ConflictError', message: '`payments-checkout` is taken on cluster `main`' });
    expect(platform.received(SUBMIT)).toHaveLength(1);
  });

  it('is another request for another task, step, iteration or namespace', async () => {
    await run({ taskId: 'task-1' });
    await run({ taskId: 'task-2' }, { ...checkout, namespaceName: 'payments-b' });
    await run({ taskId: 'task-2', stepId: 'other' }, { ...checkout, namespaceName: 'payments-c' });
    await run({ taskId: 'task-2', stepId: 'other', each: { key: '1' } }, { ...checkout, namespaceName: 'payments-d' });
    await run({ taskId: 'task-2', stepId: 'other', each: { key: '1' } }, { ...checkout, namespaceName: 'payments-e' });
    expect(new Set(keys()).size).toBe(5);
    expect(platform.made).toBe(5);
    for (const key of keys()) expect(key).toMatch(/^[!-~]{1,255}$/);
  });

  it.each([
    ['is another by today\'s documents', { status: 200, body: { planDigest: 'sha256:other' } }],
    ['is no longer allowed', { status: 400, body: { error: { name: 'InputError', message: 'no' }, violations: [] } }],
  ])('and says nothing of a plan that %s', async (_, answer) => {
    platform.instead.set('GET /requests/{requestId}/plan', [answer]);
    const { error, outputs } = await run();
    expect(error).toBeUndefined();
    expect(outputs.effects).toEqual([{ resource: 'berth:request/request-1', operation: 'create' }]);
    expect(outputs).not.toHaveProperty('monthlyCost');
  });
});
