// Cancellations at every point, and their races. On every database.
import { onEveryDatabase } from '../testing/databases';
import { ada, grace } from '../testing/requests';
import { createService, seen } from '../testing/service';

const stranger = { ...ada, ref: 'user:default/mallory', linkedRef: undefined, email: 'm@x.com', groups: [] };

onEveryDatabase(databases => {
  it('ends at once what nobody has told Argo yet', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const pending = await ask({ environment: 'production' });
    await expect(service.cancel(stranger, pending.id)).rejects.toThrow('is not in the team `payments`');
    expect(await service.cancel(ada, pending.id, 'not needed')).toMatchObject({ status: 'cancelled', holdsName: false });
    const queued = await ask();
    expect(await service.cancel(grace, queued.id)).toMatchObject({ status: 'cancelled', holdsName: false });
    await drain();
    expect(engine.submits).toBe(0);
    expect(await service.usage('payments')).toMatchObject({ namespaces: { used: 0 } });
    await expect(service.cancel(ada, queued.id)).rejects.toThrow('it can no longer be cancelled');
  });

  it('ends at once what could not be sent, while Argo is away', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    engine.faults.push('refused-connection');
    const { id } = await ask();
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'queued' });
    expect(await service.cancel(ada, id)).toMatchObject({ status: 'cancelled', holdsName: false });
  });

  it('finds out first whether Argo has it, when an answer was lost: it has', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    engine.faults.push('cut');
    const { id, workflowName } = await ask();
    await drain();
    expect(await service.cancel(ada, id)).toMatchObject({
      status: 'queued',
      holdsName: true,
      cancelRequestedAt: '2026-11-23T12:00:00.000Z',
    });
    await drain();
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
    expect(engine.submits).toBe(1);
    await service.observe(id, 1, seen({ phase: 'Failed', rollback: 'done' }));
    expect(await service.get(id)).toMatchObject({ status: 'cancelled', rollback: 'done', holdsName: false });
  });

  it('remembers that an answer was lost, though the next try could not even connect', async () => {
    const { service, ask, drain, engine, pass } = await createService(databases);
    engine.faults.push('cut', 'refused-connection');
    const { id, workflowName } = await ask();
    await drain();
    pass({ minutes: 1 });
    await drain();
    expect(await service.cancel(ada, id)).toMatchObject({ status: 'queued', holdsName: true });
    await drain();
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
  });

  it('needs no answer of Argo for what was being tried, and did not get there', async () => {
    const { service, ask, submits, drain, engine, pass } = await createService(databases);
    const { id } = await ask();
    engine.faults.push('refused-connection');
    engine.beforeFault = async () => {
      expect(await service.cancel(ada, id)).toMatchObject({ status: 'queued' });
    };
    await submits.drain();
    pass({ minutes: 1 });
    engine.stop = async () => {
      throw new TypeError('Argo is away');
    };
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'cancelled', holdsName: false });
  });

  it('finds out first whether Argo has it, when an answer was lost: it has not', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    engine.faults.push('failing');
    const { id } = await ask();
    await drain();
    expect(await service.cancel(ada, id)).toMatchObject({ status: 'queued', holdsName: true });
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'cancelled', holdsName: false });
    expect(engine.workflows.size).toBe(0);
  });

  it('stops a workflow that was being submitted when the cancellation came', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const { id, workflowName } = await ask();
    engine.beforeAnswer = async () => {
      await service.cancel(ada, id);
    };
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning', holdsName: true });
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
  });

  it('stops what runs, and is cancelled when the rollback is seen; asking twice changes nothing', async () => {
    const { service, ask, drain, engine, notifications } = await createService(databases);
    const { id, workflowName } = await ask();
    await drain();
    const asked = await service.cancel(ada, id);
    expect(asked).toMatchObject({ status: 'provisioning', holdsName: true });
    expect(await service.cancel(ada, id)).toEqual(asked);
    await drain();
    expect(engine.workflows.get(workflowName ?? '')).toMatchObject({ stopped: true });
    await service.observe(id, 1, seen({ phase: 'Running', rollback: 'running' }));
    expect(await service.get(id)).toMatchObject({ status: 'provisioning', rollback: 'running' });
    await service.observe(id, 1, seen({ phase: 'Failed', rollback: 'done' }));
    expect(await service.get(id)).toMatchObject({ status: 'cancelled', rollback: 'done', holdsName: false });
    await drain();
    expect(notifications.map(({ topic }) => topic)).toEqual(['cancelled']);
  });

  it('loses against a workflow that was faster', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await ask();
    await drain();
    await service.cancel(ada, id);
    await service.observe(id, 1, seen({ phase: 'Succeeded' }));
    expect(await service.get(id)).toMatchObject({ status: 'completed', holdsName: true });
    await expect(service.cancel(ada, id)).rejects.toThrow('it can no longer be cancelled');
  });

  it('has one winner when it comes together with the end of the workflow', async () => {
    const { service, ask, drain } = await createService(databases);
    const { id } = await ask();
    await drain();
    const [cancelled] = await Promise.allSettled([
      service.cancel(ada, id),
      ...Array.from({ length: 8 }, () => service.observe(id, 1, seen({ phase: 'Succeeded' }))),
    ]);
    expect(await service.get(id)).toMatchObject({ status: 'completed', holdsName: true });
    const actions = (await service.events(id)).map(event => event.action);
    expect(actions.filter(action => action === 'succeeded')).toHaveLength(1);
    expect(actions.includes('cancel-asked')).toBe(cancelled.status === 'fulfilled');
  });

  it('says that something may be left, when the workflow to stop is gone', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const { id } = await ask();
    await drain();
    engine.workflows.clear();
    await service.cancel(ada, id);
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'cancelled', rollback: 'failed', holdsName: true });
    expect(await service.retry(ada, id)).toMatchObject({ status: 'queued', attempt: 2 });
  });
});
