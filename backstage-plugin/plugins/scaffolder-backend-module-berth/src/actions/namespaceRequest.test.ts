// The action asks, waits and ends as the request does. Every example runs. That it asks once is tested in submit.test.ts.
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { inputsOf, jumpingClock, meansOn, runStep, type Surroundings } from '../__testUtils__/runStep';
import { createNamespaceRequestAction } from './namespaceRequest';
import { examples } from './namespaceRequest.examples';

describe('berth:namespace:request', () => {
  const checkout = { namespaceName: 'payments-checkout', team: 'payments', environment: 'development' };
  const link = 'https://backstage.example.com/platform/requests/request-1';
  let platform: FakePlatform;

  beforeEach(async () => {
    platform = await FakePlatform.start();
  });
  afterEach(() => platform.stop());

  const request = (input: Parameters<typeof runStep>[1], around?: Surroundings, clock = jumpingClock()) =>
    runStep(createNamespaceRequestAction(meansOn(platform, clock)), input, around);

  it.each(examples.map(({ description, example }) => [description, example]))('example: %s', async (_, example) => {
    const inputs = inputsOf(example);
    for (const input of inputs) {
      const { error, outputs } = await request(input);
      expect(error).toBeUndefined();
      expect(outputs.status).toBe(input.environment === 'production' ? 'pending-approval' : 'completed');
    }
    expect(platform.made).toBe(inputs.length);
  });

  it('asks as the initiator, waits, logs each step as it changes and ends with its outputs', async () => {
    platform.course = [
      { status: 'queued' },
      { status: 'provisioning', steps: [{ id: 'guard', phase: 'Running', retries: 0 }, { id: 'quotas', phase: 'Pending', retries: 0 }] },
      { status: 'provisioning', steps: [{ id: 'guard', phase: 'Running', retries: 0 }, { id: 'quotas', phase: 'Pending', retries: 0 }] },
      { status: 'provisioning', steps: [{ id: 'guard', phase: 'Succeeded', retries: 0 }, { id: 'quotas', phase: 'Running', retries: 1 }] },
      { status: 'completed', steps: [{ id: 'guard', phase: 'Succeeded', retries: 0 }, { id: 'quotas', phase: 'Succeeded', retries: 1 }] },
    ];
    const { outputs, log, error } = await request(checkout);
    expect(error).toBeUndefined();
    expect(outputs).toMatchObject({
      requestId: 'request-1',
      status: 'completed',
      link,
      workflowId: 'berth-namespace-0123456789abcdef',
      planDigest: expect.stringMatching(/^sha256:/),
      approvers: [],
      monthlyCost: '100.00 USD',
    });
    expect(outputs.effects).toEqual(
      expect.arrayContaining([
        { resource: 'berth:request/request-1', operation: 'create' },
        { resource: 'kubernetes:main/v1/Namespace/payments-checkout', operation: 'create' },
      ]),
    );
    expect(log.slice(log.indexOf(`Request request-1: ${link}`) + 1)).toEqual([
      'Request is queued',
      'Request is provisioning',
      'Step guard: Running',
      'Step guard: Succeeded',
      'Step quotas: Running (try 2)',
      'Request is completed',
      'Step quotas: Succeeded (try 2)',
    ]);
    const [submission] = platform.received('POST /namespaces/request');
    expect(submission?.body).toEqual(checkout);
    expect(submission?.token).toContain('user:default/mock');
    expect(log.join('\n')).not.toContain(submission?.token);
  });

  it('ends at once when somebody must approve, and says who', async () => {
    const { outputs, log, error } = await request({ ...checkout, environment: 'production' });
    expect(error).toBeUndefined();
    expect(outputs).toMatchObject({
      requestId: 'request-1',
      status: 'pending-approval',
      link,
      approvers: ['group:default/platform-admins'],
    });
    expect(log.at(-1)).toBe(`Waits for an approval by group:default/platform-admins; the task needs not wait for it: ${link}`);
    expect(platform.received('GET /requests/request-1/status')).toHaveLength(1);
  });

  it('shows plan and cost in a dry run, and makes nothing', async () => {
    const { outputs, log, error } = await request({ ...checkout, environment: 'production' }, { isDryRun: true });
    expect(error).toBeUndefined();
    expect(platform.calls.map(({ call }) => call)).toEqual(['POST /namespaces/plan']);
    expect(outputs).toMatchObject({
      requestId: 'dry-run',
      status: 'pending-approval',
      approvers: ['group:default/platform-admins'],
      monthlyCost: '100.00 USD',
    });
    expect(log).toEqual(
      expect.arrayContaining([
        'Dry run: nothing is stored, this is what would be requested',
        '  namespace: Namespace: Namespace payments-checkout',
        'Cost a month: 100.00 USD of a budget of 4000.00 USD',
      ]),
    );
  });

  it('lists violations a line each, in a dry run and in a run', async () => {
    const message = [
      'the request is not valid:',
      '  /resourceTier: production namespaces need at least the small tier (choose `small`, `medium` or `large`)',
      "  /networkPolicy: production namespaces can't be open to the whole cluster (choose `isolated` or `team-shared`)",
    ].join('\n');
    const input = { ...checkout, environment: 'production', resourceTier: 'micro', networkPolicy: 'open' };
    expect((await request(input, { isDryRun: true })).error?.message).toBe(message);
    expect((await request(input)).error?.message).toBe(message);
    expect(platform.made).toBe(0);
  });

  it('lets the task go on when the time is up: the request does, too', async () => {
    platform.course = [{ status: 'provisioning' }];
    const clock = jumpingClock();
    const { outputs, log, error } = await request({ ...checkout, timeoutSeconds: 60 }, {}, clock);
    expect(error).toBeUndefined();
    expect(clock.now()).toBe(60_000);
    expect(outputs.status).toBe('provisioning');
    expect(log.at(-1)).toBe(`warn: The request is still provisioning and goes on without this task: ${link}`);
  });

  it('refuses to wait longer than half an hour', () => {
    const { schema } = createNamespaceRequestAction(meansOn(platform));
    expect(schema?.input?.properties?.timeoutSeconds).toMatchObject({ type: 'integer', minimum: 0, maximum: 1800 });
  });

  it.each([
    [
      { status: 'failed' as const, failedStep: 'quotas', error: 'exceeded quota', rollback: 'done' as const },
      'request `request-1` failed in step `quotas`: exceeded quota; what was made is taken back',
    ],
    [
      {
        status: 'failed' as const,
        failedStep: 'quotas',
        error: 'main: exit code 1',
        steps: [{ id: 'quotas', phase: 'Failed', message: 'exceeded quota', retries: 2 }],
      },
      'request `request-1` failed in step `quotas`: main: exit code 1: exceeded quota',
    ],
    [
      { status: 'failed' as const, failedStep: 'quotas', error: 'step `quotas` failed: exceeded quota' },
      'request `request-1` failed: step `quotas` failed: exceeded quota',
    ],
    [
      { status: 'failed' as const, error: 'the Workflow is gone', rollback: 'failed' as const },
      'request `request-1` failed: the Workflow is gone; what was made could NOT all be taken back',
    ],
    [{ status: 'rejected' as const }, 'request `request-1` was rejected by user:default/grace: not this quarter'],
    [
      { status: 'cancelled' as const, rollback: 'done' as const },
      'request `request-1` was cancelled by user:default/ada; what was made is taken back',
    ],
  ])('fails when the request came to nothing: %j', async (end, message) => {
    platform.course = [{ status: 'provisioning' }, end];
    const at = { at: '2026-01-01T00:00:00.000Z', attempt: 1 };
    platform.events = [
      { id: 1, action: 'submitted', actor: 'user:default/ada', to: 'queued', ...at },
      { id: 2, action: 'rejected', actor: 'user:default/grace', to: 'rejected', comment: 'not this quarter', ...at },
      { id: 3, action: 'stopped', actor: 'user:default/ada', to: 'cancelled', ...at },
    ];
    const { error, outputs } = await request(checkout);
    expect(error?.message).toBe(`${message}; see ${link}`);
    expect(outputs).toEqual({});
  });

  it('tells a failure with what became of the rollback', async () => {
    platform.course = [{ status: 'failed', error: 'no', rollback: 'running' }, { status: 'failed', error: 'no', rollback: 'done' }];
    const { error, log } = await request(checkout);
    expect(log.slice(-2)).toEqual(['Rollback: running', 'Rollback: done']);
    expect(error?.message).toContain('what was made is taken back');
  });

  it('says that the request goes on when the sign-in of the task has ended', async () => {
    platform.instead.set('GET /requests/{requestId}/status', [
      { status: 401, body: { error: { name: 'AuthenticationError', message: 'the token has expired' } } },
    ]);
    const { error } = await request(checkout);
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      message: `request \`request-1\` goes on by itself, but this task can't watch it; see ${link}; caused by AuthenticationError: the token has expired`,
    });
  });

  it('cancels the request with the task', async () => {
    platform.course = [{ status: 'provisioning' }];
    const task = new AbortController();
    const { error, outputs } = await request(checkout, { signal: task.signal }, jumpingClock(() => task.abort()));
    expect(platform.received('POST /requests/request-1/cancel')).toMatchObject([{ body: { comment: 'The scaffolder task was cancelled' } }]);
    expect(error?.message).toBe(`the task was cancelled, and its request \`request-1\` with it; see ${link}`);
    expect(outputs).toEqual({});
  });

  it('says so when the request of a cancelled task could not be cancelled', async () => {
    platform.course = [{ status: 'provisioning' }];
    platform.instead.set('POST /requests/{requestId}/cancel', [
      { status: 409, body: { error: { name: 'ConflictError', message: 'it is completed' } } },
    ]);
    const task = new AbortController();
    const { error } = await request(checkout, { signal: task.signal }, jumpingClock(() => task.abort()));
    expect(error?.message).toBe(`the task was cancelled, but its request \`request-1\` was not: ConflictError: it is completed; see ${link}`);
  });

  it('never leaves a request behind that was made while the task was cancelled', async () => {
    const { error } = await request(checkout, { signal: AbortSignal.abort() });
    expect(platform.received('POST /requests/request-1/cancel')).toHaveLength(1);
    expect(error?.message).toContain('and its request `request-1` with it');
  });
});
