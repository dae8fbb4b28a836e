// The calls of the backend plugin `platform` that the actions make, each as the person who started the task: the backend
// judges that person, never this module. What the answers mean is left to whoever asks.
import type { AuthService, BackstageCredentials, DiscoveryService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createPlatformClient, type PlatformClient, type RequestEvent, type RequestProgress, type SubmittedRequest } from '@berth/plugin-platform-common';
import { platformError, unreachable } from './errors';
import type { Decision, Plan } from './types';

/** What is asked for: something new, or something about a namespace that stands. */
export type Ask = AskNew | AskChange | AskEnd;

/** Something new: a namespace, when no blueprint is named. */
export interface AskNew {
  blueprint?: string;
  parameters: Record<string, unknown>;
}

/** Other parameters for a namespace; `null` takes one away. */
export interface AskChange extends Place {
  patch: Record<string, unknown>;
}

/** The end of a namespace. */
export interface AskEnd extends Place {
  /** Its name, once more. */
  confirm: string;
  /** Freeze it first, so that it can be taken back. */
  freeze: boolean;
}

/** Which namespace. */
interface Place {
  namespace: string;
  cluster?: string;
}

/** Who asks: the context of an action. */
export interface Initiator {
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}

/** How long one call may take. */
const CALL_TIMEOUT_MS = 30_000;

/**
 * The backend's API, as one initiator sees it.
 *
 * Every method throws `InvalidRequestError` for violations, `ServiceUnavailableError` for what may pass, and an error of the
 * backend's own name and words for the rest.
 */
export class PlatformApi {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #initiator: Initiator;

  constructor(services: { auth: AuthService; discovery: DiscoveryService }, initiator: Initiator) {
    this.#auth = services.auth;
    this.#discovery = services.discovery;
    this.#initiator = initiator;
  }

  /** Judges, without storing anything. */
  async validate({ blueprint, parameters }: AskNew): Promise<Decision> {
    return this.#call(client =>
      blueprint === undefined
        ? client.POST('/namespaces/validate', { body: parameters })
        : client.POST('/requests/validate', { body: { blueprint, parameters } }),
    );
  }

  /** What would be done, without storing anything. */
  async plan(ask: Ask): Promise<Plan> {
    if ('namespace' in ask) {
      if ('confirm' in ask && ask.confirm !== ask.namespace) {
        throw new InputError(`\`confirm\` is \`${ask.confirm}\`, and the namespace is \`${ask.namespace}\`; write its name to delete it`);
      }
      const body = bodyOfPlan(ask);
      return this.#call(client => client.POST('/namespaces/{name}/plan', { params: placeOf(ask), body }));
    }
    const { blueprint, parameters } = ask;
    return this.#call(client =>
      blueprint === undefined
        ? client.POST('/namespaces/plan', { body: parameters })
        : client.POST('/requests/plan', { body: { blueprint, parameters } }),
    );
  }

  /** Asks for it. The same key with the same parameters gives the same request, however often it is sent. */
  async submit(ask: Ask, idempotencyKey: string): Promise<SubmittedRequest> {
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    if ('namespace' in ask) {
      const about = { ...params, ...placeOf(ask) };
      return this.#call(client =>
        'patch' in ask
          ? client.PATCH('/namespaces/{name}', { params: about, body: ask.patch })
          : client.DELETE('/namespaces/{name}', { params: about, body: { confirm: ask.confirm, freeze: ask.freeze } }),
      );
    }
    const { blueprint, parameters } = ask;
    return this.#call(client =>
      blueprint === undefined
        ? client.POST('/namespaces/request', { params, body: parameters })
        : client.POST('/requests', { params, body: { blueprint, parameters } }),
    );
  }

  /** How far a request is. */
  async progress(requestId: string): Promise<RequestProgress> {
    return this.#call(client => client.GET('/requests/{requestId}/status', { params: { path: { requestId } } }));
  }

  /** What a request does, by today's documents. */
  async planOf(requestId: string): Promise<Plan> {
    return this.#call(client => client.GET('/requests/{requestId}/plan', { params: { path: { requestId } } }));
  }

  /** What happened to a request, the oldest first. */
  async events(requestId: string): Promise<RequestEvent[]> {
    const { items } = await this.#call(client => client.GET('/requests/{requestId}/events', { params: { path: { requestId } } }));
    return items;
  }

  /** Stops a request; what was made so far is taken back. */
  async cancel(requestId: string, comment: string): Promise<void> {
    await this.#call(client =>
      client.POST('/requests/{requestId}/cancel', { params: { path: { requestId } }, body: { comment } }),
    );
  }

  async #call<T>(send: (client: PlatformClient) => Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
    // A new token for each call: it is short-lived.
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#initiator.getInitiatorCredentials(),
      targetPluginId: 'platform',
    });
    const client = await createPlatformClient({ discoveryApi: this.#discovery, token, fetchApi: { fetch: fetchInTime } });
    const { data, error, response } = await send(client).catch(cause => {
      throw unreachable(cause);
    });
    if (data === undefined) throw platformError(response.status, error);
    return data;
  }
}

function bodyOfPlan(ask: AskChange | AskEnd) {
  if ('patch' in ask) return ask.patch;
  return ask.freeze ? { freeze: true as const } : { delete: true as const };
}

function placeOf({ namespace: name, cluster }: Place) {
  return { path: { name }, query: { ...(cluster !== undefined && { cluster }) } };
}

function fetchInTime(...[input, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> {
  return fetch(input, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
}
