// `platform:validate` judges as HTTP does, for whoever calls, and changes nothing.
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Actor } from '../actor';
import { createActions } from './__testUtils__/actions';
import { sqlite } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, parameters } from '../testing/service';

describe('the action validate', () => {
  const databases = sqlite();

  it('says that a request would be accepted, what it costs and who must approve', async () => {
    const { invoke } = createActions(await createService(databases), [ada]);
    const request = { blueprint: 'namespace', parameters: parameters({ environment: 'production' }) };
    expect(await invoke('validate', request, ada)).toMatchObject({
      valid: true,
      violations: [],
      approval: { required: true, requirements: [{ by: ['group:default/platform-admins'], count: 1 }] },
      cost: { currency: 'USD', decimals: 2, monthly: 10000 },
    });
  });

  it('means a namespace when no blueprint is named, and lists what is wrong', async () => {
    const { invoke } = createActions(await createService(databases), [ada]);
    const { valid, violations } = await invoke('validate', { parameters: parameters({ resourceTier: 'tiny' }) }, ada);
    expect(valid).toBe(false);
    expect(violations).toEqual([expect.objectContaining({ code: 'not-an-option', path: '/resourceTier' })]);
  });

  it('knows names that are taken', async () => {
    const service = await createService(databases);
    await service.ask();
    const { invoke } = createActions(service, [ada]);
    const { violations } = await invoke('validate', { parameters: parameters() }, ada);
    expect(violations).toEqual([expect.objectContaining({ code: 'name-taken' })]);
  });

  it('judges whoever calls: a stranger to the team and a service get the verdict that HTTP gives them', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada, grace]);
    const stranger = { ...grace, ref: 'user:default/mallory', groups: [] };
    const asked = { parameters: parameters() };
    const callers: [Actor | BackstageCredentials, Actor][] = [
      [stranger, { ref: 'user:default/mallory', kind: 'user', groups: [], roles: [] }],
      [mockCredentials.service('external:mcp'), { ref: 'service:external:mcp', kind: 'service', groups: [], roles: [] }],
    ];
    for (const [as, actor] of callers) {
      const { valid, violations } = await invoke('validate', asked, as);
      const decision = await service.service.decide(actor, 'namespace', asked.parameters);
      expect({ valid, violations }).toEqual({ valid: decision.valid, violations: decision.violations });
    }
  });

  it('is for those who may ask for something', async () => {
    const { invoke, registry } = createActions(await createService(databases), [ada], ['platform.request.create']);
    await expect(invoke('validate', { parameters: parameters() }, ada)).rejects.toThrow('`platform.request.create`');
    const { actions } = await registry.list();
    expect(actions.map(({ name, attributes }) => ({ name, attributes }))).toEqual(
      ['validate', 'plan', 'status'].map(name => ({
        name,
        attributes: { readOnly: true, destructive: false, idempotent: true },
      })),
    );
  });

  it('stores nothing', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada]);
    await invoke('validate', { parameters: parameters() }, ada);
    expect((await service.service.list(undefined, undefined, 10)).items).toEqual([]);
  });
});
