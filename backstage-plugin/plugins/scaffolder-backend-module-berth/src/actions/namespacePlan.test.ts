// The action shows what would be created, in the log and as outputs. Every example runs.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, meansOn, runStep } from '../__testUtils__/runStep';
import { createNamespacePlanAction } from './namespacePlan';
import { examples } from './namespacePlan.examples';

describe('berth:namespace:plan', () => {
  const checkout = { namespaceName: 'payments-checkout', team: 'payments', environment: 'production' };
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
  });
  afterEach(() => platform.stop());

  const plan = (input: Parameters<typeof runStep>[1]) => runStep(createNamespacePlanAction(meansOn(platform)), input);

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    for (const input of inputsOf(example)) {
      expect((await plan(input)).error).toBeUndefined();
    }
  });

  it('shows steps, objects, cost and approval in the log, and makes no request', async () => {
    const { log, error } = await plan({ ...checkout, features: ['backup-enabled'], description: 'not for the log' });
    expect(error).toBeUndefined();
    expect(log[0]).toBe('Plan: namespace `payments-checkout` for team `payments` in production (cluster main)');
    expect(log).toContain('  namespace: Namespace: Namespace payments-checkout');
    expect(log).toContain(
      '  quotas: Quota and limits (after namespace): ResourceQuota payments-checkout/compute-quota, LimitRange payments-checkout/compute-limit-range',
    );
    expect(log).toContain('  monitoring: Monitors and alerts: not needed, only when features contains monitoring-enhanced');
    expect(log.slice(-4)).toEqual([
      'Cost a month: 120.00 USD of a budget of 4000.00 USD',
      '  Small (small): 100.00 USD',
      '  Nightly backup (backup-enabled): 20.00 USD',
      'Approval: needed by group:default/platform-admins: a second person looks at everything that goes to production',
    ]);
    expect(log.join('\n')).not.toContain('not for the log');
    expect(platform.calls.map(({ call }) => call)).toEqual(['POST /namespaces/plan']);
  });

  it('gives the plan to later steps', async () => {
    const { outputs } = await plan(checkout);
    expect(outputs).toMatchObject({
      planDigest: expect.stringMatching(/^sha256:/),
      manifests: expect.stringContaining('kind: ResourceQuota'),
      approvers: ['group:default/platform-admins'],
      monthlyCost: '100.00 USD',
    });
    expect(outputs.effects).toEqual(
      expect.arrayContaining([
        { resource: 'kubernetes:main/v1/Namespace/payments-checkout', operation: 'create' },
        { resource: 'kubernetes:main/rbac.authorization.k8s.io/v1/RoleBinding/payments-checkout/payments-developers', operation: 'create' },
      ]),
    );
  });

  it('lists the violations of a request that has no plan', async () => {
    const { error, log } = await plan({ ...checkout, networkPolicy: 'open' });
    const line = "/networkPolicy: production namespaces can't be open to the whole cluster (choose `isolated` or `team-shared`)";
    expect(error?.message).toBe(`the request is not valid:\n  ${line}`);
    expect(log).toEqual([`error: ${line}`]);
  });
});
