/** Stands between a client and a server, so that a test can let the server go away and come back with all that it knows. */
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export class HttpProxy {
  readonly #target: URL;
  #server: Server;
  #port = 0;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = this.#create();
  }

  static async start(target: string): Promise<HttpProxy> {
    const proxy = new HttpProxy(target);
    await proxy.restore();
    return proxy;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Ends all connections and takes no more. */
  async cut(): Promise<void> {
    const closed = new Promise(done => this.#server.close(done));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Takes connections again, on the same port. */
  async restore(): Promise<void> {
    this.#server = this.#create();
    await new Promise<void>((done, fail) => {
      this.#server.once('error', fail);
      this.#server.listen(this.#port, '127.0.0.1', done);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #create(): Server {
    return createServer((near, answer) => this.#pass(near, answer));
  }

  #pass(near: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path } = near;
    const { hostname, port, host } = this.#target;
    const far = request({ hostname, port, method, path, headers: { ...near.headers, host } }, reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      answer.flushHeaders();
      reply.on('error', () => answer.destroy());
      reply.pipe(answer);
    });
    far.on('error', () => answer.destroy());
    answer.on('close', () => far.destroy());
    near.pipe(far);
  }
}
