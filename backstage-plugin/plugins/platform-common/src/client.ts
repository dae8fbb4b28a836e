// The typed client of the HTTP API. It finds the backend and authenticates with what is given in, so that the same client
// serves a browser (discovery and fetch APIs), a backend module (discovery service and a plugin token) and a script.
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';

/** Calls by path, typed: `client.POST('/namespaces/request', { body })`. */
export type PlatformClient = Client<paths>;

/** What the client needs; Backstage's discovery and fetch APIs fit. */
export interface PlatformClientOptions {
  /** Where the plugin `platform` answers. */
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Adds the caller's token to what it sends; without it the global `fetch` is used. */
  fetchApi?: { fetch: typeof fetch };
  /** A bearer token to send along, asked for once per client. */
  token?: string;
}

/**
 * Makes a client for one caller.
 *
 * Answers other than 2xx are no exceptions: they are in `error`, with `response.status`.
 */
export async function createPlatformClient(options: PlatformClientOptions): Promise<PlatformClient> {
  const { discoveryApi, fetchApi, token } = options;
  return createClient<paths>({
    baseUrl: await discoveryApi.getBaseUrl('platform'),
    ...(fetchApi && { fetch: request => send(fetchApi, request) }),
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  });
}

/** Backstage's fetch API reads a `Request` more than once, which a body doesn't bear: it is handed over in parts. */
async function send(fetchApi: { fetch: typeof fetch }, request: Request): Promise<Response> {
  const { url, method, headers, signal } = request;
  const body = await request.text();
  return fetchApi.fetch(url, { method, headers, signal, ...(body !== '' && { body }) });
}
