// The action judges and says what is wrong; it makes nothing. Every example runs.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, meansOn, runStep } from '../__testUtils__/runStep';
import { createNamespaceValidateAction } from './namespaceValidate';
import { examples } from './namespaceValidate.examples';

describe('berth:namespace:validate', () => {
  const checkout = { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' };
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
  });
  afterEach(() => platform.stop());

  const validate = (input: Parameters<typeof runStep>[1]) => runStep(createNamespaceValidateAction(meansOn(platform)), input);

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    for (const input of inputsOf(example)) {
      const { error, outputs } = await validate(input);
      expect(error).toBeUndefined();
      expect(outputs.valid).toBe(input.failOnViolations !== false);
    }
  });

  it('says what a good request costs and what the defaults are, and makes no request', async () => {
    const { outputs, log } = await validate({ ...checkout, features: ['monitoring-enhanced'] });
    expect(outputs).toEqual({
      valid: true,
      violations: [],
      parameters: { ...checkout, resourceTier: 'small', networkPolicy: 'isolated', features: ['monitoring-enhanced'] },
      approvers: [],
      monthlyCost: '125.00 USD',
    });
    expect(log).toEqual([]);
    expect(platform.calls.map(({ call }) => call)).toEqual(['POST /namespaces/validate']);
  });

  it('names who would have to approve', async () => {
    const { outputs } = await validate({ ...checkout, environment: 'production' });
    expect(outputs.approvers).toEqual(['group:default/platform-admins']);
  });

  it('fails with every violation on a line of its own: field, what is wrong, what to do', async () => {
    const { error, log, outputs } = await validate({ ...checkout, namespaceName: 'Payments_Checkout', environment: 'production', resourceTier: 'micro', descriptoin: 'x' });
    expect(error?.name).toBe('InputError');
    expect(error?.message.split('\n')).toEqual([
      'the request is not valid:',
      '  /namespaceName: `Payments_Checkout` does not match `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$` (did you mean `payments-checkout`?)',
      '  /descriptoin: there is no parameter `descriptoin` (did you mean `description`?)',
      '  /resourceTier: production namespaces need at least the small tier (choose `small`, `medium` or `large`)',
    ]);
    expect(log).toEqual(error?.message.split('\n').slice(1).map(line => `error: ${line.trim()}`));
    expect(outputs).toEqual({});
  });

  it('leaves the verdict to later steps when it is told to', async () => {
    const { error, outputs, log } = await validate({ ...checkout, namespaceName: 'default', failOnViolations: false });
    expect(error).toBeUndefined();
    expect(outputs.valid).toBe(false);
    expect(outputs.violations).toEqual([expect.objectContaining({ path: '/namespaceName' })]);
    expect(log).toHaveLength(1);
  });
});
