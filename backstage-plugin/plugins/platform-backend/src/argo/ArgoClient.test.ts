/** The client against the real sandbox: submitting once, watching, logs, stopping, dry runs. */
import { type Sandbox, renderWorkflow, startSandbox } from '../testing/sandbox';
import { ArgoClient } from './ArgoClient';
import { type WorkflowEvent, wantedFields } from './workflow';

const MANAGED = 'platform.io/managed=true';

function clientOf({ baseUrl }: Sandbox): ArgoClient {
  return new ArgoClient({ name: 'main', baseUrl, namespace: 'berth-workflows', timeoutMs: 5_000 });
}

function nameOf(workflow: string): string {
  return JSON.parse(workflow).metadata.name;
}

async function until(
  events: AsyncIterable<WorkflowEvent>,
  wanted: (event: WorkflowEvent) => boolean,
): Promise<WorkflowEvent[]> {
  const seen: WorkflowEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (wanted(event)) {
      return seen;
    }
  }
  throw new Error(`the stream ended after ${seen.length} events`);
}

const ended = ({ workflow }: WorkflowEvent) => workflow.status.finishedAt !== undefined;

describe('ArgoClient against the sandbox', () => {
  let sandbox: Sandbox;
  let client: ArgoClient;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = clientOf(sandbox);
  });

  afterAll(async () => {
    await client.close();
    await sandbox.stop();
  });

  it('creates a Workflow once, however often it is submitted', async () => {
    const workflow = await renderWorkflow({ requestId: 'checkout-once' });
    expect(await client.submit(workflow)).toBe('created');
    expect(await client.submit(workflow)).toBe('already-ours');
    const { items } = await client.list('platform.io/request-id=checkout-once');
    expect(items.map(item => item.metadata.name)).toEqual([nameOf(workflow)]);
  });

  it('takes no Workflow of the same name for its own', async () => {
    const workflow = await renderWorkflow({ requestId: 'checkout-foreign' });
    await client.submit(workflow);
    for (const [label, other] of [
      ['platform.io/request-id', 'another-request'],
      ['platform.io/attempt', '2'],
      ['platform.io/spec-hash', '0123456789abcdef0123456789abcdef'],
    ]) {
      const changed = JSON.parse(workflow);
      changed.metadata.labels[label] = other;
      await expect(client.submit(JSON.stringify(changed))).rejects.toMatchObject({
        kind: 'taken',
        retryable: false,
        status: 409,
        code: 6,
        message: expect.stringContaining(`its label \`${label}\``),
      });
    }
  });

  it('watches a request become a namespace, and reads what a step printed', async () => {
    const { resourceVersion } = await client.list(MANAGED);
    const workflow = await renderWorkflow({
      requestId: 'checkout-watched',
      parameters: { namespaceName: 'payments-watched' },
    });
    await client.submit(workflow);
    const seen = await until(
      client.watch('platform.io/request-id=checkout-watched', resourceVersion, signal),
      ended,
    );
    expect(seen[0].type).toBe('ADDED');
    const { status } = seen[seen.length - 1].workflow;
    expect(status.phase).toBe('Succeeded');
    expect(Object.values(status.nodes).map(node => node.displayName)).toEqual(expect.arrayContaining(['quotas', 'main']));

    const printed: string[] = [];
    for await (const line of client.logs(nameOf(workflow), 'quotas')) {
      printed.push(line.content);
    }
    expect(printed).toEqual([
      'resourcequota/compute-quota serverside-applied',
      'limitrange/compute-limit-range serverside-applied',
    ]);
  });

  it('goes on with a watch where another stopped', async () => {
    const workflow = await renderWorkflow({
      requestId: 'checkout-resumed',
      parameters: { namespaceName: 'payments-resumed' },
    });
    const selector = 'platform.io/request-id=checkout-resumed';
    await client.submit(workflow);
    const seen = await until(client.watch(selector, undefined, signal), ended);
    const last = seen[seen.length - 1].workflow.metadata.resourceVersion;

    // Nothing is newer than the end, so only an older version has something to tell.
    const resumed = await until(client.watch(selector, String(Number(last) - 1), signal), ended);
    expect(resumed.map(event => event.workflow.metadata.resourceVersion)).toEqual([last]);
  });

  it('is told which steps there are, and no manifests', async () => {
    const asked = `${sandbox.baseUrl}/api/v1/workflows/berth-workflows?fields=${wantedFields('items.')}`;
    const answer = await (await fetch(asked)).text();
    expect(answer).toContain('"name":"quotas"');
    expect(answer).not.toContain('ResourceQuota');

    const { items } = await client.list(MANAGED);
    const [{ containerSet }] = items[0].spec.templates;
    expect(containerSet?.containers.slice(0, 2)).toEqual([
      { name: 'guard', dependencies: [] },
      { name: 'namespace', dependencies: ['guard'] },
    ]);
  });

  it('tells a Workflow that is over, and one that never was, from one that it stops', async () => {
    const workflow = await renderWorkflow({
      requestId: 'checkout-over',
      parameters: { namespaceName: 'payments-over' },
    });
    await client.submit(workflow);
    await until(client.watch('platform.io/request-id=checkout-over', undefined, signal), ended);
    expect(await client.stop(nameOf(workflow))).toBe('ended');
    expect(await client.stop('berth-namespace-0000000000000000')).toBe('absent');
    expect(await client.get('berth-namespace-0000000000000000')).toBeUndefined();
  });

  it('tries a Workflow without creating it', async () => {
    const workflow = await renderWorkflow({ requestId: 'checkout-dry' });
    await client.dryRun(workflow);
    await client.lint(workflow);
    expect(await client.get(nameOf(workflow))).toBeUndefined();

    const wrong = JSON.parse(workflow);
    wrong.spec.entrypoint = 'nowhere';
    await expect(client.dryRun(JSON.stringify(wrong))).rejects.toMatchObject({ kind: 'invalid', code: 3, status: 400 });
    await expect(client.lint(JSON.stringify(wrong))).rejects.toMatchObject({ kind: 'failing', code: 2, status: 500 });
    await expect(client.submit(JSON.stringify(wrong))).rejects.toMatchObject({ kind: 'invalid', retryable: false });
  });

  it('says which Argo answers', async () => {
    expect(await client.version()).toMatch(/^v4\.1\.2/);
    expect(await client.info()).toEqual({ managedNamespace: undefined });
  });

  it('submits into the namespace that it serves only', async () => {
    const workflow = JSON.parse(await renderWorkflow({ requestId: 'checkout-elsewhere' }));
    workflow.metadata.namespace = 'argo';
    await expect(client.submit(JSON.stringify(workflow))).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('belongs into namespace `argo`'),
    });
  });
});

describe('ArgoClient against a slow sandbox', () => {
  let sandbox: Sandbox;
  let client: ArgoClient;

  beforeAll(async () => {
    sandbox = await startSandbox(['--step-delay', '300ms']);
    client = clientOf(sandbox);
  });

  afterAll(async () => {
    await client.close();
    await sandbox.stop();
  });

  it('stops a Workflow, which is rolled back', async () => {
    const workflow = await renderWorkflow({ requestId: 'checkout-stopped' });
    await client.submit(workflow);
    const { signal } = new AbortController();
    const events = () => client.watch('platform.io/request-id=checkout-stopped', undefined, signal);
    await until(events(), event => event.workflow.status.phase === 'Running');
    expect(await client.stop(nameOf(workflow))).toBe('stopping');
    const seen = await until(events(), ended);
    expect(seen[seen.length - 1].workflow.status).toMatchObject({
      phase: 'Failed',
      message: "Stopped with strategy 'Stop'",
    });
  });

  it('follows a log until the Workflow ends', async () => {
    const workflow = await renderWorkflow({ requestId: 'checkout-followed' });
    await client.submit(workflow);
    const printed: string[] = [];
    for await (const line of client.logs(nameOf(workflow), 'namespace', { follow: true })) {
      printed.push(line.content);
    }
    expect(printed).toEqual(['namespace/payments-checkout serverside-applied']);
  });

  it('ends a watch quietly when nobody wants it any more', async () => {
    const controller = new AbortController();
    const seen: WorkflowEvent[] = [];
    const selector = 'platform.io/request-id=checkout-followed';
    for await (const event of client.watch(selector, undefined, controller.signal)) {
      seen.push(event);
      controller.abort();
    }
    expect(seen).toHaveLength(1);
  });
});
