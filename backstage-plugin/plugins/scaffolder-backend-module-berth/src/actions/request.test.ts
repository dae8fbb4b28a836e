// The action for any blueprint hands blueprint and parameters on. Every example runs.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, meansOn, runStep } from '../__testUtils__/runStep';
import { createRequestAction } from './request';
import { examples } from './request.examples';

describe('berth:request', () => {
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
  });
  afterEach(() => platform.stop());

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    for (const input of inputsOf(example)) {
      const { error, outputs } = await runStep(createRequestAction(meansOn(platform)), input);
      expect(error).toBeUndefined();
      expect(outputs).toMatchObject({ requestId: 'request-1', status: 'completed' });
      const { blueprint, parameters } = input;
      expect(platform.received('POST /requests')).toMatchObject([{ body: { blueprint, parameters } }]);
    }
  });

  it('shows the plan in a dry run', async () => {
    const parameters = { namespaceName: 'payments-ledger', team: 'payments', environment: 'staging' };
    const { log } = await runStep(createRequestAction(meansOn(platform)), { blueprint: 'namespace', parameters }, { isDryRun: true });
    expect(log).toContain('Plan: namespace `payments-ledger` for team `payments` in staging (cluster main)');
    expect(platform.made).toBe(0);
  });

  it('says what is wrong with the parameters', async () => {
    const { error } = await runStep(createRequestAction(meansOn(platform)), { blueprint: 'namespace', parameters: { team: 'payments' } });
    expect(error?.message).toContain('/namespaceName: ');
    expect(error?.message).toContain('/environment: ');
  });
});
