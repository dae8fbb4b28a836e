/** Whether each Argo instance answers, and since when it does not. Kept in memory: each process sees for itself. */
import type { LoggerService } from '@backstage/backend-plugin-api';

/** What is known of an instance. */
export interface ArgoState {
  instance: string;
  /** Nothing before anybody has asked it. */
  up?: boolean;
  /** When `up` became what it is. */
  since?: string;
  /** Why it is not up. */
  reason?: string;
}

export class ArgoHealth {
  readonly #states: Map<string, ArgoState>;
  readonly #listeners: ((state: ArgoState) => void)[] = [];

  constructor(
    instances: readonly string[],
    private readonly logger: LoggerService,
  ) {
    this.#states = new Map(instances.map(instance => [instance, { instance }]));
  }

  /** The instance answered. */
  up(instance: string): void {
    const before = this.#states.get(instance);
    if (before?.up) {
      return;
    }
    if (before?.up === false) {
      this.logger.info(`Argo \`${instance}\` answers again; it was away since ${before.since}`);
    }
    this.#set({ instance, up: true, since: new Date().toISOString() });
  }

  /** The instance did not answer, or not as it should. */
  down(instance: string, reason: string): void {
    const before = this.#states.get(instance);
    if (before?.up === false) {
      this.#states.set(instance, { ...before, reason });
      return;
    }
    this.logger.warn(`Argo \`${instance}\` is away, requests wait until it is back: ${reason}`);
    this.#set({ instance, up: false, since: new Date().toISOString(), reason });
  }

  /** All instances, in the order of the configuration. */
  states(): ArgoState[] {
    return [...this.#states.values()];
  }

  /** Calls `listener` each time an instance comes or goes: what waits for one that is back can be tried at once. */
  onChange(listener: (state: ArgoState) => void): void {
    this.#listeners.push(listener);
  }

  #set(state: ArgoState): void {
    this.#states.set(state.instance, state);
    this.#listeners.forEach(listener => listener(state));
  }
}
