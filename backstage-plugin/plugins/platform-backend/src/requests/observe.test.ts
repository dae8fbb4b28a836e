// What is seen of workflows, and further attempts. On every database.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { type TestService, createService, seen } from '../testing/service';

const guard = { id: 'guard', phase: 'Succeeded' as const, retries: 0 };
const failure = {
  phase: 'Failed' as const,
  message: 'step `quotas` failed: forbidden',
  steps: [guard, { id: 'quotas', phase: 'Failed' as const, message: 'forbidden', retries: 2 }],
};

onEveryDatabase(databases => {
  it('brings a request to its namespace, and keeps the steps', async () => {
    const { service, ask, drain, notifications } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.observe(id, 1, seen({ phase: 'Running', steps: [guard] }));
    await service.observe(id, 1, seen({ phase: 'Running', steps: [guard] }));
    expect(await service.get(id)).toMatchObject({ status: 'provisioning', version: 2 });
    const main = { ...guard, id: 'main' };
    await service.observe(id, 1, seen({ phase: 'Succeeded', steps: [guard, main] }));
    await service.observe(id, 1, seen({ phase: 'Succeeded', steps: [guard, main] }));
    expect(await service.get(id)).toMatchObject({ status: 'completed', version: 3, holdsName: true });
    // A list that was slower than the watch.
    await service.observe(id, 1, seen({ phase: 'Running', steps: [guard, { ...main, phase: 'Running' }] }));
    expect((await service.steps(id)).map(step => [step.id, step.phase])).toEqual([
      ['guard', 'Succeeded'],
      ['main', 'Succeeded'],
    ]);
    await drain();
    expect(notifications.map(({ topic }) => topic)).toEqual(['completed']);
  });

  it('tells why a request failed, and frees its name when the rollback is done', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.observe(id, 1, seen({ ...failure, rollback: 'done' }));
    expect(await service.get(id)).toMatchObject({
      status: 'failed',
      error: { message: 'step `quotas` failed: forbidden', step: 'quotas' },
      rollback: 'done',
      holdsName: false,
    });
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 0 } });
  });

  it('keeps the name as long as something may be left', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.observe(id, 1, seen({ ...failure, rollback: 'running' }));
    expect(await service.awaited('main')).toMatchObject([{ id, attempt: 1 }]);
    await expect(service.retry(ada, id)).rejects.toThrow('still being rolled back');
    await service.observe(id, 1, seen({ ...failure, rollback: 'failed' }));
    expect(await service.get(id)).toMatchObject({ status: 'failed', rollback: 'failed', holdsName: true });
    expect(await service.awaited('main')).toEqual([]);
    await expect(ask()).rejects.toThrow('is taken');
  });

  it('may see a workflow before its submit is written down', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const request = await ask();
    engine.beforeAnswer = () => service.observe(request.id, 1, seen({ phase: 'Succeeded' }));
    await drain();
    expect(await service.get(request.id)).toMatchObject({ status: 'completed' });
    expect((await service.events(request.id)).map(event => event.action)).toEqual(['submitted', 'started', 'succeeded']);
  });

  it('gives up on a workflow without a phase after some minutes, and stops it', async () => {
    const { service, ask, drain, pass, engine } = await createService(databases);
    const { id, workflowName } = await running({ ask, drain });
    pass({ minutes: 9 });
    await service.observe(id, 1, seen({}));
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
    pass({ minutes: 1 });
    await service.observe(id, 1, seen({}));
    expect(await service.get(id)).toMatchObject({ status: 'failed', rollback: 'running', holdsName: true });
    await drain();
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
    await service.observe(id, 1, seen({ phase: 'Failed' }));
    expect(await service.get(id)).toMatchObject({ status: 'failed', rollback: 'none', holdsName: false });
  });

  it('completes a request that was given up, when its workflow came through after all', async () => {
    const { service, ask, drain, pass } = await createService(databases);
    const { id } = await running({ ask, drain });
    pass({ minutes: 10 });
    await service.observe(id, 1, seen({}));
    await service.observe(id, 1, seen({ phase: 'Succeeded' }));
    const request = await service.get(id);
    expect(request).toMatchObject({ status: 'completed', holdsName: true });
    expect(request.error).toBeUndefined();
  });

  it('fails a request whose workflow is gone, and keeps its name', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.lost(id, 1, 'Argo has no Workflow any more');
    expect(await service.get(id)).toMatchObject({
      status: 'failed',
      error: { message: 'Argo has no Workflow any more' },
      rollback: 'failed',
      holdsName: true,
    });
    await service.lost(id, 1, 'again');
    expect(await service.get(id)).toMatchObject({ version: 3 });
  });

  it('stops a workflow that runs though its request was cancelled', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const { id, workflowName } = await ask();
    await service.cancel(ada, id);
    engine.workflows.set(workflowName ?? '', { text: '{}', stopped: false, ended: false });
    await service.observe(id, 1, seen({ phase: 'Running' }));
    await service.observe(id, 1, seen({ phase: 'Running' }));
    expect(await service.environment.stores.outbox.pending(id)).toMatchObject([{ kind: 'stop' }]);
    await drain();
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
  });

  it('ignores attempts that are over, and requests that nobody knows', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.observe(id, 2, seen({ phase: 'Succeeded' }));
    await service.observe('nobody', 1, seen({ phase: 'Succeeded' }));
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
  });

  it('tries again as a new attempt, which takes the name and the slot anew', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const first = await running({ ask, drain });
    await service.observe(first.id, 1, seen({ ...failure, rollback: 'done' }));
    const second = await service.retry(ada, first.id, 'the quota is gone');
    expect(second).toMatchObject({ status: 'queued', attempt: 2, holdsName: true });
    expect(second.error).toBeUndefined();
    expect(second.workflowName).not.toBe(first.workflowName);
    await expect(service.retry(ada, first.id)).rejects.toThrow('only a failed request can be tried again');
    await drain();
    expect([...engine.workflows.keys()]).toEqual([first.workflowName, second.workflowName]);
    await service.observe(first.id, 2, seen({ phase: 'Succeeded' }));
    expect(await service.get(first.id)).toMatchObject({ status: 'completed' });
  });

  it('does not try again when the name went to somebody else, or the slot', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await running({ ask, drain });
    await service.observe(id, 1, seen({ ...failure, rollback: 'done' }));
    await ask();
    await expect(service.retry(ada, id)).rejects.toThrow('the name `payments-checkout` is taken');
  });

  it('needs no second approval for the same plan, and one for another', async () => {
    const { service, ask, drain, changeDocuments } = await createService(databases);
    const asked = await ask({ environment: 'production' });
    await service.approve(grace, asked.id, asked);
    await drain();
    await service.observe(asked.id, 1, seen({ ...failure, rollback: 'done' }));
    expect(await service.retry(ada, asked.id)).toMatchObject({ status: 'queued', attempt: 2 });
    await drain();
    await service.observe(asked.id, 2, seen({ ...failure, rollback: 'done' }));
    changeDocuments(platform => {
      platform.spec.teams.payments.rbacGroups = ['payments-only'];
    });
    expect(await service.retry(ada, asked.id)).toMatchObject({
      status: 'pending-approval',
      attempt: 3,
      approvals: [],
      workflowName: null,
      expiresAt: expect.any(String),
    });
  });
});

async function running({ ask, drain }: Pick<TestService, 'ask' | 'drain'>) {
  const request = await ask();
  await drain();
  return request;
}
