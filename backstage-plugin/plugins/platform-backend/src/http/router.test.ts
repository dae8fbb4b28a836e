// The HTTP API from outside, with Argo away: what each call answers, and what it refuses.
import { mockCredentials } from '@backstage/backend-test-utils';
import { Berth } from '@berth/core/yaml';
import { type As, startPlatform, type TestPlatform } from '../__testUtils__/platform';

const checkout = {
  namespaceName: 'payments-checkout',
  team: 'payments',
  environment: 'development',
  resourceTier: 'small',
  description: 'The checkout',
};
const named = (namespaceName: string, changes: object = {}) => ({ ...checkout, namespaceName, ...changes });

describe('the HTTP API', () => {
  let platform: TestPlatform;
  let ada: As;
  let carol: As;
  let grace: As;

  beforeAll(async () => {
    platform = await startPlatform({ berth: { api: { bodyLimit: 4096, rateLimits: { writesPerMinute: 10000 } } } });
    ada = platform.user('ada');
    carol = platform.user('carol');
    grace = platform.user('grace');
  }, 30_000);

  afterAll(() => platform.stop());

  describe('asking', () => {
    it('answers 201 with `requestId` and `workflowId` at the top, also while Argo is away', async () => {
      const { status, body, headers } = await ada.post('/namespaces/request', checkout);
      expect(status).toBe(201);
      expect(body).toMatchObject({ status: 'queued', replayed: false, approval: { required: false } });
      expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(body.workflowId).toMatch(/^berth-namespace-[0-9a-f]{16}$/);
      expect(headers.location).toBe(`/api/platform/requests/${body.requestId}`);

      const progress = await ada.get(`/namespaces/request/${body.requestId}/status`);
      expect(progress.body).toMatchObject({ requestId: body.requestId, status: 'queued', rollback: 'none', attempt: 1, steps: [] });
      expect(progress.body).not.toHaveProperty('error');
    });

    it('answers 400 with all that is wrong', async () => {
      const { status, body } = await ada.post('/namespaces/request', { namespaceName: 'Payments_Checkout', team: 'payments', colour: 'red' });
      expect(status).toBe(400);
      expect(body.error.name).toBe('InputError');
      expect(body.violations.map((violation: { path: string; code: string }) => [violation.path, violation.code])).toEqual([
        ['/namespaceName', 'pattern'],
        ['/environment', 'required'],
        ['/colour', 'unknown-field'],
      ]);
    });

    it('answers 409 when only the name is taken', async () => {
      const { status, body } = await ada.post('/namespaces/request', checkout);
      expect(status).toBe(409);
      expect(body.error.message).toBe('the name `payments-checkout` is taken; choose another name');
    });

    it('lets nobody ask for a team that they are not in', async () => {
      const { status, body } = await carol.post('/namespaces/request', named('stolen'));
      expect(status).toBe(400);
      expect(body.violations).toEqual([expect.objectContaining({ code: 'not-a-member', path: '/team' })]);
    });

    it('gives the same request for the same key, and 422 for another body', async () => {
      const key = { 'Idempotency-Key': 'ci-4711' };
      const first = await ada.post('/namespaces/request', named('payments-key'), key);
      const again = await ada.post('/namespaces/request', named('payments-key'), key);
      expect(again.status).toBe(201);
      expect(again.body).toMatchObject({ requestId: first.body.requestId, replayed: true });
      const other = await ada.post('/namespaces/request', named('payments-other'), key);
      expect(other.status).toBe(422);
      expect(other.body.error.message).toMatch(/`ci-4711` was used for another request/);
      const bad = await ada.post('/namespaces/request', named('payments-other'), { 'Idempotency-Key': 'with space' });
      expect(bad.status).toBe(400);
    });

    it('takes any blueprint by `/requests`', async () => {
      const { status, body } = await ada.post('/requests', { blueprint: 'namespace', parameters: named('payments-any') });
      expect(status).toBe(201);
      expect((await ada.get(`/requests/${body.requestId}`)).body).toMatchObject({ name: 'payments-any', blueprint: 'namespace' });
      const unknown = await ada.post('/requests', { blueprint: 'castle', parameters: {} });
      expect(unknown.status).toBe(400);
      expect(unknown.body.violations[0].message).toMatch('`castle`');
    });

    it('judges and plans without storing anything', async () => {
      const decision = await ada.post('/namespaces/validate?options=true', checkout);
      expect(decision.status).toBe(200);
      expect(decision.body).toMatchObject({ valid: false, violations: [{ code: 'name-taken' }], cost: { monthly: 10000 } });
      expect(decision.body.options).toHaveProperty('resourceTier');
      const plan = await ada.post('/namespaces/plan', named('payments-plan'));
      expect(plan.body).toMatchObject({ name: 'payments-plan', cluster: 'main' });
      expect(plan.body.manifests).toMatch(/^kind: ResourceQuota$/m);
      expect((await ada.post('/namespaces/plan', { team: 'payments' })).status).toBe(400);
      expect((await ada.post('/namespaces/validate', named('payments-plan'))).body.valid).toBe(true);
    });
  });

  describe('what can’t be read', () => {
    it.each<[string, number, (as: As) => ReturnType<As['post']>]>([
      ['a body that is too large', 413, as => as.post('/namespaces/request', { description: 'x'.repeat(5000) })],
      ['a body that is no JSON', 400, as => as.post('/namespaces/request', undefined, { 'content-type': 'application/json' }).send('{"a":')],
      ['a body that says to be something else', 400, as => as.post('/namespaces/request').type('text/plain').send('namespaceName: x')],
      ['a list for a body', 400, as => as.post('/namespaces/request', [])],
      ['an id that can’t be one', 400, as => as.get('/requests/No_Id/status')],
      ['an id that nobody has', 404, as => as.get('/requests/0000/status')],
      ['a cursor that no page gave', 400, as => as.get('/requests?cursor=bm9uc2Vuc2U')],
      ['a limit that is too high', 400, as => as.get('/requests?limit=1000')],
      ['a status that there isn’t', 400, as => as.get('/requests?status=done')],
    ])('%s is answered with %d', async (_, status, call) => {
      const response = await call(grace);
      expect(response.status).toBe(status);
      expect(response.body.error.message).not.toMatch(/\bat .*\.ts:\d/);
    });

    it('a key that stands twice is named with its place, in any body', async () => {
      const twice = async (path: string, text: string) => {
        const { status, body } = await ada.post(path, undefined, { 'content-type': 'application/json' }).send(text);
        return [status, body.error.message];
      };
      expect(await twice('/namespaces/request', '{"team": "payments",\n "team": "checkout"}')).toEqual([
        400,
        'the body has a duplicate key `team` (line 2, column 2): remove one of the two; readers disagree about which one counts',
      ]);
      expect(await twice('/requests', '{"blueprint":"namespace","parameters":{"features":[],"features":["gpu-access"]}}')).toEqual([
        400,
        expect.stringContaining('duplicate key `features`'),
      ]);
      const { requestId } = (await ada.post('/namespaces/request', named('payments-twice'))).body;
      expect(await twice(`/requests/${requestId}/cancel`, '{"comment":"no","comment":"yes"}')).toEqual([
        400,
        expect.stringContaining('duplicate key `comment`'),
      ]);
    });

    it('callers without a token are answered with 401, but for health', async () => {
      expect((await platform.anybody.get('/requests')).status).toBe(401);
      expect((await platform.anybody.post('/namespaces/request', checkout)).status).toBe(401);
      expect((await platform.anybody.get('/health/details')).status).toBe(401);
      expect((await platform.anybody.get('/health')).body).toEqual({ status: 'ok' });
    });
  });

  describe('lists', () => {
    it('go from the newest to the oldest, page by page', async () => {
      const all = (await ada.get('/namespaces/requests')).body.items.map((item: { name: string }) => item.name);
      expect(all).toContain('payments-checkout');
      const first = (await ada.get('/namespaces/requests?limit=2')).body;
      const second = (await ada.get(`/namespaces/requests?limit=2&cursor=${first.nextCursor}`)).body;
      expect([...first.items, ...second.items].map(item => item.name)).toEqual(all.slice(0, 4));
    });

    it('hold what is asked for, of what the caller may see', async () => {
      const names = async (as: As, query: string) =>
        (await as.get(`/requests${query}`)).body.items.map((item: { name: string }) => item.name);
      expect(await names(carol, '')).toEqual([]);
      expect(await names(carol, '?team=payments')).toEqual([]);
      expect(await names(ada, '?status=completed')).toEqual([]);
      expect(await names(grace, '?team=payments&status=queued&blueprint=namespace')).toContain('payments-checkout');
    });

    it('are narrowed to what is one’s own, one’s teams’ and what waits for one’s yes', async () => {
      const bob = platform.user('bob');
      await bob.post('/namespaces/request', named('payments-ledger', { environment: 'production' }));
      const names = async (as: As, query: string) =>
        (await as.get(`/requests${query}`)).body.items.map((item: { name: string }) => item.name);
      expect(await names(bob, '?view=mine')).toEqual(['payments-ledger']);
      expect(await names(bob, '?view=team&name=key')).toEqual(['payments-key']);
      expect(await names(bob, '?view=approvals')).toEqual([]);
      expect(await names(grace, '?view=approvals&environment=production')).toEqual(['payments-ledger']);
      expect(await names(grace, '?view=team')).toEqual([]);
      expect(await names(ada, '?name=%25')).toEqual([]);
      expect((await ada.get('/requests?view=all')).status).toBe(400);
    });

    it('hold everything for the plugins of this backend, and nothing for other services', async () => {
      const names = async (subject: string) => {
        const authorization = mockCredentials.service.header({ onBehalfOf: mockCredentials.service(subject), targetPluginId: 'platform' });
        const { body } = await platform.anybody.get('/requests', undefined, { authorization });
        return body.items.map((item: { name: string }) => item.name);
      };
      expect(await names('plugin:catalog')).toContain('payments-ledger');
      expect(await names('external:ci')).toEqual([]);
    });

    it('show nobody’s e-mail address', async () => {
      const { text } = await grace.get('/requests');
      expect(text).toContain('user:default/ada');
      expect(text).not.toContain('@company.com');
    });
  });

  describe('a request', () => {
    let id: string;
    let planDigest: string;

    beforeAll(async () => {
      const { body } = await ada.post('/namespaces/request', named('payments-live', { environment: 'production' }));
      ({ requestId: id, planDigest } = body);
    });

    it('for production waits', async () => {
      const { body } = await ada.get(`/requests/${id}/status`);
      expect(body).toMatchObject({ status: 'pending-approval', workflowId: null });
    });

    it('is hidden from other teams, whatever they do with it', async () => {
      for (const path of ['', '/status', '/events', '/logs', '/plan']) {
        expect((await carol.get(`/requests/${id}${path}`)).status).toBe(404);
      }
      expect((await carol.post(`/requests/${id}/cancel`, {})).status).toBe(404);
      expect((await carol.post(`/requests/${id}/approve`, { planDigest })).status).toBe(404);
    });

    it('is approved by somebody else of the approving group, who has read the plan', async () => {
      expect((await ada.post(`/requests/${id}/approve`, { planDigest })).status).toBe(403);
      expect((await platform.user('bob').post(`/requests/${id}/approve`, { planDigest })).status).toBe(403);
      expect((await grace.get(`/requests/${id}/plan`)).body).toMatchObject({ planDigest, compared: { differences: [] } });
      expect((await grace.post(`/requests/${id}/approve`, { planDigest: 'sha256:another' })).status).toBe(409);
      const { status, body } = await grace.post(`/namespaces/request/${id}/approve`, { planDigest, comment: 'looks right' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        status: 'queued',
        approvals: [{ actor: 'user:default/grace', comment: 'looks right', requirementId: 'environment.production' }],
      });
    });

    it('has an audit trail', async () => {
      const { body } = await ada.get(`/requests/${id}/events`);
      expect(body.items.map((event: { action: string; actor: string }) => [event.action, event.actor])).toEqual([
        ['submitted', 'user:default/ada'],
        ['approved', 'user:default/grace'],
      ]);
    });

    it('is not approved by an external caller who is the requester in the catalog', async () => {
      const { body } = await ada.post('/namespaces/request', named('payments-eu', { environment: 'production' }));
      const asToken = await platform.external({ sub: 'robot', email: 'ada@company.com', groups: ['Platform-Admins'], roles: ['platform:admin'] });
      const own = await asToken.post(`/requests/${body.requestId}/approve`, { planDigest: body.planDigest });
      expect(own.status).toBe(403);
      expect(own.body.error.message).toMatch(/whoever asked for something can't approve it/);
      const unlinked = await platform.external({ sub: 'robot', groups: ['Platform-Admins'], roles: ['platform:admin'] });
      const unknown = await unlinked.post(`/requests/${body.requestId}/approve`, { planDigest: body.planDigest });
      expect(unknown.status).toBe(403);
      expect(unknown.body.error.message).toMatch(/it is not known which user/);
    });

    it('is rejected with a reason, and over then', async () => {
      const { body } = await ada.post('/namespaces/request', named('payments-us', { environment: 'production' }));
      expect((await grace.post(`/requests/${body.requestId}/reject`, {})).status).toBe(400);
      const rejected = await grace.post(`/requests/${body.requestId}/reject`, { comment: 'not this quarter' });
      expect(rejected.body.status).toBe('rejected');
      expect((await grace.post(`/requests/${body.requestId}/cancel`, {})).status).toBe(409);
    });

    it('is cancelled and can be asked for again', async () => {
      const { body } = await ada.post('/namespaces/request', named('payments-gone', { environment: 'production' }));
      expect((await ada.post(`/requests/${body.requestId}/cancel`)).body.status).toBe('cancelled');
      expect((await ada.post('/namespaces/request', named('payments-gone'))).status).toBe(201);
    });

    it('changes on demand', async () => {
      const { body } = await ada.post('/namespaces/request', named('payments-big', { environment: 'production', resourceTier: 'large' }));
      const asked = await grace.post(`/requests/${body.requestId}/ask-for-changes`, { comment: 'medium will do' });
      expect(asked.body.changesAskedAt).toBeDefined();
      const smaller = named('payments-big', { environment: 'production', resourceTier: 'medium' });
      const changed = await ada.post(`/requests/${body.requestId}/resubmit`, smaller);
      expect(changed.body).toMatchObject({ status: 'pending-approval', parameters: { resourceTier: 'medium' } });
      expect(changed.body.planDigest).not.toBe(body.planDigest);
    });
  });

  describe('the policy', () => {
    it('is shown with an ETag, whole to platform engineers and cut to others', async () => {
      const whole = await grace.get('/documents');
      expect(whole.headers.etag).toBe(`"${whole.body.policyDigest}"`);
      expect(whole.body.cut).toBe(false);
      expect((await grace.get('/documents', undefined, { 'If-None-Match': whole.headers.etag })).status).toBe(304);
      const cut = await carol.get('/documents', undefined, { 'If-None-Match': whole.headers.etag });
      expect(cut.status).toBe(200);
      expect(Object.keys(cut.body.platform.spec.teams)).toEqual(['checkout']);
    });

    it('is checked for the platform team, which alone sees all of it', async () => {
      const whole = await grace.get('/documents');
      const { status, body } = await grace.get('/documents/findings');
      expect(status).toBe(200);
      expect(body).toMatchObject({ policyDigest: whole.body.policyDigest, coverage: [{ blueprint: 'namespace', exhaustive: true }] });
      expect(body.findings).toEqual(new Berth().checkPolicy().findings);
      expect((await carol.get('/documents/findings')).status).toBe(403);
    });

    it('has figures over all teams for the platform team, and for nobody else', async () => {
      const { body } = await grace.get('/summary');
      expect(body.requests).toContainEqual({ status: 'pending-approval', count: expect.any(Number) });
      expect(body.leadTime).toEqual({ days: 30, count: 0 });
      expect(body.teams).toEqual([expect.objectContaining({ team: 'payments', namespaces: expect.any(Number), budget: 400000 })]);
      expect((await ada.get('/summary')).status).toBe(403);
    });

    it('says to a team what is left', async () => {
      const { body } = await ada.get('/teams/payments/usage');
      expect(body.namespaces.used + body.namespaces.left).toBe(body.namespaces.limit);
      expect(body).toMatchObject({ team: 'payments', currency: 'USD', monthly: { budget: 400000 } });
      expect((await carol.get('/teams/payments/usage')).status).toBe(403);
    });
  });

  it('says that Argo is away, and stays in service', async () => {
    let details = await ada.get('/health/details');
    while (details.body.status === 'ok') {
      details = await ada.get('/health/details');
    }
    expect(details.body.parts['argo/main'].message).toMatch(/away since/);
    expect((await platform.anybody.get('/health')).status).toBe(200);
  });

  it('shows no namespace before it stands', async () => {
    expect((await ada.get('/namespaces')).body).toEqual({ items: [] });
    expect((await ada.get('/namespaces/payments-checkout')).status).toBe(404);
  });
});

describe('callers who call too often', () => {
  it('are told to wait, each for themselves', async () => {
    const platform = await startPlatform({ berth: { api: { rateLimits: { writesPerMinute: 2 } } } });
    const ada = platform.user('ada');
    await ada.post('/namespaces/validate', checkout);
    await ada.post('/namespaces/validate', checkout);
    const third = await ada.post('/namespaces/validate', checkout);
    expect(third.status).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ada.get('/requests')).status).toBe(200);
    expect((await platform.user('carol').post('/namespaces/validate', checkout)).status).toBe(200);
    await platform.stop();
  });
});
