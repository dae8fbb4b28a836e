// The documents that the backend decides by: those of the folder `berth.documents`, or those that come with Berth. Changes are taken
// while running; when they can't be used, the last good ones stay and it is said why. Who may see what is in view.ts.
import { resolve } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Berth } from '@berth/core/yaml';
import { type DocumentTexts, readDocuments } from './readDocuments';

/**
 * Files are read again this often: watching would miss folders that Kubernetes swaps, and network file systems.
 */
const LOOK_AGAIN_MS = 2_000;

/** See `DocumentStore.open`. */
export interface DocumentStoreOptions {
  directory?: string;
  logger: LoggerService;
  check?(berth: Berth): void;
  lookAgainMs?: number;
}

export class DocumentStore {
  readonly #directory: string | undefined;
  readonly #logger: LoggerService;
  #berth: Berth;
  /** What was read last, good or not. */
  #seen: string;
  #problem: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #check: (berth: Berth) => void;

  /**
   * Reads the documents and looks at them from now on.
   *
   * @param options - `directory` from the configuration; nothing means the documents that come with Berth. `check` throws when
   *   documents don't fit what else is configured: now, and whenever they have changed
   * @throws Error with everything that is wrong with the documents
   */
  static async open(options: DocumentStoreOptions): Promise<DocumentStore> {
    const { directory, logger, check = () => {}, lookAgainMs = LOOK_AGAIN_MS } = options;
    const texts = directory === undefined ? {} : await readDocuments(resolve(directory));
    const store = new DocumentStore(directory && resolve(directory), logger, texts, check);
    logger.info(`documents ${store.#directory ?? 'that come with Berth'}, ${store.#berth.policyDigest}`);
    store.#lookAgain(lookAgainMs);
    return store;
  }

  private constructor(directory: string | undefined, logger: LoggerService, texts: DocumentTexts, check: (berth: Berth) => void) {
    this.#directory = directory;
    this.#logger = logger;
    this.#check = check;
    this.#berth = this.#usable(texts);
    this.#seen = JSON.stringify(texts);
  }

  /** Today's documents. Ask again for each decision. */
  berth(): Berth {
    return this.#berth;
  }

  /** Why the documents in the folder are not those that are used; nothing while they are. */
  problem(): string | undefined {
    return this.#problem;
  }

  /** Looks at the folder now. */
  async reload(): Promise<void> {
    if (this.#directory === undefined) {
      return;
    }
    try {
      const texts = await readDocuments(this.#directory);
      const seen = JSON.stringify(texts);
      if (seen === this.#seen) {
        return;
      }
      this.#seen = seen;
      this.#berth = this.#usable(texts);
      this.#problem = undefined;
      this.#logger.info(`documents of ${this.#directory} changed, ${this.#berth.policyDigest}`);
    } catch (error) {
      this.#keep(error);
    }
  }

  /** Stops looking. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #usable(texts: DocumentTexts): Berth {
    const berth = new Berth(texts);
    this.#check(berth);
    return berth;
  }

  #keep(error: unknown): void {
    const problem = stringifyError(error);
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.#logger.error(
        `documents of ${this.#directory} can't be used, those of before stay (${this.#berth.policyDigest}): ${problem}`,
      );
    }
  }

  #lookAgain(everyMs: number): void {
    if (this.#directory !== undefined) {
      this.#timer = setTimeout(async () => {
        await this.reload();
        // Closed meanwhile?
        if (this.#timer) {
          this.#lookAgain(everyMs);
        }
      }, everyMs).unref();
    }
  }
}
