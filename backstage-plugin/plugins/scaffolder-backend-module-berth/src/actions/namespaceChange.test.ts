// A change of a namespace from a template: what would become of it, and that it is asked for once. Every example runs.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, meansOn, runStep, type Surroundings } from '../__testUtils__/runStep';
import { createNamespaceChangeAction } from './namespaceChange';
import { examples } from './namespaceChange.examples';

describe('berth:namespace:change', () => {
  const larger = { namespaceName: 'payments-checkout', changes: { resourceTier: 'medium' } };
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
    platform.standing = [{ namespaceName: 'payments-checkout', team: 'payments', environment: 'development', costCenter: 'CC-1' }];
  });
  afterEach(() => platform.stop());

  const change = (input: Parameters<typeof runStep>[1], around?: Surroundings) =>
    runStep(createNamespaceChangeAction(meansOn(platform)), input, around);

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    for (const input of inputsOf(example)) {
      const { error, outputs } = await change(input);
      expect(error).toBeUndefined();
      expect(outputs.status).toBe('completed');
    }
  });

  it('shows what would become of each object and of the cost in a dry run, and asks for nothing', async () => {
    const { error, outputs, log } = await change(larger, { isDryRun: true });
    expect(error).toBeUndefined();
    expect(platform.calls.map(({ call }) => call)).toEqual(['POST /namespaces/payments-checkout/plan']);
    expect(outputs.effects).toContainEqual({
      resource: 'kubernetes:main/v1/ResourceQuota/payments-checkout/compute-quota',
      operation: 'update',
    });
    expect(log.join('\n')).toMatch(/changed: ResourceQuota payments-checkout\/compute-quota \(.*\/spec\/hard\/pods/);
    expect(log.join('\n')).toMatch(/Cost a month: 200.00 USD \(now 100.00 USD\)/);
  });

  it('is asked for once, however often the step runs', async () => {
    const checkpoints = new Map();
    await change(larger, { checkpoints });
    await change(larger, { checkpoints });
    await change(larger);
    expect(platform.made).toBe(1);
    const [first, second, ...more] = platform.received('PATCH /namespaces/payments-checkout');
    expect(more).toEqual([]);
    expect(first.body).toEqual({ resourceTier: 'medium' });
    expect(second.idempotencyKey).toBe(first.idempotencyKey);
  });

  it('ends at once when somebody must approve, and says who', async () => {
    platform.standing[0].environment = 'production';
    const { error, outputs } = await change(larger);
    expect(error).toBeUndefined();
    expect(outputs).toMatchObject({ status: 'pending-approval', approvers: ['group:default/platform-admins'] });
  });

  it('says what stands in its way', async () => {
    const message = 'the request `r1` (delete, queued) about `payments-checkout` is under way; wait for its end, or cancel it';
    platform.instead.set('PATCH /namespaces/payments-checkout', [{ status: 409, body: { error: { name: 'ConflictError', message } } }]);
    expect((await change(larger)).error?.message).toBe(message);
  });
});
