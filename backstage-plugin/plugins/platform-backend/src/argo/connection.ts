/**
 * HTTP to one Argo Server: address, token, TLS, timeouts, and errors in Argo's words. What is called is `ArgoClient`'s.
 *
 * Redirects are not followed (a login page is no answer), and nothing is tried again here but a call whose token was
 * refused while the file holds a newer one.
 */
import { readFileSync } from 'node:fs';
import { InputError, stringifyError } from '@backstage/errors';
import { Agent, request, type Dispatcher } from 'undici';
import { ArgoError } from './ArgoError';
import type { ArgoInstance } from './readArgoConfig';
import { createTokenSource, type TokenSource } from './TokenSource';

/** The most that is read of an answer. */
const MAX_ANSWER_BYTES = 64 << 20;
const MAX_ERROR_BYTES = 1 << 20;
const MAX_CONNECT_MS = 5_000;

export interface Call {
  method?: 'GET' | 'POST' | 'PUT';
  query?: Record<string, string | undefined>;
  /** JSON text. */
  body?: string;
}

export class Connection {
  readonly #instance: ArgoInstance;
  readonly #token: TokenSource;
  readonly #calls: Agent;
  readonly #streams: Agent;

  /** `stallMs`: how long a stream may be silent; Argo gives a sign of life every 15 seconds. */
  constructor(instance: ArgoInstance, stallMs: number) {
    this.#instance = instance;
    this.#token = createTokenSource(instance);
    const connect = { ca: readCa(instance.caFile, `Argo instance \`${instance.name}\``), timeout: Math.min(instance.timeoutMs, MAX_CONNECT_MS) };
    const headersTimeout = instance.timeoutMs;
    this.#calls = new Agent({
      connect,
      headersTimeout,
      bodyTimeout: instance.timeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    this.#streams = new Agent({ connect, headersTimeout, bodyTimeout: stallMs });
  }

  /** A call with one JSON answer. */
  async json(path: string, call: Call = {}): Promise<unknown> {
    // The agent's timeouts see silence; this one sees an answer that trickles.
    const signal = AbortSignal.timeout(this.#instance.timeoutMs);
    try {
      const response = await this.#checked(path, call, { agent: this.#calls, accept: 'application/json', signal });
      return parse(this.#instance.name, await response.body.text());
    } catch (error) {
      if (signal.aborted && !(error instanceof ArgoError)) {
        throw new ArgoError(this.#instance.name, 'unreachable', "can't be reached (no answer in time)", { cause: error });
      }
      throw ArgoError.ofCall(this.#instance.name, error);
    }
  }

  /** A call whose answer goes on: its bytes as they come. Ends without an error when `signal` is aborted. */
  async *stream(path: string, call: Call, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      const options = { agent: this.#streams, accept: 'text/event-stream', signal };
      const response = await this.#checked(path, call, options);
      for await (const chunk of response.body) {
        yield chunk;
      }
    } catch (error) {
      if (signal?.aborted) {
        return;
      }
      throw ArgoError.ofCall(this.#instance.name, error);
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#calls.destroy(), this.#streams.destroy()]);
  }

  async #checked(path: string, call: Call, options: SendOptions): Promise<Dispatcher.ResponseData> {
    let response = await this.#send(path, call, options);
    if (response.statusCode === 401 && (await this.#token.renew())) {
      await response.body.dump();
      response = await this.#send(path, call, options);
    }
    if (response.statusCode >= 200 && response.statusCode < 300) {
      return response;
    }
    throw ArgoError.ofAnswer(this.#instance.name, response.statusCode, await errorText(response));
  }

  async #send(path: string, { method = 'GET', query, body }: Call, { agent, accept, signal }: SendOptions) {
    const url = new URL(`${this.#instance.baseUrl}${path}`);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    const authorization = await this.#authorization();
    const headers: Record<string, string> = {
      accept,
      'user-agent': 'berth',
      ...(authorization && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return request(url, { method, headers, body, dispatcher: agent, signal });
  }

  async #authorization(): Promise<string | undefined> {
    try {
      return await this.#token.authorization();
    } catch (error) {
      const reason = `can't be asked: the token can't be read (${stringifyError(error)})`;
      throw new ArgoError(this.#instance.name, 'unauthorized', reason, { cause: error });
    }
  }
}

interface SendOptions {
  agent: Agent;
  accept: string;
  signal?: AbortSignal;
}

/** The certificates to trust, if a file of them is named. @throws InputError when it can't be read */
export function readCa(caFile: string | undefined, whose: string): Buffer | undefined {
  try {
    return caFile ? readFileSync(caFile) : undefined;
  } catch (error) {
    throw new InputError(
      `\`caFile\` of ${whose} can't be read: name a PEM file with certificates`,
      error,
    );
  }
}

async function errorText(response: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_ERROR_BYTES) {
      break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(instance: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ArgoError(instance, 'not-argo', 'does not answer as Argo does (its answer is not JSON)', { cause });
  }
}
