/** Certificates: whom the client believes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ArgoClient } from './ArgoClient';

describe('an Argo Server with a certificate of its own', () => {
  let server: Server;
  let folder: string;
  let caFile: string;

  beforeAll(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
    folder = mkdtempSync(join(tmpdir(), 'berth-ca-'));
    caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, cert);
    server = createServer({ key, cert }, (_, response) => response.end('{"version":"v4.1.2"}'));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  const clientWith = (ca?: string) =>
    new ArgoClient({
      name: 'main',
      baseUrl: `https://localhost:${(server.address() as AddressInfo).port}`,
      namespace: 'argo',
      timeoutMs: 2_000,
      caFile: ca,
    });

  it('is believed with its authority', async () => {
    const client = clientWith(caFile);
    expect(await client.version()).toBe('v4.1.2');
    await client.close();
  });

  it('is not believed without', async () => {
    const client = clientWith();
    await expect(client.version()).rejects.toMatchObject({
      kind: 'untrusted',
      message: expect.stringContaining('name the authority that signed its certificate in `caFile`'),
    });
    await client.close();
  });

  it('needs an authority that can be read', () => {
    expect(() => clientWith(join(folder, 'none.pem'))).toThrow('`caFile` of Argo instance `main` can\'t be read');
  });
});
