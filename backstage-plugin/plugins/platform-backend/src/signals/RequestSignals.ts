/**
 * Tells open browsers which requests changed: ids and nothing else, since signals reach everybody. They go over Backstage's
 * events, so that the browsers of other replicas hear them too. A signal that is lost is no harm: pages also ask now and then.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { REQUESTS_CHANNEL, type RequestsChanged } from '@berth/plugin-platform-common';

/** Changes within this time go together: a burst of requests must not become a burst of messages. */
const GATHER_MS = 200;
/** The most ids in one message. */
const MOST_IDS = 200;

export class RequestSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #changed = new Set<string>();
  #timer?: NodeJS.Timeout;

  constructor(signals: SignalsService, logger: LoggerService) {
    this.#signals = signals;
    this.#logger = logger;
  }

  /** Takes the ids of requests that changed; for `RequestEnvironment.onCommit`. */
  changed(requestIds: readonly string[]): void {
    requestIds.forEach(id => this.#changed.add(id));
    if (this.#changed.size > 0 && this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#publish(), GATHER_MS);
      this.#timer.unref();
    }
  }

  /** Tells at once what was gathered, such as before the end. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#changed];
    this.#changed.clear();
    for (let start = 0; start < ids.length; start += MOST_IDS) {
      const message: RequestsChanged = { requestIds: ids.slice(start, start + MOST_IDS) };
      await this.#signals.publish({ recipients: { type: 'broadcast' }, channel: REQUESTS_CHANNEL, message });
    }
  }

  #publish(): void {
    this.flush().catch(error => this.#logger.debug(`browsers are not told of changes: ${stringifyError(error)}`));
  }
}
