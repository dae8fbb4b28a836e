/** The watcher against the real sandbox, through a connection that can be cut: leases, gaps, logs, loss. */
import { mockServices } from '@backstage/backend-test-utils';
import { ArgoClient } from '../argo';
import { Stores } from '../database/Stores';
import { ArgoHealth, type ArgoState } from '../health/ArgoHealth';
import type { WorkflowObservation } from '../requests/model';
import { HttpProxy } from '../testing/HttpProxy';
import { sqlite } from '../testing/databases';
import { type Sandbox, renderWorkflow, startSandbox } from '../testing/sandbox';
import { type AwaitedWorkflow, type Leases, WATCHER_TIMES, type WatchedRequests, Watcher, type WatcherTimes } from './Watcher';

const FAST: WatcherTimes = {
  ...WATCHER_TIMES,
  leaseMs: 600,
  relistMs: 300,
  backoff: { firstMs: 20, mostMs: 100 },
  goodStreamMs: 1_000,
  lostAfterMs: 200,
  gatherMs: 0,
};

/** Requests that remember what they were told, and let tests wait for it. */
class Requests implements WatchedRequests {
  readonly told = new Map<string, WorkflowObservation[]>();
  readonly gone = new Map<string, string>();
  readonly #awaited = new Map<string, AwaitedWorkflow>();
  #waiting: (() => void)[] = [];

  await(id: string, workflow: string): void {
    const workflowName: string = JSON.parse(workflow).metadata.name;
    this.#awaited.set(id, { id, attempt: 1, workflowName, submittedAt: new Date().toISOString() });
  }

  async find(id: string) {
    const workflowName = this.#awaited.get(id)?.workflowName;
    return workflowName === undefined ? undefined : { workflowName, argoInstance: 'main' };
  }

  async awaited() {
    return [...this.#awaited.values()].filter(({ id }) => !this.isOver(id) && !this.gone.has(id));
  }

  async observe(id: string, _attempt: number, observation: WorkflowObservation) {
    this.told.set(id, [...(this.told.get(id) ?? []), observation]);
    this.#changed();
  }

  async lost(id: string, _attempt: number, message: string) {
    this.gone.set(id, message);
    this.#changed();
  }

  last(id: string): WorkflowObservation | undefined {
    return this.told.get(id)?.at(-1);
  }

  isOver(id: string): boolean {
    return ['Succeeded', 'Failed', 'Error'].includes(this.last(id)?.phase ?? '');
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>(done => this.#waiting.push(done));
    }
  }

  #changed(): void {
    this.#waiting.forEach(done => done());
    this.#waiting = [];
  }
}

describe('Watcher', () => {
  const databases = sqlite();
  let sandbox: Sandbox;
  let proxy: HttpProxy;
  let stores: Stores;
  let requests: Requests;
  let health: ArgoHealth;
  let clients: ArgoClient[];
  let running: { stop(): Promise<void> }[];

  beforeEach(async () => {
    stores = await Stores.open(await databases.create());
    requests = new Requests();
    health = new ArgoHealth(['main'], mockServices.logger.mock());
    clients = [];
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map(watcher => watcher.stop()));
    await Promise.all(clients.map(each => each.close()));
    await proxy.cut();
    await sandbox.stop();
  });

  async function start(...args: string[]): Promise<void> {
    sandbox = await startSandbox(args);
    proxy = await HttpProxy.start(sandbox.baseUrl);
  }

  function client(baseUrl = proxy.baseUrl): ArgoClient {
    const made = new ArgoClient({ name: 'main', baseUrl, namespace: 'berth-workflows', timeoutMs: 2_000 });
    clients.push(made);
    return made;
  }

  function watch(options: { heard?: () => void; deaf?: boolean; leases?: Leases } = {}): { stop(): Promise<void> } {
    const controller = new AbortController();
    const engine = client();
    if (options.deaf) {
      // A stream that never says anything: only the re-list finds what happens.
      engine.watch = async function* silent(_selector, _version, signal) {
        await new Promise(done => signal.addEventListener('abort', done));
      };
    }
    const watcher = new Watcher({
      engine,
      requests,
      leases: options.leases ?? stores.leases,
      logs: stores.logs,
      health,
      logger: mockServices.logger.mock(),
      labelPrefix: () => 'platform.io',
      onEnded: options.heard,
      times: FAST,
    });
    const ended = watcher.run(controller.signal);
    const started = {
      async stop() {
        controller.abort();
        await ended;
      },
    };
    running.push(started);
    return started;
  }

  async function submit(id: string, namespaceName = 'payments-checkout'): Promise<string> {
    const workflow = await renderWorkflow({ requestId: id, parameters: { namespaceName } });
    requests.await(id, workflow);
    // Not through the proxy: Argo takes requests although nobody watches.
    await client(sandbox.baseUrl).submit(workflow);
    return workflow;
  }

  it('tells a request how its Workflow goes, to the end', async () => {
    await start('--step-delay', '60ms');
    watch();
    await submit('checkout');
    await requests.until(() => requests.isOver('checkout'));
    // Of versions that wait together only the newest is told: on a slow machine there are few.
    expect(requests.told.get('checkout')!.length).toBeGreaterThan(1);
    expect(requests.last('checkout')).toMatchObject({ phase: 'Succeeded', rollback: 'none' });
    expect(requests.last('checkout')!.steps.map(step => step.phase)).toEqual(Array(10).fill('Succeeded'));
  });

  it('keeps the logs before it tells the end, and says with them why a step failed', async () => {
    await start('--fail', 'quotas:9');
    watch();
    await submit('checkout');
    await requests.until(() => requests.isOver('checkout'));
    const { message, steps, rollback } = requests.last('checkout')!;
    const why = 'Error (exit code 1): error: `quotas` fails on purpose (berth sandbox --fail)';
    expect([message, rollback]).toEqual([`step \`quotas\` failed: ${why}`, 'done']);
    expect(steps.find(step => step.id === 'quotas')?.message).toBe(why);

    const logs = await stores.logs.list('checkout', 1);
    const log = (step: string) => logs.find(({ stepId }) => stepId === step)?.content;
    expect(log('rbac')).toContain('serviceaccount/payments-deployer serverside-applied\n');
    expect(log('rollback.namespace')).toBe('namespace "payments-checkout" deleted\n');
    expect(log('namespace')).toBe('namespace/payments-checkout serverside-applied\n');
  }, 20_000);

  it('leaves a Workflow alone that only carries the labels of a request', async () => {
    await start();
    watch();
    const workflow = await submit('checkout');
    const copy = JSON.parse(workflow);
    copy.metadata.name = 'somebody-elses';
    copy.spec.onExit = undefined;
    await client(sandbox.baseUrl).submit(JSON.stringify(copy));
    await submit('later', 'payments-later');
    await requests.until(() => requests.isOver('checkout') && requests.isOver('later'));
    const uids = new Set(requests.told.get('checkout')!.map(observation => observation.uid));
    expect(uids.size).toBe(1);
  });

  it('finds by its slow re-list what the stream does not tell', async () => {
    await start();
    watch({ deaf: true });
    await submit('checkout');
    await requests.until(() => requests.isOver('checkout'));
    expect(requests.last('checkout')!.phase).toBe('Succeeded');
  });

  it('finds what happened while Argo was away, and goes on when it is back', async () => {
    await start('--step-delay', '60ms');
    watch();
    await submit('before');
    await requests.until(() => requests.told.has('before'));
    const changed = (up: boolean) =>
      new Promise<ArgoState>(done => health.onChange(state => state.up === up && done(state)));
    const away = changed(false);
    const back = changed(true);

    await proxy.cut();
    await submit('meanwhile', 'payments-meanwhile');
    expect(await away).toMatchObject({ instance: 'main', reason: expect.stringContaining('nobody listens there') });

    await proxy.restore();
    await back;
    await requests.until(() => requests.isOver('before') && requests.isOver('meanwhile'));
    await submit('after', 'payments-after');
    await requests.until(() => requests.isOver('after'));
    expect(health.states()[0].up).toBe(true);
  });

  it('says so when Argo no longer has a Workflow that is awaited', async () => {
    await start();
    const workflow = await renderWorkflow({ requestId: 'checkout' });
    requests.await('checkout', workflow);
    watch();
    await requests.until(() => requests.gone.has('checkout'));
    expect(requests.gone.get('checkout')).toContain('and nobody saw how it ended');
  });

  it('is one of two, and the other goes on when it ends', async () => {
    await start();
    const heard: string[] = [];
    const first = watch({ heard: () => heard.push('first') });
    await submit('one');
    await requests.until(() => requests.isOver('one'));
    const second = watch({ heard: () => heard.push('second') });
    await submit('two', 'payments-two');
    await requests.until(() => requests.isOver('two'));
    expect(heard).toEqual(['first', 'first']);

    await first.stop();
    await submit('three', 'payments-three');
    await requests.until(() => requests.isOver('three'));
    expect(heard).toEqual(['first', 'first', 'second']);
    await second.stop();
  });

  it('stops when its lease is taken by another, and goes on when it is free again', async () => {
    await start();
    let taken = false;
    let released = () => {};
    const stopped = new Promise<void>(done => {
      released = done;
    });
    watch({ leases: { acquire: async () => !taken, release: async () => released() } });
    await submit('one');
    await requests.until(() => requests.isOver('one'));

    taken = true;
    await stopped;
    const workflow = await submit('two', 'payments-two');
    const lines = client(sandbox.baseUrl).logs(JSON.parse(workflow).metadata.name, 'main', { follow: true });
    for await (const line of lines) {
      expect(line.content).toContain('unlabeled');
    }
    expect(requests.told.has('two')).toBe(false);

    taken = false;
    await requests.until(() => requests.isOver('two'));
    expect(requests.last('two')!.phase).toBe('Succeeded');
  });
});
