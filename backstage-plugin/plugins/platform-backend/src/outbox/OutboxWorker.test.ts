// The outbox: what it survives, and that one attempt makes one workflow. On every database.
import { onEveryDatabase } from '../testing/databases';
import { ada } from '../testing/requests';
import { createService, parameters, seen } from '../testing/service';
import { NotDone, OutboxWorker } from './OutboxWorker';

onEveryDatabase(databases => {
  it('works as soon as a commit stands, and not only when it looks again', async () => {
    const { submits, service, ask } = await createService(databases);
    const started = new Promise<string>(done => {
      service.environment.onCommit(({ changed: [id] }) => {
        void service.find(id).then(request => request?.status === 'provisioning' && done(id));
      });
    });
    submits.start();
    const { id } = await ask();
    expect(await started).toBe(id);
    await submits.stop();
  });

  it('keeps what Argo could not take, and tries it later', async () => {
    const { service, ask, drain, engine, pass } = await createService(databases);
    engine.faults.push('refused-connection', 'failing', 'unauthorized');
    const { id } = await ask();
    for (const tries of [1, 2, 3]) {
      await drain();
      expect(await service.get(id)).toMatchObject({ status: 'queued', version: 1 });
      expect(await service.environment.stores.outbox.pending(id)).toMatchObject([
        { kind: 'submit', tries, lastError: expect.stringContaining('Argo Server `main`') },
      ]);
      await drain();
      expect(engine.submits).toBe(tries);
      pass({ minutes: 1 });
    }
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
    expect(await service.environment.stores.outbox.depth()).toEqual([]);
  });

  it('tries at once when it hears that Argo is back', async () => {
    const { service, submits, ask, drain, engine } = await createService(databases);
    engine.faults.push('refused-connection');
    const { id } = await ask();
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'queued' });
    await submits.retryNow();
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
  });

  it('makes one workflow, however often answers are lost', async () => {
    const { service, ask, drain, engine, pass } = await createService(databases);
    engine.faults.push('cut', 'cut');
    const { id } = await ask();
    await drain();
    pass({ minutes: 1 });
    await drain();
    pass({ minutes: 1 });
    await drain();
    expect(engine.workflows.size).toBe(1);
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
  });

  it('fails a request whose workflow Argo finds invalid, and says why', async () => {
    const { service, ask, drain, engine, notifications } = await createService(databases);
    engine.faults.push('invalid');
    const { id } = await ask();
    await drain();
    expect(await service.get(id)).toMatchObject({
      status: 'failed',
      rollback: 'none',
      holdsName: false,
      error: { message: expect.stringContaining('answered invalid') },
    });
    expect(notifications.map(({ topic }) => topic)).toEqual(['failed']);
    expect(await service.environment.stores.outbox.depth()).toEqual([]);
  });

  it('asks whether an earlier try has arrived, before it believes a later refusal', async () => {
    const { service, ask, drain, engine, pass } = await createService(databases);
    engine.faults.push('cut', 'refused');
    const { id } = await ask();
    await drain();
    pass({ minutes: 1 });
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
  });

  it('does again what a worker left that died, with the same bytes', async () => {
    const { stores, service, ask, drain, engine, pass } = await createService(databases);
    const { id, createdAt } = await ask();
    const until = '2026-11-23T12:01:00.000Z';
    const [left] = await stores.outbox.claim('submit', 1, createdAt, until, 'a worker that dies');
    await engine.submit(left.payload);
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'queued' });
    pass({ minutes: 1 });
    await drain();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
    expect(engine.workflows.size).toBe(1);
  });

  it('takes over at once what the process before it left, where there is only one', async () => {
    const { stores, service, ask, submits } = await createService(databases);
    const { id, createdAt } = await ask();
    await stores.outbox.claim('submit', 1, createdAt, '2026-11-23T12:00:30.000Z', 'a process that is gone');
    const started = new Promise<boolean>(done => {
      service.environment.onCommit(() => done(true));
    });
    submits.start();
    const isTaken = databases.kind === 'SQLite' ? await started : false;
    await submits.stop();
    const status = isTaken ? 'provisioning' : 'queued';
    expect(await service.get(id)).toMatchObject({ status });
  });

  it('keeps its row while Argo takes its time', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const { stores, service, ask, submits, engine, pass } = await createService(databases);
    const { id } = await ask();
    engine.beforeAnswer = async () => {
      const renewed = jest.spyOn(stores.outbox, 'renew');
      pass({ minutes: 0.4 });
      jest.advanceTimersByTime(10_000);
      expect(await renewed.mock.results[0].value).toBe(true);
      pass({ minutes: 0.2 });
      const now = service.environment.now().toISOString();
      expect(await stores.outbox.claim('submit', 1, now, now, 'another worker')).toEqual([]);
    };
    await submits.drain();
    jest.useRealTimers();
    expect(await service.get(id)).toMatchObject({ status: 'provisioning' });
    expect(engine.submits).toBe(1);
  });

  it('writes nothing when its lease was lost meanwhile', async () => {
    const { service, stores, ask, submits, engine, pass } = await createService(databases);
    const { id } = await ask();
    engine.beforeAnswer = async () => {
      pass({ minutes: 2 });
      const now = service.environment.now().toISOString();
      expect(await stores.outbox.claim('submit', 1, now, now, 'another worker')).toHaveLength(1);
      engine.beforeAnswer = async () => {};
    };
    await submits.drain();
    // The other one's lease ends at once, so it is done a third time: still one workflow, and one start.
    expect(engine.submits).toBe(2);
    expect(engine.workflows.size).toBe(1);
    expect((await service.events(id)).map(event => event.action)).toEqual(['submitted', 'started']);
  });

  it('lets many workers share the work, and none do it twice', async () => {
    const { service, engine, submits } = await createService(databases);
    const actor = { ...ada, roles: ['platform:admin'] };
    const asked = Array.from({ length: 24 }, (_, index) =>
      service.submit(actor, 'namespace', parameters({ namespaceName: `n-${index}`, team: `team-${index}` })),
    );
    await Promise.all(asked);
    await Promise.all([submits.drain(), submits.drain(), submits.drain()]);
    expect(engine.submits).toBe(24);
    expect(await service.environment.stores.outbox.depth()).toEqual([]);
  });

  it('gives up what is only news after a day, and nothing else', async () => {
    const { service, stores, ask, pass } = await createService(databases);
    const errors: string[] = [];
    const logger = { info() {}, warn() {}, debug() {}, error: (text: string) => void errors.push(text), child: () => logger };
    const notify = new OutboxWorker({
      kind: 'notify',
      environment: service.environment,
      logger,
      giveUpAfterMs: 24 * 60 * 60 * 1000,
      handler: async () => {
        throw new NotDone('nobody takes notifications');
      },
    });
    await ask({ environment: 'production' });
    await notify.drain();
    expect(await stores.outbox.depth()).toMatchObject([{ kind: 'notify', count: 1 }]);
    pass({ days: 2 });
    await notify.drain();
    expect(await stores.outbox.depth()).toEqual([]);
    expect(errors).toEqual([expect.stringContaining('is given up after 2 tries: nobody takes notifications')]);
  });

  it('waits for an instance that the configuration no longer names', async () => {
    const { service, ask, drain, stores, engine } = await createService(databases);
    const request = await ask();
    await stores.requests.update(request, { ...request, version: 2, argoInstance: 'gone' });
    await drain();
    expect(engine.submits).toBe(0);
    expect(await stores.outbox.pending(request.id)).toMatchObject([
      { kind: 'submit', lastError: 'there is no Argo instance `gone` in `argoWorkflows.instances`; add it' },
    ]);
    expect(await service.get(request.id)).toMatchObject({ status: 'queued' });
  });

  it('leaves alone what the watcher was faster with', async () => {
    const { service, ask, drain, engine } = await createService(databases);
    const { id } = await ask();
    await service.observe(id, 1, seen({ phase: 'Running' }));
    await drain();
    expect(engine.submits).toBe(0);
    expect(await service.environment.stores.outbox.depth()).toEqual([]);
  });
});
