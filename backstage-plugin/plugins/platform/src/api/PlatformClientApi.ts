// The pages' API over the typed client of `@berth/plugin-platform-common`.
import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { createPlatformClient, type PlatformClient } from '@berth/plugin-platform-common';
import type { Approval, NamespacePatch, NamespaceRef, PlatformApi, RequestQuery } from './PlatformApi';

/** Where the backend is, and how it is asked. */
export interface PlatformClientApiOptions {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}

export class PlatformClientApi implements PlatformApi {
  readonly #options: PlatformClientApiOptions;
  #client?: Promise<PlatformClient>;

  constructor(options: PlatformClientApiOptions) {
    this.#options = options;
  }

  async requests(query: RequestQuery) {
    return given(await (await this.#api()).GET('/requests', { params: { query } }));
  }

  async request(requestId: string) {
    return given(await (await this.#api()).GET('/requests/{requestId}', at(requestId)));
  }

  async progress(requestId: string) {
    return given(await (await this.#api()).GET('/requests/{requestId}/status', at(requestId)));
  }

  async events(requestId: string) {
    return given(await (await this.#api()).GET('/requests/{requestId}/events', at(requestId))).items;
  }

  async plan(requestId: string) {
    return given(await (await this.#api()).GET('/requests/{requestId}/plan', at(requestId)));
  }

  async followLogs(requestId: string, step: string | undefined, onText: (text: string) => void, signal: AbortSignal) {
    const { data } = await (await this.#api()).GET('/requests/{requestId}/logs', {
      params: { ...at(requestId).params, query: { step, follow: true } },
      parseAs: 'stream',
      signal,
    });
    const reader = data?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      onText(part.value);
    }
  }

  async approve(requestId: string, body: Approval) {
    return given(await (await this.#api()).POST('/requests/{requestId}/approve', { ...at(requestId), body }));
  }

  async reject(requestId: string, comment: string) {
    return given(await (await this.#api()).POST('/requests/{requestId}/reject', { ...at(requestId), body: { comment } }));
  }

  async askForChanges(requestId: string, comment: string) {
    return given(await (await this.#api()).POST('/requests/{requestId}/ask-for-changes', { ...at(requestId), body: { comment } }));
  }

  async resubmit(requestId: string, body: Record<string, unknown>) {
    return given(await (await this.#api()).POST('/requests/{requestId}/resubmit', { ...at(requestId), body }));
  }

  async nudge(requestId: string, comment?: string) {
    return given(await (await this.#api()).POST('/requests/{requestId}/nudge', { ...at(requestId), body: { comment } }));
  }

  async cancel(requestId: string, comment?: string) {
    return given(await (await this.#api()).POST('/requests/{requestId}/cancel', { ...at(requestId), body: { comment } }));
  }

  async retry(requestId: string, comment?: string) {
    return given(await (await this.#api()).POST('/requests/{requestId}/retry', { ...at(requestId), body: { comment } }));
  }

  async namespaces(query: { team?: string; cursor?: string; limit?: number }) {
    return given(await (await this.#api()).GET('/namespaces', { params: { query } }));
  }

  async namespace(of: NamespaceRef) {
    return given(await (await this.#api()).GET('/namespaces/{name}', on(of)));
  }

  async planNamespace(of: NamespaceRef, body: NamespacePatch) {
    return given(await (await this.#api()).POST('/namespaces/{name}/plan', { ...on(of), body }));
  }

  async changeNamespace(of: NamespaceRef, body: NamespacePatch) {
    return given(await (await this.#api()).PATCH('/namespaces/{name}', { ...on(of), body }));
  }

  async extendNamespace(of: NamespaceRef, expiresAt: string) {
    return given(await (await this.#api()).POST('/namespaces/{name}/extend', { ...on(of), body: { expiresAt } }));
  }

  async repairNamespace(of: NamespaceRef) {
    return given(await (await this.#api()).POST('/namespaces/{name}/repair', on(of)));
  }

  async decommissionNamespace(of: NamespaceRef, confirm: string, freeze = false) {
    return given(await (await this.#api()).DELETE('/namespaces/{name}', { ...on(of), body: { confirm, freeze } }));
  }

  async restoreNamespace(of: NamespaceRef) {
    return given(await (await this.#api()).POST('/namespaces/{name}/restore', { ...on(of), body: {} }));
  }

  async planAdoption(name: string, adopt: Record<string, unknown>) {
    return given(await (await this.#api()).POST('/namespaces/{name}/plan', { params: { path: { name } }, body: { adopt } }));
  }

  async adoptNamespace(name: string, body: Record<string, unknown>, idempotencyKey: string) {
    const params = { path: { name }, header: { 'Idempotency-Key': idempotencyKey } };
    return given(await (await this.#api()).POST('/namespaces/{name}/adopt', { params, body }));
  }

  async usage(team: string) {
    return given(await (await this.#api()).GET('/teams/{team}/usage', { params: { path: { team } } }));
  }

  async summary() {
    return given(await (await this.#api()).GET('/summary'));
  }

  async documents() {
    return given(await (await this.#api()).GET('/documents'));
  }

  async findings() {
    return given(await (await this.#api()).GET('/documents/findings'));
  }

  async documentsSince(etag?: string) {
    const { data, response } = await (await this.#api()).GET('/documents', etag ? { headers: { 'If-None-Match': etag } } : {});
    return data && { etag: response.headers.get('etag') ?? undefined, documents: data };
  }

  async validate(blueprint: string, parameters: Record<string, unknown>, signal?: AbortSignal) {
    return given(await (await this.#api()).POST('/requests/validate', { body: { blueprint, parameters }, signal }));
  }

  async submit(blueprint: string, parameters: Record<string, unknown>, idempotencyKey: string) {
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    return given(await (await this.#api()).POST('/requests', { params, body: { blueprint, parameters } }));
  }

  #api(): Promise<PlatformClient> {
    const { discoveryApi, fetchApi } = this.#options;
    this.#client ??= createPlatformClient({ discoveryApi, fetchApi: { fetch: throwing(fetchApi.fetch) } });
    return this.#client;
  }
}

function at(requestId: string) {
  return { params: { path: { requestId } } };
}

function on({ cluster, name }: NamespaceRef) {
  return { params: { path: { name }, query: { cluster } } };
}

/** A fetch that throws what is no success, in Backstage's form. `304 Not Modified` is one: nothing else is to come. */
function throwing(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...call) => {
    const response = await fetch(...call);
    if (!response.ok && response.status !== 304) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  };
}

/** What came; without a success nothing comes this far. */
function given<T>(answer: { data?: T }): T {
  return answer.data as T;
}
