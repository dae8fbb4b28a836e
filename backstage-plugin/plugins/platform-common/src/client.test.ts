// The typed client: where it calls, with whose token, and what it gives back.
import { createPlatformClient, isFinal } from '.';

const discoveryApi = { getBaseUrl: async (plugin: string) => `http://localhost:3000/api/${plugin}` };

/** Answers every call with this, and remembers the calls. */
function answering(status: number, body: object) {
  const calls: Request[] = [];
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    // Backstage's fetch API makes a `Request` of what it is given more than once.
    await new Request(input, init).text();
    calls.push(new Request(input, init));
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
  return { calls, fetchApi: { fetch: answer as typeof fetch } };
}

describe('the client', () => {
  it('asks for a namespace where the plugin answers, with the token', async () => {
    const { calls, fetchApi } = answering(201, { requestId: 'r1', workflowId: null, status: 'pending-approval' });
    const client = await createPlatformClient({ discoveryApi, fetchApi, token: 'of-ada' });
    const { data } = await client.POST('/namespaces/request', {
      params: { header: { 'Idempotency-Key': 'ci-4711' } },
      body: { namespaceName: 'payments-checkout', team: 'payments' },
    });
    expect(data?.requestId).toBe('r1');
    expect(calls[0].url).toBe('http://localhost:3000/api/platform/namespaces/request');
    expect(calls[0].headers.get('authorization')).toBe('Bearer of-ada');
    expect(calls[0].headers.get('idempotency-key')).toBe('ci-4711');
    expect(await calls[0].json()).toEqual({ namespaceName: 'payments-checkout', team: 'payments' });
  });

  it('gives violations back, and throws nothing', async () => {
    const violation = { code: 'required', path: '/team', message: '`team` is missing', severity: 'error' };
    const { fetchApi } = answering(400, { error: { name: 'InputError', message: 'x' }, violations: [violation] });
    const client = await createPlatformClient({ discoveryApi, fetchApi });
    const { error, response } = await client.POST('/namespaces/request', { body: {} });
    expect(response.status).toBe(400);
    expect(error).toMatchObject({ violations: [violation] });
  });
});

describe('a status', () => {
  it('is final, or there is more to come', () => {
    expect(['completed', 'failed', 'rejected', 'cancelled'].every(status => isFinal(status as never))).toBe(true);
    expect(['pending-approval', 'queued', 'provisioning'].some(status => isFinal(status as never))).toBe(false);
  });
});
