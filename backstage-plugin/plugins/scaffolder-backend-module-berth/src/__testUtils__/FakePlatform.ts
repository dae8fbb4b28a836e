// A platform backend for tests: HTTP on loopback, judged by the real core with its embedded documents, which a test may turn
// as it likes: how a request goes on is a script, and every call is written down.
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { decide, plan, renderYaml, type Context, type Decision } from '@berth/core';
import type { RequestProgress } from '@berth/plugin-platform-common';

/** A call that was received. */
export interface Call {
  call: string;
  body: Record<string, unknown> | undefined;
  token: string | undefined;
  idempotencyKey: string | undefined;
}

/** An answer in place of the usual one. */
export interface Answer {
  status: number;
  body: unknown;
}

/** What becomes of every request, look by look; the last one stays. */
export type Course = Partial<RequestProgress>[];

/** The backend; see {@link FakePlatform.start}. */
export class FakePlatform {
  readonly calls: Call[] = [];
  /** Where it answers, and where it is gone from when it has ended. */
  baseUrl = '';
  /** How requests go on that wait for nobody. */
  course: Course = [{ status: 'completed' }];
  /** Answers to the next calls of a kind, in place of the usual ones. */
  readonly instead = new Map<string, Answer[]>();
  readonly #requests = new Map<string, { id: string; decision: Decision; looks: number }>();
  readonly #heard = new EventEmitter();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const { status, body } = await this.#answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  /** Starts a backend on a free port of loopback. */
  static async start(): Promise<FakePlatform> {
    const platform = new FakePlatform();
    await new Promise<void>(resolve => platform.#server.listen(0, '127.0.0.1', resolve));
    platform.baseUrl = `http://127.0.0.1:${(platform.#server.address() as AddressInfo).port}/api/platform`;
    return platform;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** How many requests were made, however often they were asked for. */
  get made(): number {
    return this.#requests.size;
  }

  /** The calls of a kind, such as `POST /namespaces/request`. */
  received(call: string): Call[] {
    return this.calls.filter(received => received.call === call);
  }

  /** Comes back when a call of a kind is received, or at once when one was. */
  async receives(call: string): Promise<void> {
    if (this.received(call).length === 0) await once(this.#heard, call);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const path = request.url?.replace('/api/platform', '') ?? '';
    const body = request.method === 'POST' ? ((await json(request)) as Record<string, unknown>) : undefined;
    const call = `${request.method} ${path}`;
    const { authorization, 'idempotency-key': key } = request.headers;
    const idempotencyKey = typeof key === 'string' ? key : undefined;
    this.calls.push({ call, body, token: authorization?.replace('Bearer ', ''), idempotencyKey });
    this.#heard.emit(call);
    const kind = call.replace(/\/request-\d+/, '/{requestId}');
    return this.instead.get(kind)?.shift() ?? this.#usual(kind, path, body ?? {}, idempotencyKey);
  }

  #usual(kind: string, path: string, body: Record<string, unknown>, key: string | undefined): Answer {
    const known = { nameTaken: this.#nameTaken(body) } satisfies Context;
    switch (kind) {
      case 'POST /namespaces/validate':
      case 'POST /requests/validate':
        return { status: 200, body: decide(body, known) };
      case 'POST /namespaces/plan':
      case 'POST /requests/plan':
        return judged(decide(body, known), () => ({
          status: 200,
          body: { ...plan(body), manifests: renderYaml(body, { target: 'manifests', requestId: 'plan', now: '2026-01-01T00:00:00Z' }) },
        }));
      case 'POST /namespaces/request':
      case 'POST /requests':
        return this.#submit(body, known, key);
      case 'GET /requests/{requestId}/status':
        return this.#look(path.split('/')[2]);
      case 'POST /requests/{requestId}/cancel':
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: { name: 'NotFoundError', message: `there is no ${kind}` } } };
    }
  }

  #submit(body: Record<string, unknown>, known: Context, key = ''): Answer {
    const earlier = this.#requests.get(key);
    const decision = earlier?.decision ?? decide(body, known);
    return judged(decision, () => {
      const id = earlier?.id ?? `request-${this.#requests.size + 1}`;
      if (!earlier) this.#requests.set(key, { id, decision, looks: 0 });
      const { approval } = decision;
      const status = approval.required ? 'pending-approval' : 'queued';
      return {
        status: 201,
        body: { requestId: id, workflowId: null, status, replayed: earlier !== undefined, planDigest: plan(body).planDigest, approval },
      };
    });
  }

  #look(id: string | undefined): Answer {
    const request = [...this.#requests.values()].find(known => known.id === id);
    if (!request) return { status: 404, body: { error: { name: 'NotFoundError', message: `there is no request ${id}` } } };
    const course: Course = request.decision.approval.required ? [{ status: 'pending-approval' }] : this.course;
    const now = course[Math.min(request.looks++, course.length - 1)];
    const still = { requestId: id, workflowId: 'berth-namespace-0123456789abcdef', rollback: 'none', attempt: 1, steps: [] };
    return { status: 200, body: { ...still, updatedAt: '2026-01-01T00:00:00.000Z', ...now } };
  }

  #nameTaken({ namespaceName, parameters }: { namespaceName?: unknown; parameters?: unknown }): boolean {
    const name = namespaceName ?? (parameters as { namespaceName?: unknown } | undefined)?.namespaceName;
    return [...this.#requests.values()].some(({ decision: { request } }) => {
      const held = request.namespaceName ?? (request.parameters as { namespaceName?: unknown } | undefined)?.namespaceName;
      return held === name;
    });
  }
}

/** Violations are refused before anything else. */
function judged(decision: Decision, otherwise: () => Answer): Answer {
  if (decision.valid) return otherwise();
  const error = { name: 'InputError', message: 'the request is not valid' };
  return { status: 400, body: { error, violations: decision.violations } };
}
