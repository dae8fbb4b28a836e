// A platform backend for tests: HTTP on loopback, judged by the real core with its embedded documents, which a test may turn
// as it likes: how a request goes on is a script, and every call is written down.
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { decide, plan, renderYaml, type Context, type Decision, type Plan } from '@berth/core';
import type { RequestEvent, RequestProgress } from '@berth/plugin-platform-common';

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

interface Held {
  id: string;
  decision: Decision;
  plan: Plan & { manifests: string };
  looks: number;
}

/** The backend; see {@link FakePlatform.start}. */
export class FakePlatform {
  readonly calls: Call[] = [];
  /** Where it answers, and where it is gone from when it has ended. */
  baseUrl = '';
  /** How requests go on that wait for nobody. */
  course: Course = [{ status: 'completed' }];
  /** Answers to the next calls of a kind, in place of the usual ones. */
  readonly instead = new Map<string, Answer[]>();
  /** The audit trail of every request. */
  events: RequestEvent[] = [];
  /** Namespaces that stand, by their parameters. */
  standing: Record<string, unknown>[] = [];
  /** Requests by their key. */
  readonly #requests = new Map<string, Held>();
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
    const hasBody = ['POST', 'PATCH', 'DELETE'].includes(request.method ?? '');
    const body = hasBody ? ((await json(request)) as Record<string, unknown>) : undefined;
    const call = `${request.method} ${path}`;
    const { authorization, 'idempotency-key': key } = request.headers;
    const idempotencyKey = typeof key === 'string' ? key : undefined;
    this.calls.push({ call, body, token: authorization?.replace('Bearer ', ''), idempotencyKey });
    this.#heard.emit(call);
    const kind = call.replace(/\/request-\d+/, '/{requestId}');
    const about = this.standing.find(({ namespaceName }) => path.split(/[/?]/)[2] === namespaceName);
    if (about !== undefined && !this.instead.has(kind)) return this.#about(about, call, body ?? {}, idempotencyKey);
    // Only the namespace blueprint is known here, so its name can be left out.
    const asked = (kind.startsWith('POST /requests') ? body?.parameters : body) as Record<string, unknown> | undefined;
    return this.instead.get(kind)?.shift() ?? this.#usual(kind, path, asked ?? {}, idempotencyKey);
  }

  #usual(kind: string, path: string, asked: Record<string, unknown>, key: string | undefined): Answer {
    const known = { nameTaken: this.#isTaken(asked.namespaceName) } satisfies Context;
    switch (kind) {
      case 'POST /namespaces/validate':
        return { status: 200, body: decide(asked, known) };
      case 'POST /namespaces/plan':
      case 'POST /requests/plan':
        return judged(decide(asked, known), () => ({ status: 200, body: planBody(asked) }));
      case 'POST /namespaces/request':
      case 'POST /requests':
        return this.#submit(asked, known, key);
      default:
        return this.#onRequest(kind, path.split('/')[2]);
    }
  }

  /** What a change of a namespace, or its end, comes to. */
  #about(parameters: Record<string, unknown>, call: string, body: Record<string, unknown>, key: string | undefined): Answer {
    const isEnd = call.startsWith('DELETE') || body.delete === true || body.freeze === true;
    const kind = body.freeze === true ? 'freeze' : 'delete';
    const asked = Object.fromEntries(Object.entries({ ...parameters, ...(isEnd ? {} : body) }).filter(([, value]) => value !== null));
    const context = isEnd ? {} : { current: { parameters } };
    const planned = { ...plan(asked, { context, ...(isEnd && { kind }) }), manifests: '' };
    return /\/plan$/.test(call) ? { status: 200, body: planned } : this.#submit(asked, context, key, planned);
  }

  #onRequest(kind: string, id: string | undefined): Answer {
    const held = [...this.#requests.values()].find(request => request.id === id);
    if (!held) return { status: 404, body: { error: { name: 'NotFoundError', message: `there is no request ${id}` } } };
    switch (kind) {
      case 'GET /requests/{requestId}/status':
        return { status: 200, body: this.#progress(held) };
      case 'GET /requests/{requestId}/plan':
        return { status: 200, body: held.plan };
      case 'GET /requests/{requestId}/events':
        return { status: 200, body: { items: this.events } };
      case 'POST /requests/{requestId}/cancel':
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: { name: 'NotFoundError', message: `there is no ${kind}` } } };
    }
  }

  #submit(asked: Record<string, unknown>, known: Context, key = '', planned?: Held['plan']): Answer {
    const earlier = this.#requests.get(key);
    return judged(earlier?.decision ?? decide(asked, known), decision => {
      const held = earlier ?? { id: `request-${this.#requests.size + 1}`, decision, plan: planned ?? planBody(asked), looks: 0 };
      this.#requests.set(key, held);
      const { approval } = decision;
      const status = approval.required ? 'pending-approval' : 'queued';
      const { planDigest } = held.plan;
      const { kind } = held.plan;
      return { status: 201, body: { requestId: held.id, kind, workflowId: null, status, replayed: earlier !== undefined, planDigest, approval } };
    });
  }

  #progress(held: Held): RequestProgress {
    const course: Course = held.decision.approval.required ? [{ status: 'pending-approval' }] : this.course;
    const now = course[Math.min(held.looks++, course.length - 1)];
    return {
      requestId: held.id,
      workflowId: 'berth-namespace-0123456789abcdef',
      status: 'provisioning',
      rollback: 'none',
      attempt: 1,
      steps: [],
      updatedAt: '2026-01-01T00:00:00.000Z',
      ...now,
    };
  }

  #isTaken(name: unknown): boolean {
    return [...this.#requests.values()].some(({ decision }) => decision.request.namespaceName === name);
  }
}

function planBody(asked: Record<string, unknown>): Held['plan'] {
  const manifests = renderYaml(asked, { target: 'manifests', requestId: 'plan', now: '2026-01-01T00:00:00Z' });
  return { ...plan(asked), manifests };
}

/** Violations are refused before anything else; a name that is taken and nothing else is a conflict. */
function judged(decision: Decision, otherwise: (decision: Decision) => Answer): Answer {
  const { valid, violations } = decision;
  if (valid) return otherwise(decision);
  const [{ code, message }] = violations as [Decision['violations'][number]];
  if (violations.length === 1 && code === 'name-taken') return { status: 409, body: { error: { name: 'ConflictError', message } } };
  return { status: 400, body: { error: { name: 'InputError', message: 'the request is not allowed' }, violations } };
}
