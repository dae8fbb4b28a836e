/** An HTTP server that answers as a test tells it to: for faults that a real one does not make on demand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was asked. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (response: ServerResponse, asked: Asked) => void | Promise<void>;

/** A JSON answer. */
export const json =
  (status: number, body: unknown): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export class ScriptedServer {
  readonly asked: Asked[] = [];
  readonly #server: Server;
  #answers: Answer[] = [];

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>(done => server.#server.listen(0, '127.0.0.1', done));
    return server;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
      };
      this.asked.push(asked);
      const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
      await (answer ?? json(404, { code: 5, message: 'nothing was scripted' }))(response, asked);
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers one call after the other; the last answer stays. */
  script(...answers: Answer[]): void {
    this.#answers = answers;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }
}

/** No answer: the connection is cut. */
export const cut: Answer = response => {
  response.socket?.destroy();
};

/** No answer, and no end. */
export const silence: Answer = () => undefined;

/** A stream of server-sent events, framed as Argo frames them; `end` says what becomes of it then. */
export const events =
  (messages: unknown[], end: 'eof' | 'cut' | 'stall' | { half: string } = 'eof'): Answer =>
  response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(messages.map(message => `data: ${JSON.stringify(message)} \n\n\n`).join(':\n'));
    if (end === 'cut') {
      // Not before the messages have left.
      response.write(':\n', () => response.socket?.destroy());
    } else if (typeof end === 'object') {
      response.end(end.half);
    } else if (end === 'eof') {
      response.end();
    }
  };
