// The module in the real scaffolder: templates run as people run them, against a fake platform.
import { readFileSync } from 'node:fs';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import request from 'supertest';
import { parse } from 'yaml';
import { FakePlatform } from './__testUtils__/FakePlatform';
import scaffolderModuleBerth from '.';

const template = parse(readFileSync(require.resolve('../../../examples/templates/namespace.yaml'), 'utf8'));
/** Waits for the end of the request, and says how it ended. */
const waiting = {
  ...template,
  metadata: { name: 'waiting' },
  spec: {
    type: 'namespace',
    owner: 'group:default/platform-admins',
    steps: [
      {
        id: 'request',
        name: 'Ask for the namespace',
        action: 'berth:namespace:request',
        input: {
          namespaceName: '${{ parameters.namespaceName }}',
          // A picker gives `group:default/payments`, the platform calls the team `payments`.
          team: "${{ parameters.team | parseEntityRef({ defaultKind: 'group', defaultNamespace: 'default' }) | pick('name') }}",
          environment: '${{ parameters.environment }}',
          resourceTier: '${{ parameters.resourceTier }}',
          networkPolicy: '${{ parameters.networkPolicy }}',
          features: '${{ parameters.features }}',
        },
      },
    ],
    output: {
      links: [{ title: 'Follow the request', url: '${{ steps.request.output.link }}' }],
      text: [
        {
          title: 'The namespace stands',
          if: "${{ steps.request.output.status === 'completed' }}",
          content: '`${{ parameters.namespaceName }}` for ${{ steps.request.output.monthlyCost }} a month',
        },
        {
          title: 'Waits for an approval',
          if: "${{ steps.request.output.status === 'pending-approval' }}",
          content: "Somebody of ${{ steps.request.output.approvers | join(', ') }} must agree",
        },
      ],
    },
  },
};
/** The same namespace in two environments, from one step. */
const environments = {
  ...template,
  metadata: { name: 'environments' },
  spec: {
    type: 'namespace',
    owner: 'group:default/platform-admins',
    steps: [
      {
        id: 'request',
        name: 'Ask for the namespaces',
        action: 'berth:namespace:request',
        each: ['development', 'staging'],
        input: { namespaceName: 'payments-${{ each.value }}', team: 'payments', environment: '${{ each.value }}' },
      },
    ],
    output: { text: [{ title: 'Requests', content: '${{ steps.request.output.requestId | join(" and ") }}' }] },
  },
};

interface TaskEvent {
  type: string;
  body: { message: string; output?: unknown; error?: { message: string } };
}

interface ListedAction {
  id: string;
  schema: { input: { properties: object }; output: { properties: object } };
  examples: object[];
}

describe('the scaffolder with berth', () => {
  const values = { namespaceName: 'payments-checkout', team: 'group:default/payments', environment: 'development' };
  let platform: FakePlatform;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeEach(async () => {
    platform = await FakePlatform.start();
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleBerth,
        catalogServiceMock.factory({ entities: [template, waiting, environments] }),
        mockServices.rootConfig.factory({ data: { app: { baseUrl: 'https://backstage.example.com' }, scaffolder: { taskRecovery: { enabled: true } } } }),
        mockServices.discovery.mock({
          getBaseUrl: async plugin => (plugin === 'platform' ? platform.baseUrl : `http://127.0.0.1:1/api/${plugin}`),
        }).factory,
      ],
    });
  });
  afterEach(async () => {
    await backend.stop();
    await platform.stop();
  });

  async function start(name: string, parameters: object): Promise<string> {
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: `template:default/${name}`, values: parameters });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.id;
  }

  /** The task's events, once it has ended. */
  async function ended(task: string): Promise<TaskEvent[]> {
    for (;;) {
      const { body } = await request(backend.server).get(`/api/scaffolder/v2/tasks/${task}/events`);
      const events = body as TaskEvent[];
      if (events.some(({ type }) => type === 'completion')) return events;
    }
  }

  it('knows the actions; the docs name what they take and give, and none takes a token', async () => {
    const { body } = await request(backend.server).get('/api/scaffolder/v2/actions');
    const ours = (body as ListedAction[]).filter(({ id }) => id.startsWith('berth:'));
    expect(ours.map(({ id }) => id)).toEqual([
      ...['berth:namespace:change', 'berth:namespace:decommission', 'berth:namespace:plan', 'berth:namespace:request'],
      ...['berth:namespace:validate', 'berth:request'],
    ]);
    const docs = readFileSync(require.resolve('../../../../docs/scaffolder.md'), 'utf8');
    for (const { id, schema, examples } of ours) {
      for (const name of [id, ...Object.keys(schema.input.properties), ...Object.keys(schema.output.properties)]) {
        expect(docs).toContain(`\`${name}\``);
      }
      expect(Object.keys(schema.input.properties).join()).not.toMatch(/token|secret|password/i);
      expect(examples.length).toBeGreaterThan(0);
    }
  });

  it('runs the template of examples/, which ends when the request is stored', async () => {
    platform.course = [{ status: 'provisioning' }];
    const parameters = { ...values, team: 'payments', features: ['backup-enabled'] };
    const events = await ended(await start('namespace', { request: { blueprint: 'namespace', parameters } }));
    expect(events.at(-1)?.body.output).toEqual({
      requestId: 'request-1',
      links: [{ title: 'Follow the request', icon: 'dashboard', url: 'https://backstage.example.com/platform/requests/request-1' }],
    });
    const [submission] = platform.received('POST /requests');
    expect(submission?.body).toEqual({ blueprint: 'namespace', parameters });
    expect(submission?.token).toContain('user:default/mock');
    expect(JSON.stringify(events)).not.toContain(submission?.token);
  });

  it('waits for the end where a template wants it, and says how it ended', async () => {
    const events = await ended(await start('waiting', { ...values, features: ['backup-enabled'] }));
    expect(events.at(-1)?.body.output).toEqual({
      links: [{ title: 'Follow the request', url: 'https://backstage.example.com/platform/requests/request-1' }],
      text: [{ title: 'The namespace stands', content: '`payments-checkout` for 120.00 USD a month' }],
    });
    const [submission] = platform.received('POST /namespaces/request');
    expect(submission?.body).toEqual({
      namespaceName: 'payments-checkout',
      team: 'payments',
      environment: 'development',
      features: ['backup-enabled'],
    });
  });

  it('ends a task that waits for an approval, and says who must approve', async () => {
    const events = await ended(await start('waiting', { ...values, environment: 'production' }));
    expect(events.at(-1)?.body.output).toMatchObject({
      text: [{ title: 'Waits for an approval', content: 'Somebody of group:default/platform-admins must agree' }],
    });
  });

  it('shows plan and cost in a dry run, and makes nothing', async () => {
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({ template: waiting, values: { ...values, environment: 'production' }, secrets: {}, directoryContents: [] });
    expect({ status, body }).toMatchObject({ status: 200 });
    const log = (body.log as { body: { message: string } }[]).map(({ body: { message } }) => message).join('\n');
    expect(log).toContain('Plan: namespace `payments-checkout` for team `payments` in production (cluster main)');
    expect(log).toContain('Cost a month: 100.00 USD of a budget of 4000.00 USD');
    expect(body.output.text).toMatchObject([{ title: 'Waits for an approval' }]);
    expect(platform.made).toBe(0);
  });

  it('answers a dry run of a request that is not valid with every violation', async () => {
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({ template: waiting, values: { ...values, environment: 'production', resourceTier: 'micro', networkPolicy: 'open' }, directoryContents: [] });
    expect(status).toBe(400);
    expect(body.error.message).toContain('\n  /resourceTier: production namespaces need at least the small tier (choose');
    expect(body.error.message).toContain('\n  /networkPolicy: ');
  });

  it('makes a request for each iteration', async () => {
    const events = await ended(await start('environments', {}));
    expect(events.at(-1)?.body.output).toEqual({ text: [{ title: 'Requests', content: 'request-1 and request-2' }] });
    expect(platform.made).toBe(2);
  });

  it('finds its request again when a task is tried again', async () => {
    platform.course = [{ status: 'failed', failedStep: 'quotas', error: 'exceeded quota', rollback: 'done' }, { status: 'completed' }];
    const task = await start('waiting', values);
    const first = await ended(task);
    expect(first.at(-1)?.body.error?.message).toContain('request `request-1` failed in step `quotas`: exceeded quota');
    await request(backend.server).post(`/api/scaffolder/v2/tasks/${task}/retry`).send({}).expect(201);
    const second = await ended(task);
    expect(second.at(-1)?.body.output).toMatchObject({ text: [{ title: 'The namespace stands' }] });
    expect(platform.received('POST /namespaces/request')).toHaveLength(1);
  });

  it('cancels the request with the task', async () => {
    platform.course = [{ status: 'provisioning' }];
    const task = await start('waiting', values);
    await platform.receives('GET /requests/request-1/status');
    await request(backend.server).post(`/api/scaffolder/v2/tasks/${task}/cancel`).expect(200);
    const events = await ended(task);
    expect(platform.received('POST /requests/request-1/cancel')).toHaveLength(1);
    expect(events.at(-1)?.body.error?.message).toContain('the task was cancelled, and its request `request-1` with it');
  });
});
