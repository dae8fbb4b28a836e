/** Two clusters, an engine each: names and states are each cluster's own, and one of them runs installed templates only. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Berth } from '@berth/core';
import { startPlatform, type TestPlatform } from '../__testUtils__/platform';
import { type Sandbox, startSandbox } from '../testing/sandbox';

const WORKFLOWS = '/api/v1/workflows/berth-workflows';

const CHECKOUT = { namespaceName: 'payments-checkout', team: 'payments', environment: 'development', resourceTier: 'small' };

interface StandingObject {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
}

describe('two clusters', () => {
  let documents: string;
  let main: Sandbox;
  let edge: Sandbox;
  let platform: TestPlatform;

  /** The documents that come with Berth, with staging on a cluster of its own. */
  beforeAll(async () => {
    documents = mkdtempSync(join(tmpdir(), 'berth-clusters-'));
    mkdirSync(join(documents, 'blueprints'));
    const { platform: given, blueprints } = new Berth().documents();
    // Every JSON text is a YAML text.
    const text = JSON.stringify(given)
      .replace('"clusters":{', '"clusters":{"edge":{"title":"Edge cluster"},')
      .replace('"title":"Staging","cluster":"main"', '"title":"Staging","cluster":"edge"');
    writeFileSync(join(documents, 'platform.yaml'), text);
    blueprints.forEach((blueprint, index) =>
      writeFileSync(join(documents, 'blueprints', `${index}.yaml`), JSON.stringify(blueprint)),
    );
    [main, edge] = await Promise.all([startSandbox(), startSandbox()]);
    platform = await startPlatform({
      berth: { documents },
      argo: [
        { name: 'main', baseUrl: main.baseUrl },
        { name: 'edge', baseUrl: edge.baseUrl, target: 'workflow-ref' },
      ],
    });
    await installTemplate(edge);
  }, 60_000);

  afterAll(async () => {
    await platform.stop();
    await main.stop();
    rmSync(documents, { recursive: true });
  });

  /** As `deploy/` does it: a template does not depend on the request that it is rendered for. */
  async function installTemplate({ baseUrl }: Sandbox): Promise<void> {
    const options = { target: 'workflow-template', requestId: 'example', now: '2026-01-01T00:00:00Z' } as const;
    const template = new Berth().render(CHECKOUT, options);
    const { status } = await fetch(`${baseUrl}/api/v1/workflow-templates/berth-workflows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ template }),
    });
    if (status !== 200) {
      throw new Error(`the template was not taken: ${status}`);
    }
  }

  async function ask(environment: string): Promise<string> {
    const { status, body } = await platform.user('ada').post('/namespaces/request', { ...CHECKOUT, environment });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.requestId;
  }

  /** What `look` sees, once it is `right`; the test's own timeout ends what never is. */
  async function eventually<T>(look: () => Promise<T>, right: (seen: T) => boolean): Promise<T> {
    for (;;) {
      const seen = await look();
      if (right(seen)) {
        return seen;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  async function ended(id: string): Promise<{ status: string; error?: string }> {
    const look = async () => (await platform.user('ada').get(`/namespaces/request/${id}/status`)).body;
    return eventually(look, ({ status }) => ['completed', 'failed'].includes(status));
  }

  async function requestsIn({ baseUrl }: Sandbox): Promise<(string | undefined)[]> {
    const answer = await fetch(`${baseUrl}/sandbox/objects`);
    const { items } = (await answer.json()) as { items: StandingObject[] };
    const namespaces = items.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.name === 'payments-checkout');
    return namespaces.map(({ metadata }) => metadata.labels?.['platform.io/request-id']);
  }

  async function specsIn({ baseUrl }: Sandbox): Promise<Record<string, unknown>[]> {
    const { items } = (await (await fetch(`${baseUrl}${WORKFLOWS}`)).json()) as { items: { spec: Record<string, unknown> }[] };
    return items.map(({ spec }) => spec);
  }

  it('carries the same name out on both, each by its own engine and in its own form', async () => {
    const ids = [await ask('development'), await ask('staging')];
    for (const id of ids) {
      const { status, error } = await ended(id);
      expect({ status, error }).toEqual({ status: 'completed' });
    }
    expect(await requestsIn(main)).toEqual([ids[0]]);
    expect(await requestsIn(edge)).toEqual([ids[1]]);
    const [whole, thin] = [await specsIn(main), await specsIn(edge)];
    expect([whole.length, thin.length]).toEqual([1, 1]);
    expect(whole[0]).not.toHaveProperty('workflowTemplateRef');
    expect(thin[0]).toHaveProperty('workflowTemplateRef.name', expect.stringMatching(/^berth-namespace-create-/));
    expect(thin[0]).not.toHaveProperty('templates');
  }, 30_000);

  it('holds a name on its own cluster only', async () => {
    const again = await platform.user('ada').post('/namespaces/request', CHECKOUT);
    expect(again.status).toBe(409);
  });

  it('waits for an engine that is away, while the other goes on', async () => {
    await edge.stop();
    const waiting = await platform.user('ada').post('/namespaces/request', { ...CHECKOUT, namespaceName: 'payments-edge', environment: 'staging' });
    const going = await platform.user('ada').post('/namespaces/request', { ...CHECKOUT, namespaceName: 'payments-main' });
    expect([waiting.status, going.status]).toEqual([201, 201]);
    expect(await ended(going.body.requestId)).toMatchObject({ status: 'completed' });
    const { body } = await platform.user('ada').get(`/namespaces/request/${waiting.body.requestId}/status`);
    expect(body.status).toBe('queued');
    const seen = async (part: string): Promise<string> => {
      const health = await platform.user('grace').get('/health/details');
      return health.body.parts[part].status;
    };
    // Seen by whoever calls the engine next, which may be after the other request has ended.
    await eventually(() => seen('argo/edge'), status => status === 'degraded');
    expect(await seen('argo/main')).toBe('ok');
  }, 30_000);
});
