// `platform:status` says how far a request is, to those who may see it.
import { mockCredentials } from '@backstage/backend-test-utils';
import { createActions } from './__testUtils__/actions';
import { sqlite } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, parameters, seen } from '../testing/service';

describe('the action status', () => {
  const databases = sqlite();

  it('says how far a request is, and why it failed', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada]);
    const { id } = await service.ask();
    expect(await invoke('status', { requestId: id }, ada)).toMatchObject({ requestId: id, status: 'queued', attempt: 1, steps: [] });

    await service.drain();
    const steps = [{ id: 'quotas', phase: 'Failed' as const, message: 'exceeded quota', retries: 2 }];
    await service.service.observe(id, 1, seen({ phase: 'Failed', message: 'step quotas failed', steps, rollback: 'done' }));
    expect(await invoke('status', { requestId: id }, ada)).toMatchObject({
      status: 'failed',
      rollback: 'done',
      failedStep: 'quotas',
      error: 'step quotas failed',
      steps,
    });
  });

  it('tells nobody else that there is such a request', async () => {
    const service = await createService(databases);
    const mallory = { ...ada, ref: 'user:default/mallory', groups: ['group:default/shop'] };
    const { invoke } = createActions(service, [ada, grace, mallory]);
    const { id } = await service.ask({ environment: 'production' });
    const hidden = `there is no request \`${id}\`, or you may not see it`;
    await expect(invoke('status', { requestId: id }, mallory)).rejects.toThrow(hidden);
    await expect(invoke('status', { requestId: id }, mockCredentials.service('external:mcp'))).rejects.toThrow(hidden);
    expect(await invoke('status', { requestId: id }, grace)).toMatchObject({ status: 'pending-approval' });
    await expect(invoke('status', { requestId: 'no-such' }, ada)).rejects.toThrow('there is no request `no-such`');
  });

  it('is narrowed by a policy', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada], ['platform.request.read']);
    const { id } = await service.ask();
    await expect(invoke('status', { requestId: id }, ada)).rejects.toThrow('you may not see it');
  });

  it('counts as a call, for each caller', async () => {
    const service = await createService(databases);
    const { invoke } = createActions(service, [ada, grace], [], { readsPerMinute: 2, writesPerMinute: 1 });
    const { id } = await service.ask();
    await invoke('status', { requestId: id }, ada);
    await invoke('status', { requestId: id }, ada);
    await expect(invoke('status', { requestId: id }, ada)).rejects.toThrow('has made 2 reads within a minute');
    expect(await invoke('status', { requestId: id }, grace)).toMatchObject({ status: 'queued' });
    await invoke('validate', { blueprint: 'namespace', parameters: parameters() }, ada);
    await expect(invoke('plan', { blueprint: 'namespace', parameters: parameters() }, ada)).rejects.toThrow('has made 1 writes within a minute');
  });
});
