// The actions with the real backend plugin: both mean the same by each call. Its Argo is away, so that what is requested stays queued.
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- this test is about the two together
import platformPlugin from '@berth/plugin-platform-backend';
import request from 'supertest';
import { meansOn, runStep } from './__testUtils__/runStep';
import { createNamespacePlanAction } from './actions/namespacePlan';
import { createNamespaceValidateAction } from './actions/namespaceValidate';
import scaffolderModuleBerth from '.';

/** A template of one step, whose outputs are those of the step. */
function template(name: string, action: string, input: object) {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name },
    spec: {
      type: 'namespace',
      owner: 'group:default/platform-admins',
      steps: [{ id: 'step', name: 'Step', action, input }],
      output: { all: '${{ steps.step.output }}' },
    },
  };
}

const development = { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' };
const production = { namespaceName: 'payments-ledger', team: 'payments', environment: 'production' };

const templates = [
  template('ask', 'berth:namespace:request', { ...development, timeoutSeconds: 0 }),
  template('ask-in-production', 'berth:request', { blueprint: 'namespace', parameters: production }),
  template('ask-and-wait', 'berth:namespace:request', { ...development, namespaceName: 'payments-slow' }),
];

interface Ended {
  error?: { name: string; message: string };
  output?: { all: { requestId: string } };
}

describe('the actions with the platform backend', () => {
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleBerth,
        platformPlugin,
        catalogServiceMock.factory({ entities: templates }),
        mockServices.rootConfig.factory({
          data: { argoWorkflows: { instances: [{ name: 'main', baseUrl: 'http://127.0.0.1:1', namespace: 'berth-workflows' }] } },
        }),
        mockServices.userInfo.mock({
          async getUserInfo({ principal }) {
            const { userEntityRef } = principal as { userEntityRef: string };
            const group = userEntityRef === 'user:default/grace' ? 'platform-admins' : 'payments';
            return { userEntityRef, ownershipEntityRefs: [userEntityRef, `group:default/${group}`] };
          },
        }).factory,
      ],
    });
  });
  afterAll(() => backend.stop());

  const platform = () => ({ baseUrl: `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}/api/platform` });

  async function start(name: string): Promise<string> {
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: `template:default/${name}`, values: {} });
    return body.id;
  }

  async function ended(task: string): Promise<Ended> {
    for (;;) {
      const { body } = await request(backend.server).get(`/api/scaffolder/v2/tasks/${task}/events`);
      const completion = (body as { type: string; body: Ended }[]).find(({ type }) => type === 'completion');
      if (completion) return completion.body;
    }
  }

  const requests = async (name: string) => {
    const { body } = await request(backend.server).get('/api/platform/requests');
    return (body.items as { requestId: string; name: string; status: string }[]).filter(item => item.name === name);
  };

  it('validate', async () => {
    const validate = createNamespaceValidateAction(meansOn(platform()));
    const { outputs } = await runStep(validate, development);
    expect(outputs).toMatchObject({ valid: true, violations: [], approvers: [], monthlyCost: '100.00 USD' });
    expect(outputs.parameters).toMatchObject({ ...development, resourceTier: 'small' });
    const { error } = await runStep(validate, { ...development, team: 'shop' });
    expect(error?.message).toContain('\n  /team: `user:default/mock` is not in the team `shop`');
  });

  it('plan', async () => {
    const plan = createNamespacePlanAction(meansOn(platform()));
    const { outputs } = await runStep(plan, production);
    expect(outputs).toMatchObject({ approvers: ['group:default/platform-admins'], manifests: expect.stringContaining('kind: Namespace') });
    const { error } = await runStep(plan, { ...production, networkPolicy: 'open' });
    expect(error?.message).toContain("\n  /networkPolicy: production namespaces can't be open to the whole cluster");
  });

  it('a dry run of a request stores nothing', async () => {
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({ template: templates[1], values: {}, directoryContents: [] })
      .expect(200);
    expect(body.output.all).toMatchObject({ requestId: 'dry-run', status: 'pending-approval', monthlyCost: '100.00 USD' });
    expect(await requests(production.namespaceName)).toEqual([]);
  });

  it('a request is made once, and is alive when the time is up', async () => {
    const task = await start('ask');
    const { output } = await ended(task);
    expect(output?.all).toMatchObject({
      status: 'queued',
      monthlyCost: '100.00 USD',
      effects: expect.arrayContaining([{ resource: 'kubernetes:main/v1/Namespace/payments-checkout', operation: 'create' }]),
    });
    await request(backend.server).post(`/api/scaffolder/v2/tasks/${task}/retry`).send({});
    expect(await ended(task)).toMatchObject({ output });
    expect(await requests(development.namespaceName)).toHaveLength(1);
    expect((await ended(await start('ask'))).error?.message).toContain('`payments-checkout` is taken');
  });

  it('a request that was rejected tells the task by whom and why', async () => {
    const task = await start('ask-in-production');
    const { output } = await ended(task);
    expect(output?.all).toMatchObject({ status: 'pending-approval', approvers: ['group:default/platform-admins'] });
    const { requestId } = output!.all;
    await request(backend.server)
      .post(`/api/platform/requests/${requestId}/reject`)
      .set('authorization', mockCredentials.user.header('user:default/grace'))
      .send({ comment: 'not this quarter' })
      .expect(200);
    await request(backend.server).post(`/api/scaffolder/v2/tasks/${task}/retry`).send({});
    expect((await ended(task)).error?.message).toContain(`request \`${requestId}\` was rejected by user:default/grace: not this quarter`);
  });

  it('a task that is cancelled takes its request with it', async () => {
    const task = await start('ask-and-wait');
    while ((await requests('payments-slow')).length === 0);
    await request(backend.server).post(`/api/scaffolder/v2/tasks/${task}/cancel`).expect(200);
    const { error } = await ended(task);
    const [{ requestId }] = await requests('payments-slow');
    expect(error?.message).toContain(`the task was cancelled, and its request \`${requestId}\` with it`);
    const { body } = await request(backend.server).get(`/api/platform/requests/${requestId}/events`);
    expect(body.items.at(-1)).toMatchObject({ actor: 'user:default/mock', comment: 'The scaffolder task was cancelled' });
  });
});
