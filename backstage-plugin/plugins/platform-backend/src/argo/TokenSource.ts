/** The token of an Argo Server: fixed, or in a file that is rotated under us (as Kubernetes does with projected tokens). */
import { readFile } from 'node:fs/promises';

/** A token in a file is read again after this long. */
const MAX_AGE_MS = 60_000;

export interface TokenSource {
  /** The value of the `Authorization` header; nothing when there is no token. */
  authorization(): Promise<string | undefined>;
  /** Reads the token again after it was refused. True if another one was found, so that a second try makes sense. */
  renew(): Promise<boolean>;
}

class FixedToken implements TokenSource {
  readonly #header?: string;

  constructor(token?: string) {
    this.#header = token ? header(token) : undefined;
  }

  async authorization() {
    return this.#header;
  }

  async renew() {
    return false;
  }
}

class FileToken implements TokenSource {
  readonly #file: string;
  #header?: string;
  #readAt = 0;

  constructor(file: string) {
    this.#file = file;
  }

  async authorization() {
    if (this.#header === undefined || Date.now() - this.#readAt > MAX_AGE_MS) {
      await this.#read();
    }
    return this.#header;
  }

  async renew() {
    const before = this.#header;
    await this.#read();
    return this.#header !== before;
  }

  async #read() {
    this.#header = header(await readFile(this.#file, 'utf8'));
    this.#readAt = Date.now();
  }
}

/** What `argo auth token` prints begins with `Bearer ` already. */
function header(token: string): string {
  const trimmed = token.trim();
  return trimmed.startsWith('Bearer ') ? trimmed : `Bearer ${trimmed}`;
}

export function createTokenSource(options: { token?: string; tokenFile?: string }): TokenSource {
  return options.tokenFile ? new FileToken(options.tokenFile) : new FixedToken(options.token);
}
