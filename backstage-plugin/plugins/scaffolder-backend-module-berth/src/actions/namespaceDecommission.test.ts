// The end of a namespace from a template: nothing goes without its name typed once more. Every example runs.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, meansOn, runStep, type Surroundings } from '../__testUtils__/runStep';
import { createNamespaceDecommissionAction } from './namespaceDecommission';
import { examples } from './namespaceDecommission.examples';

describe('berth:namespace:decommission', () => {
  const checkout = { namespaceName: 'payments-checkout', confirm: 'payments-checkout' };
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
    platform.standing = [{ namespaceName: 'payments-checkout', team: 'payments', environment: 'development' }];
  });
  afterEach(() => platform.stop());

  const decommission = (input: Parameters<typeof runStep>[1], around?: Surroundings) =>
    runStep(createNamespaceDecommissionAction(meansOn(platform)), input, around);

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    for (const input of inputsOf(example)) {
      const { error, outputs } = await decommission(input);
      expect(error).toBeUndefined();
      expect(outputs.status).toBe('completed');
      const [call] = platform.received('DELETE /namespaces/payments-checkout');
      expect(call.body).toEqual({ confirm: 'payments-checkout', freeze: input.freeze ?? false });
    }
  });

  it('shows what would go in a dry run, and deletes nothing', async () => {
    const { error, outputs, log } = await decommission(checkout, { isDryRun: true });
    expect(error).toBeUndefined();
    expect(platform.calls.map(({ call }) => call)).toEqual(['POST /namespaces/payments-checkout/plan']);
    expect(outputs.effects).toContainEqual({ resource: 'kubernetes:main/v1/Namespace/payments-checkout', operation: 'delete' });
    expect(log.join('\n')).toContain('removed: Namespace payments-checkout');
  });

  it('wants the name typed once more, in a dry run, too', async () => {
    const wrong = await decommission({ ...checkout, confirm: 'payments' }, { isDryRun: true });
    expect(wrong.error?.message).toMatch(/write its name to delete it/);
    expect(platform.calls).toEqual([]);
  });

  it('waits for an approval in production', async () => {
    platform.standing[0].environment = 'production';
    expect((await decommission(checkout)).outputs).toMatchObject({ status: 'pending-approval' });
  });
});
