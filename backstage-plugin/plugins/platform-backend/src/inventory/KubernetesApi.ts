/**
 * Reads a Kubernetes API server: lists, single objects and what kinds there are. Nothing here writes.
 *
 * Three kinds of GET are all that is needed, with the token and TLS helpers of the Argo client; the official client would bring its
 * own HTTP, websockets and OpenID Connect for them.
 */
import { Agent, request } from 'undici';
import { z } from 'zod';
import { createTokenSource, type TokenSource } from '../argo/TokenSource';
import { readCa } from '../argo/connection';
import { ClusterError } from './ClusterError';
import type { ClusterAccess } from './readInventoryConfig';

/** An object, as far as it is read here. */
export type KubernetesObject = z.output<typeof objectSchema>;

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    finalizers: z.array(z.string()).default([]),
  }),
});
const listSchema = z.object({
  kind: z.string().regex(/List$/),
  metadata: z.object({ resourceVersion: z.string().min(1), continue: z.string().optional() }),
  items: z.array(objectSchema).nullable(),
});
const resourcesSchema = z.object({
  kind: z.literal('APIResourceList'),
  resources: z.array(z.object({ name: z.string(), kind: z.string() })),
});
const statusSchema = z.object({ kind: z.literal('Status'), reason: z.string().optional(), message: z.string().optional() });

/** How many objects a page holds. */
const PAGE = 500;
/** The most that is read of an answer. */
const MAX_ANSWER_BYTES = 64 << 20;

/** One cluster. All methods throw ClusterError. */
export class KubernetesApi {
  readonly cluster: string;
  /** How often it is read. */
  readonly everySeconds: number;
  readonly #access: ClusterAccess;
  readonly #token: TokenSource;
  readonly #agent: Agent;

  constructor(access: ClusterAccess) {
    this.cluster = access.cluster;
    this.everySeconds = access.intervalSeconds;
    this.#access = access;
    this.#token = createTokenSource(access);
    this.#agent = new Agent({
      connect: { ca: readCa(access.caFile, `\`berth.clusters.${access.cluster}.inventory\``), timeout: 5_000 },
      headersTimeout: access.timeoutMs,
      bodyTimeout: access.timeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /**
   * All objects of a kind, page by page; only those with a label, if one is given. It ends only when the last page was read: what throws before that was no
   * whole list.
   *
   * @param path - such as `/api/v1/namespaces`
   */
  async *list(path: string, labelSelector?: string): AsyncGenerator<KubernetesObject> {
    let more: string | undefined;
    do {
      const query = new URLSearchParams({ ...(labelSelector && { labelSelector }), limit: String(PAGE), ...(more && { continue: more }) });
      const page = this.#read(listSchema, path, await this.#get(`${path}?${query}`, path));
      yield* page.items ?? [];
      more = page.metadata.continue;
    } while (more);
  }

  /** One namespace; nothing only when the API server says itself that there is none. */
  async namespace(name: string): Promise<KubernetesObject | undefined> {
    const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
    const answer = await this.#send(path, path);
    if (answer.status === 404 && statusSchema.safeParse(answer.body).data?.reason === 'NotFound') {
      return undefined;
    }
    return this.#read(objectSchema, path, this.#checked(path, answer));
  }

  /** Where the objects of a kind are listed, of all namespaces or of one; nothing when the cluster does not know the kind. */
  async pathOf(apiVersion: string, kind: string, namespace?: string): Promise<string | undefined> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await this.#send(base, base);
    if (answer.status === 404) {
      return undefined;
    }
    const { resources } = this.#read(resourcesSchema, base, this.#checked(base, answer));
    const found = resources.find(resource => resource.kind === kind && !resource.name.includes('/'));
    const place = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
    return found && `${base}${place}/${found.name}`;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #get(path: string, what: string): Promise<unknown> {
    return this.#checked(what, await this.#send(path, what));
  }

  #checked(what: string, { status, body }: Answer): unknown {
    if (status !== 200) {
      const message = statusSchema.safeParse(body).data?.message ?? 'no reason given';
      throw ClusterError.ofAnswer(this.cluster, what, status, message);
    }
    return body;
  }

  async #send(path: string, what: string): Promise<Answer> {
    let answer = await this.#once(path, what);
    if (answer.status === 401 && (await this.#token.renew())) {
      answer = await this.#once(path, what);
    }
    return answer;
  }

  async #once(path: string, what: string): Promise<Answer> {
    const signal = AbortSignal.timeout(this.#access.timeoutMs);
    try {
      const authorization = await this.#token.authorization();
      const headers = { accept: 'application/json', 'user-agent': 'berth', ...(authorization && { authorization }) };
      const { statusCode, body } = await request(`${this.#access.url}${path}`, { headers, dispatcher: this.#agent, signal });
      const text = await body.text();
      // Kubernetes says in plain text that it does not know a group of APIs.
      return { status: statusCode, body: statusCode === 404 && !text.startsWith('{') ? undefined : JSON.parse(text) };
    } catch (cause) {
      const error = cause instanceof SyntaxError ? new Error(`its answer to ${what} is not JSON`) : cause;
      throw ClusterError.ofCall(this.cluster, error);
    }
  }

  #read<T extends z.ZodType>(schema: T, what: string, value: unknown): z.output<T> {
    const read = schema.safeParse(value);
    if (!read.success) {
      throw new ClusterError(this.cluster, `does not answer ${what} as Kubernetes does`, 'check `url` of its `inventory`');
    }
    return read.data;
  }
}

interface Answer {
  status: number;
  body: unknown;
}
