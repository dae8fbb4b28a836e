/** The client against a server that fails as it is told to, and the token that rotates. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScriptedServer, cut, events, json, silence } from '../testing/ScriptedServer';
import { ArgoClient } from './ArgoClient';
import type { WorkflowEvent } from './workflow';

const NAME = 'berth-namespace-77767aa5916f674b';
const LABELS = {
  'platform.io/request-id': '5e0c2d9a-1111-4222-8333-444455556666',
  'platform.io/attempt': '1',
  'platform.io/spec-hash': 'd5ea3b21a259704db29c0d3e324d0087',
};
const METADATA = { name: NAME, namespace: 'berth-workflows', labels: LABELS };
const WORKFLOW = JSON.stringify({ metadata: METADATA, spec: {} });
const STANDING = { metadata: { ...METADATA, uid: 'c9cf79c1', resourceVersion: '7' }, status: { phase: 'Running' } };
const EXISTS = json(409, { code: 6, message: `workflows.argoproj.io "${NAME}" already exists` });

const event = (resourceVersion: string) => ({
  result: { type: 'MODIFIED', object: { ...STANDING, metadata: { ...STANDING.metadata, resourceVersion } } },
});

describe('ArgoClient against a server with faults', () => {
  let server: ScriptedServer;
  let client: ArgoClient;

  beforeEach(async () => {
    server = await ScriptedServer.start();
    client = new ArgoClient(
      { name: 'main', baseUrl: server.baseUrl, namespace: 'berth-workflows', timeoutMs: 300 },
      { stallMs: 300 },
    );
  });

  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  /** What a watch yields, and how it ends. */
  async function watched(signal = new AbortController().signal) {
    const seen: string[] = [];
    try {
      for await (const { workflow } of client.watch('', '6', signal)) {
        seen.push(workflow.metadata.resourceVersion);
      }
      return { seen };
    } catch (error) {
      return { seen, error };
    }
  }

  it('sends the text of the Workflow as it is', async () => {
    server.script(json(200, {}));
    const text = `{ "metadata": ${JSON.stringify(METADATA)}, "spec": {"a": "\\u007b1\\u007d"}, "n": 10.0 }`;
    await client.submit(text);
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/workflows/berth-workflows',
      body: `{"workflow":${text}}`,
    });
  });

  it('finds its own Workflow after an answer that was lost', async () => {
    server.script(cut);
    await expect(client.submit(WORKFLOW)).rejects.toMatchObject({ kind: 'unreachable', retryable: true });
    server.script(EXISTS, json(200, STANDING));
    expect(await client.submit(WORKFLOW)).toBe('already-ours');
  });

  it('tries again when the Workflow that was in the way has gone', async () => {
    server.script(EXISTS, json(404, { code: 5, message: 'not found' }));
    await expect(client.submit(WORKFLOW)).rejects.toMatchObject({ kind: 'failing', retryable: true });
  });

  it.each([
    [500, { code: 13, message: 'etcdserver: request timed out' }, 'failing', true],
    [503, '<html>busy</html>', 'failing', true],
    [429, { code: 8, message: 'slow down' }, 'failing', true],
    [401, { code: 16, message: 'token not valid' }, 'unauthorized', true],
    [403, { code: 7, message: 'workflows is forbidden' }, 'forbidden', true],
    [403, { code: 7, message: 'admission webhook "policy" denied the request: no' }, 'refused', false],
    [400, { code: 3, message: 'templates.berth: bad' }, 'invalid', false],
    [302, '', 'not-argo', true],
  ])('judges an answer %d %j as %s', async (status, body, kind, retryable) => {
    server.script(json(status, body));
    await expect(client.submit(WORKFLOW)).rejects.toMatchObject({ kind, retryable, status });
  });

  it('names the instance, the reason and what to do', async () => {
    server.script(json(403, { code: 7, message: 'workflows is\nforbidden' }));
    await expect(client.version()).rejects.toThrow(
      "Argo Server `main` answered 403: workflows is forbidden: give the token's account a role for Workflows in this namespace",
    );
  });

  it('takes a page of another program for what it is', async () => {
    server.script(response => void response.end('<html>Log in</html>'));
    await expect(client.get(NAME)).rejects.toMatchObject({ kind: 'not-argo' });
    server.script(json(200, { hello: 'world' }));
    await expect(client.get(NAME)).rejects.toThrow('does not answer as Argo does (`metadata`');
  });

  it('does not wait for ever', async () => {
    server.script(silence);
    await expect(client.get(NAME)).rejects.toMatchObject({ kind: 'unreachable', retryable: true });
    server.script(response => {
      response.writeHead(200);
      const trickle = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(trickle));
    });
    await expect(client.get(NAME)).rejects.toThrow('no answer in time');
  });

  it('says when nobody listens', async () => {
    await server.stop();
    await expect(client.version()).rejects.toThrow("can't be reached (nobody listens there)");
    server = await ScriptedServer.start();
  });

  it('reads events between signs of life, and ends with the stream', async () => {
    server.script(events([event('7'), event('8')]));
    expect(await watched()).toEqual({ seen: ['7', '8'] });
    expect(server.asked[0].query.get('listOptions.resourceVersion')).toBe('6');
  });

  it('drops half an event at the end', async () => {
    server.script(events([event('7')], { half: `data: ${JSON.stringify(event('8')).slice(0, 80)}` }));
    expect(await watched()).toEqual({ seen: ['7'] });
  });

  it('puts an event together that comes in pieces, in the middle of a character, too', async () => {
    const named = { ...event('7') };
    const bytes = Buffer.from(`data: ${JSON.stringify({ ...named, note: 'é😀' })}\n\n`);
    server.script(async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of bytes) {
        await new Promise<void>(done => response.write(Buffer.of(byte), () => done()));
      }
      response.end();
    });
    expect(await watched()).toEqual({ seen: ['7'] });
  });

  it.each([
    ['Argo that passes Kubernetes on', { grpc_code: 3, http_code: 400, message: 'too old resource version: 6 (912)' }],
    ['a status 410', { grpc_code: 13, http_code: 410, message: 'Expired' }],
  ])('tells a version that is gone from %s', async (_, error) => {
    server.script(events([event('7'), { error }]));
    expect(await watched()).toMatchObject({ seen: ['7'], error: { kind: 'gone' } });
    // A real Argo Server answers `{}` to who does not ask for errors.
    expect(server.asked[0].query.get('fields')).toMatch(/(^|,)error(,|$)/);
  });

  it('tells the end that Argo calls an error', async () => {
    server.script(events([{ error: { grpc_code: 8, http_code: 429, message: 'EOF' } }]));
    expect(await watched()).toMatchObject({ seen: [], error: { kind: 'failing', code: 8 } });
  });

  it.each(['cut', 'stall'] as const)('notices a stream that is %s', async end => {
    server.script(events([event('7')], end));
    expect(await watched()).toMatchObject({ seen: ['7'], error: { kind: 'unreachable' } });
  });

  it('keeps a stream that says nothing but that it lives', async () => {
    const controller = new AbortController();
    let signs = 0;
    server.script(response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const alive = setInterval(() => {
        response.write(':\n');
        signs += 1;
        // Well over the time after which silence would be taken for the end.
        if (signs === 12) {
          controller.abort();
        }
      }, 50);
      response.on('close', () => clearInterval(alive));
    });
    expect(await watched(controller.signal)).toEqual({ seen: [] });
    expect(signs).toBe(12);
  });

  it('refuses a stream of something else', async () => {
    server.script(events(['hello']));
    expect(await watched()).toMatchObject({ error: { kind: 'not-argo' } });
    server.script(events([{ result: { type: 'BOOKMARK', object: {} } }]));
    expect(await watched()).toMatchObject({ error: { kind: 'not-argo' } });
  });

  it('hears of an error before the stream', async () => {
    server.script(json(403, { error: { grpc_code: 7, http_code: 403, message: 'watch is forbidden' } }));
    expect(await watched()).toMatchObject({ error: { kind: 'forbidden', code: 7, status: 403 } });
  });

  it('does not read on when the reader has enough', async () => {
    server.script(events([event('7'), event('8')], 'stall'));
    const first: WorkflowEvent[] = [];
    for await (const seen of client.watch('', undefined, new AbortController().signal)) {
      first.push(seen);
      break;
    }
    expect(first).toHaveLength(1);
  });
});

describe('the token', () => {
  let server: ScriptedServer;
  let folder: string;

  beforeEach(async () => {
    server = await ScriptedServer.start();
    folder = mkdtempSync(join(tmpdir(), 'berth-token-'));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  const clientWith = (token: { token?: string; tokenFile?: string }) =>
    new ArgoClient({ name: 'main', baseUrl: server.baseUrl, namespace: 'argo', timeoutMs: 2_000, ...token });
  const sent = () => server.asked.map(asked => asked.headers.authorization);

  it('is sent as a bearer token, however it is written', async () => {
    server.script(json(200, { version: 'v4.1.2' }));
    for (const token of ['abc', 'Bearer abc\n', undefined]) {
      const client = clientWith({ token });
      await client.version();
      await client.close();
    }
    expect(sent()).toEqual(['Bearer abc', 'Bearer abc', undefined]);
  });

  it('is read again from its file when it was refused, once', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'monday\n');
    const client = clientWith({ tokenFile });
    server.script(json(200, { version: 'v4.1.2' }));
    await client.version();

    writeFileSync(tokenFile, 'tuesday\n');
    server.script(json(401, { code: 16, message: 'token expired' }), json(200, { version: 'v4.1.2' }));
    expect(await client.version()).toBe('v4.1.2');
    expect(sent()).toEqual(['Bearer monday', 'Bearer monday', 'Bearer tuesday']);

    // The same token again is not tried again.
    server.script(json(401, { code: 16, message: 'token expired' }));
    await expect(client.version()).rejects.toMatchObject({ kind: 'unauthorized', retryable: true });
    expect(sent()).toHaveLength(4);
    await client.close();
  });

  it('is asked for by name when its file is not there', async () => {
    const client = clientWith({ tokenFile: join(folder, 'none') });
    await expect(client.version()).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining("the token can't be read"),
    });
    await client.close();
  });
});
