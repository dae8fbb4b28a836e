// The cluster of BERTH_TEST_KUBECONFIG, and the account of deploy/ that may read it, under a name of this run.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DEPLOY = fileURLToPath(new URL('../../../deploy/', import.meta.url));

/** @param {string} kubeconfig path of a file with cluster-admin */
export class Cluster {
  constructor(kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.env = { ...process.env, KUBECONFIG: kubeconfig };
  }

  /** What kubectl prints. */
  async kubectl(...args) {
    const { stdout } = await promisify(execFile)('kubectl', args, { env: this.env, maxBuffer: 16 << 20 });
    return stdout.trim();
  }

  /** Applies objects as somebody who knows nothing of Berth. */
  async apply(...items) {
    const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=somebody', '--filename=-'];
    const kubectl = spawn('kubectl', args, { env: this.env, stdio: ['pipe', 'ignore', 'inherit'] });
    kubectl.stdin.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const [code] = await once(kubectl, 'close');
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}`);
  }

  /** Where its API server listens. */
  async url() {
    return this.kubectl('config', 'view', '--minify', '--output=jsonpath={.clusters[0].cluster.server}');
  }

  /** The certificate that its API server is trusted by: that of the kubeconfig, or the root that the server shows. */
  async ca() {
    const path = '--output=jsonpath={.clusters[0].cluster.certificate-authority-data}';
    const known = await this.kubectl('config', 'view', '--minify', '--raw', '--flatten', path);
    return known ? Buffer.from(known, 'base64').toString() : rootOf(new URL(await this.url()));
  }

  /**
   * Makes the account with exactly the rights that `deploy/` gives it.
   *
   * @returns {Promise<{ user: string, token: string, remove(): Promise<void> }>}
   */
  async readerNamed(name) {
    const files = ['backend/inventory.yaml', 'provisioning/generated/inventory.yaml'].flatMap(file => ['--filename', DEPLOY + file]);
    const list = JSON.parse(await this.kubectl('apply', '--dry-run=client', '--output=json', ...files));
    const renamed = JSON.parse(JSON.stringify(list.items).replaceAll('"berth-inventory"', `"${name}"`).replaceAll('"berth-workflows"', `"${name}"`));
    const account = renamed.find(({ kind }) => kind === 'ServiceAccount');
    account.metadata.namespace = name;
    await this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, ...renamed);
    return {
      user: `system:serviceaccount:${name}:${name}`,
      token: await this.kubectl('create', 'token', name, '--namespace', name, '--duration=1h'),
      remove: () => this.kubectl('delete', `namespace/${name}`, `clusterrole/${name}`, `clusterrolebinding/${name}`, '--wait=false'),
    };
  }
}

/** The last certificate of the chain that a server shows, as PEM. */
async function rootOf({ hostname, port }) {
  const socket = connect({ host: hostname, port: Number(port) || 443, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  let certificate = socket.getPeerX509Certificate();
  while (certificate.issuerCertificate && certificate.issuerCertificate !== certificate) certificate = certificate.issuerCertificate;
  socket.destroy();
  return certificate.toString();
}
