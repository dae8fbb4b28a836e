// `platform:plan` shows what would be created, and changes nothing.
import { createActions } from './__testUtils__/actions';
import { sqlite } from '../testing/databases';
import { ada } from '../testing/requests';
import { createService, parameters } from '../testing/service';

describe('the action plan', () => {
  const databases = sqlite();

  it('shows steps, objects, cost and manifests, and stores nothing', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada]);
    const plan = await invoke('plan', { blueprint: 'namespace', parameters: parameters() }, ada);
    const { planDigest } = await service.service.plan(ada, 'namespace', parameters());
    expect(plan).toMatchObject({
      name: 'payments-checkout',
      team: 'payments',
      cluster: 'main',
      approval: { required: false },
      cost: { monthly: 10000 },
      planDigest,
      manifests: expect.stringContaining('kind: ResourceQuota'),
    });
    expect(plan.steps).toContainEqual({
      id: 'namespace',
      title: 'Namespace',
      objects: [{ apiVersion: 'v1', kind: 'Namespace', name: 'payments-checkout' }],
    });
    expect((await service.service.list(undefined, undefined, 10)).items).toEqual([]);
  });

  it('has no plan for what is not allowed, and says why', async () => {
    const { invoke } = createActions(await createService(databases), [ada]);
    const request = { parameters: parameters({ environment: 'production', networkPolicy: 'open' }) };
    await expect(invoke('plan', request, ada)).rejects.toThrow("production namespaces can't be open to the whole cluster");
  });

  it('is for those who may ask for something', async () => {
    const { invoke } = createActions(await createService(databases), [ada], ['platform.request.create']);
    await expect(invoke('plan', { parameters: parameters() }, ada)).rejects.toThrow('`platform.request.create`');
  });
});
