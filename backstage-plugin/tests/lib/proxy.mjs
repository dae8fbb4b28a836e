// A proxy in front of the engine that misbehaves on demand: an Argo Server that is away, slow, answers 500, or whose connections
// are cut before or after the call reached it. What it does to a call is drawn from a seeded row, so that a run can be repeated.
import http from 'node:http';

/** The faults, and how often each is drawn while the weather is bad (of 100 calls; the rest passes). */
export const BAD_WEATHER = { 'error-500': 15, 'cut-before': 10, 'cut-after': 10, slow: 10 };

/**
 * @param {{ target: string, random: () => number, slowMs?: number }} options
 * @returns {Promise<FaultProxy>}
 */
export async function startProxy(options) {
  const proxy = new FaultProxy(options);
  await proxy.listen(0);
  return proxy;
}

class FaultProxy {
  #server;
  #sockets = new Set();
  #port = 0;
  #weather = {};
  /** How often each fault was really given. */
  given = {};

  constructor({ target, random, slowMs = 1500 }) {
    this.target = new URL(target);
    this.random = random;
    this.slowMs = slowMs;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Which faults are drawn from now on; `{}` is fair weather. */
  setWeather(weather) {
    this.#weather = weather;
  }

  listen(port) {
    this.#server = http.createServer((request, response) => this.#answer(request, response));
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#port = this.#server.address().port;
        resolve();
      });
    });
  }

  /** Nobody listens any more; every open connection ends. */
  goAway() {
    this.#count('away');
    return this.close();
  }

  /** Listens again where it did. */
  comeBack() {
    return this.listen(this.#port);
  }

  close() {
    const closed = new Promise(resolve => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    return closed;
  }

  #answer(request, response) {
    const fault = this.#draw();
    if (fault) this.#count(fault);
    switch (fault) {
      case 'error-500':
        request.resume();
        response.writeHead(500, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ code: 13, message: 'etcdserver: request timed out' }));
        return;
      case 'cut-before':
        request.socket.destroy();
        return;
      case 'slow':
        setTimeout(() => this.#forward(request, response), this.slowMs);
        return;
      default:
        this.#forward(request, response, { cut: fault === 'cut-after' });
    }
  }

  #forward(request, response, { cut = false } = {}) {
    const upstream = http.request(
      { host: this.target.hostname, port: this.target.port, method: request.method, path: request.url, headers: { ...request.headers, host: this.target.host } },
      answer => {
        if (cut) {
          // The engine has done what was asked; the caller never hears of it.
          answer.destroy();
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  #draw() {
    let at = this.random() * 100;
    for (const [fault, share] of Object.entries(this.#weather)) {
      at -= share;
      if (at < 0) return fault;
    }
    return undefined;
  }

  #count(fault) {
    this.given[fault] = (this.given[fault] ?? 0) + 1;
  }
}
