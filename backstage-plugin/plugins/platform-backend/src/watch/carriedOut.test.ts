/** Requests from the table to the sandbox and back, with everything between. */
import { Berth } from '@berth/core';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ArgoEngines } from '../argo';
import { Stores } from '../database/Stores';
import { ArgoHealth } from '../health';
import { OutboxWorker } from '../outbox/OutboxWorker';
import { createStopHandler } from '../outbox/stopHandler';
import { createSubmitHandler } from '../outbox/submitHandler';
import type { StoredRequest } from '../requests/model';
import { RequestService } from '../requests/RequestService';
import { END_STATUSES } from '../requests/stateMachine';
import { HttpProxy } from '../testing/HttpProxy';
import { sqlite } from '../testing/databases';
import { ada } from '../testing/requests';
import { type Sandbox, startSandbox } from '../testing/sandbox';
import { parameters } from '../testing/service';
import { runWatchers } from './index';

describe('a request that is carried out', () => {
  const databases = sqlite();
  let sandbox: Sandbox;
  let proxy: HttpProxy;
  let service: RequestService;
  let database: Knex;
  let stopServing: () => Promise<void>;
  let listeners: Set<() => void>;

  /** Everything that a request meets, from the database to the engine. */
  async function start(...args: string[]): Promise<void> {
    sandbox = await startSandbox(args);
    proxy = await HttpProxy.start(sandbox.baseUrl);
    await serve(await databases.create());
  }

  /** All that the backend does with a database. */
  async function serve(knex: Knex): Promise<void> {
    database = knex;
    const main = { name: 'main', baseUrl: proxy.baseUrl, namespace: 'berth-workflows', timeoutMs: 5_000 };
    const engines = new ArgoEngines({ instances: [main], defaultInstance: 'main' });
    const stores = await Stores.open(database);
    const berth = new Berth();
    service = new RequestService({ stores, documents: { berth: () => berth }, instanceOf: () => 'main' });
    listeners = new Set();
    service.environment.onCommit(() => listeners.forEach(listener => listener()));

    const logger = mockServices.logger.mock();
    const { environment } = service;
    const engineOf = (instance: string) => engines.get(instance);
    const workers = [
      new OutboxWorker({ kind: 'submit', environment, logger, handler: createSubmitHandler(environment, engineOf) }),
      new OutboxWorker({ kind: 'stop', environment, logger, handler: createStopHandler(environment, engineOf) }),
    ];
    workers.forEach(worker => worker.start());
    const controller = new AbortController();
    const deps = {
      requests: service,
      leases: stores.leases,
      logs: stores.logs,
      health: new ArgoHealth(['main'], logger),
      logger,
      labelPrefix: () => 'platform.io',
    };
    const watching = runWatchers(engines.all(), deps, controller.signal);
    stopServing = async () => {
      controller.abort();
      await Promise.all([watching, ...workers.map(worker => worker.stop())]);
      await engines.close();
    };
  }

  afterEach(async () => {
    await stopServing();
    await proxy.cut();
    await sandbox.stop();
  });

  async function ask(changes: Record<string, unknown> = {}): Promise<StoredRequest> {
    return (await service.submit(ada, 'namespace', parameters(changes))).request;
  }

  /** The request, as soon as it is as wanted. */
  function when(id: string, wanted: (request: StoredRequest) => boolean): Promise<StoredRequest> {
    return new Promise((done, fail) => {
      const look = () =>
        service.get(id).then(request => {
          if (wanted(request)) {
            listeners.delete(look);
            done(request);
          }
        }, fail);
      listeners.add(look);
      look();
    });
  }
  const whenEnded = (id: string) => when(id, request => END_STATUSES.has(request.status) && request.rollback !== 'running');

  it('is completed in less than two seconds when nothing slows it down', async () => {
    await start();
    const begun = Date.now();
    const { id } = await ask();
    expect(await whenEnded(id)).toMatchObject({ status: 'completed', rollback: 'none', holdsName: true });
    expect(Date.now() - begun).toBeLessThan(2_000);

    const steps = await service.steps(id);
    expect(steps.map(step => step.id).slice(0, 3)).toEqual(['guard', 'namespace', 'quotas']);
    expect(new Set(steps.map(step => step.phase))).toEqual(new Set(['Succeeded']));
    const logs = new Map((await service.logs(id, 1)).map(log => [log.stepId, log.content]));
    expect(logs.get('quotas')).toContain('resourcequota/compute-quota serverside-applied');
  });

  it('fails with the reason of the step, and its name is free when the rollback is done', async () => {
    await start('--fail', 'quotas:9');
    const { id } = await ask();
    const ended = await whenEnded(id);
    expect(ended).toMatchObject({ status: 'failed', rollback: 'done', holdsName: false, error: { step: 'quotas' } });
    expect(ended.error?.message).toContain('`quotas` fails on purpose');
    expect((await service.logs(id, 1)).map(log => log.stepId)).toContainEqual(expect.stringMatching(/^rollback\./));

    const { attempt } = await service.retry(ada, id);
    expect(attempt).toBe(2);
    await when(id, request => request.status === 'provisioning');
  }, 20_000);

  it('is stopped and rolled back when it is cancelled on the way', async () => {
    await start('--step-delay', '200ms');
    const { id } = await ask();
    await when(id, request => request.status === 'provisioning');
    await service.cancel(ada, id);
    expect(await whenEnded(id)).toMatchObject({ status: 'cancelled', rollback: 'done', holdsName: false });
  }, 20_000);

  it('waits while Argo is away, and goes on by itself', async () => {
    await start();
    await proxy.cut();
    const { id } = await ask();
    const other = await ask({ namespaceName: 'payments-refunds' });
    await when(id, request => request.status === 'queued');
    await proxy.restore();
    expect((await whenEnded(id)).status).toBe('completed');
    expect((await whenEnded(other.id)).status).toBe('completed');
  }, 20_000);

  it('drill: the database comes back from a backup that knows less than Argo, and nothing is made twice', async () => {
    await start();
    await proxy.cut();
    const { id } = await ask();
    await when(id, request => request.status === 'queued');
    const backup = await databases.copyOf(database);
    await proxy.restore();
    expect((await whenEnded(id)).status).toBe('completed');
    await stopServing();

    await serve(backup);
    expect((await service.get(id)).status).toBe('queued');
    expect(await whenEnded(id)).toMatchObject({ status: 'completed', rollback: 'none', attempt: 1 });
    const list = await fetch(`${sandbox.baseUrl}/api/v1/workflows/berth-workflows`);
    expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(1);
  }, 60_000);

  it('drill: Argo is lost with all its Workflows, and what waited is carried out by the new one', async () => {
    await start();
    const { id } = await ask();
    expect((await whenEnded(id)).status).toBe('completed');
    await proxy.cut();
    const waiting = await ask({ namespaceName: 'payments-refunds' });
    const port = Number(new URL(sandbox.baseUrl).port);
    await sandbox.stop();
    sandbox = await startSandbox([], port);
    await proxy.restore();
    expect((await whenEnded(waiting.id)).status).toBe('completed');
    expect(await service.get(id)).toMatchObject({ status: 'completed', holdsName: true });
    expect((await service.steps(id)).length).toBeGreaterThan(3);
  }, 60_000);

  it('ends also when many are under way at once', async () => {
    await start();
    const names = Array.from({ length: 10 }, (_, number) => `payments-many-${number}`);
    const requests = await Promise.all(names.map(namespaceName => ask({ namespaceName })));
    const ended = await Promise.all(requests.map(({ id }) => whenEnded(id)));
    expect(ended.map(({ status }) => status)).toEqual(names.map(() => 'completed'));
  }, 20_000);
});
