/**
 * A Kubernetes API server as far as the inventory reads one: lists by label in pages, single namespaces, what kinds there are. It fails as
 * it is told to.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubernetesApi } from '../inventory/KubernetesApi';

/** An object as somebody has applied it. */
export interface Applied {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; [field: string]: unknown };
  [field: string]: unknown;
}

/** Where a kind is listed, below its API's version. */
const PLURALS: Record<string, string> = {
  Namespace: 'namespaces',
  ResourceQuota: 'resourcequotas',
  LimitRange: 'limitranges',
  ServiceAccount: 'serviceaccounts',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  NetworkPolicy: 'networkpolicies',
};

export class FakeCluster {
  readonly objects = new Map<string, Applied>();
  /** Called before each answer; what it returns is answered instead. */
  fault: (path: string) => { status: number; body: unknown } | 'cut' | undefined = () => undefined;
  readonly #server: Server;
  #uids = 0;

  static async start(): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    await new Promise<void>(done => cluster.#server.listen(0, '127.0.0.1', done));
    return cluster;
  }

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** An account that reads it. */
  api(cluster = 'main'): KubernetesApi {
    return new KubernetesApi({ cluster, url: this.url, timeoutMs: 5_000, intervalSeconds: 60 });
  }

  /** Somebody applies objects; quotas count nothing yet. */
  apply(...objects: Applied[]): void {
    for (const object of objects) {
      this.#uids += 1;
      const metadata = { uid: `uid-${this.#uids}`, resourceVersion: String(this.#uids), ...object.metadata };
      const { hard } = (object.spec ?? {}) as { hard?: Record<string, string> };
      const status = hard && { hard, used: Object.fromEntries(Object.keys(hard).map(resource => [resource, '0'])) };
      this.objects.set(keyOf(object), structuredClone({ ...object, metadata, ...(status && { status }) }));
    }
  }

  get(kind: string, name: string, namespace = ''): Applied {
    const object = this.objects.get(`${kind}/${namespace}/${name}`);
    if (object === undefined) {
      throw new TypeError(`the cluster has no ${kind} \`${name}\``);
    }
    return object;
  }

  /** Somebody deletes a namespace, and all that is in it. */
  deleteNamespace(name: string): void {
    for (const [key, { kind, metadata }] of this.objects) {
      if (metadata.namespace === name || (kind === 'Namespace' && metadata.name === name)) {
        this.objects.delete(key);
      }
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const fault = this.fault(path);
    if (fault === 'cut') {
      response.socket?.destroy();
      return;
    }
    const { status, body } = fault ?? this.#read(path, query);
    // As Kubernetes answers for a group of APIs that it does not know.
    response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '404 page not found\n' : JSON.stringify(body));
  }

  #read(path: string, query: URLSearchParams): { status: number; body: unknown } {
    const resources = Object.entries(PLURALS).map(([kind, name]) => ({ name, kind }));
    if (/^\/api\/v1$|^\/apis\/(rbac\.authorization|networking)\.k8s\.io\/v1$/.test(path)) {
      return { status: 200, body: { kind: 'APIResourceList', resources } };
    }
    if (/^\/apis\/[^/]+\/[^/]+$/.test(path)) {
      return { status: 404, body: undefined };
    }
    const plural = path.split('/').at(-1) ?? '';
    const kind = resources.find(({ name }) => name === plural)?.kind;
    if (kind !== undefined) {
      return { status: 200, body: this.#list(kind, query) };
    }
    const namespace = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(path)?.[1];
    const found = namespace && this.objects.get(`Namespace//${namespace}`);
    return found
      ? { status: 200, body: found }
      : { status: 404, body: { kind: 'Status', reason: 'NotFound', message: `${path} not found` } };
  }

  /** Pages of two, so that every list has some. */
  #list(kind: string, query: URLSearchParams): unknown {
    const [key, value] = (query.get('labelSelector') ?? '').split('=');
    const all = [...this.objects.values()].filter(object => object.kind === kind && object.metadata.labels?.[key] === value);
    const from = Number(query.get('continue') ?? 0);
    const items = all.slice(from, from + 2).map(({ apiVersion: _version, kind: _kind, ...item }) => item);
    const more = from + 2 < all.length ? { continue: String(from + 2) } : {};
    return { kind: `${kind}List`, apiVersion: 'v1', metadata: { resourceVersion: '1', ...more }, items };
  }
}

function keyOf({ kind, metadata }: Applied): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
