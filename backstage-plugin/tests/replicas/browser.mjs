// An open page, as far as Backstage's signals go: a WebSocket that is told which requests changed.
const CHANNEL = 'platform:requests';
const CONNECT_MS = 3_000;
const PATIENCE_MS = 30_000;

export class Browser {
  #socket;
  #heard = new Set();
  #waiting = new Set();

  /** Connects; again and again, as Backstage's page does: the first connection to a backend only wakes it. */
  static async open(url) {
    for (;;) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/signals`);
      const isOpen = await new Promise(resolve => {
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
        setTimeout(resolve, CONNECT_MS, false);
      });
      if (isOpen) return new Browser(socket);
      socket.close();
    }
  }

  constructor(socket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      for (const id of JSON.parse(data).message.requestIds ?? []) this.#heard.add(id);
      this.#waiting.forEach(look => look());
    };
    socket.send(JSON.stringify({ action: 'subscribe', channel: CHANNEL }));
  }

  /** Until it is told that a request changed. */
  hears(requestId) {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => reject(new Error(`nobody told of ${requestId} within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
      const look = () => {
        if (!this.#heard.has(requestId)) return;
        clearTimeout(tooLate);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  close() {
    this.#socket.close();
  }
}
