/**
 * Workflows on their way into our tables: of each only the newest version, one at a time, a few at once. What runs waits for a moment
 * first, since more follows soon; an end does not. All wait for room, if there is a way to ask for it. A version that could not be
 * handled is forgotten, so that the next re-list brings it again.
 */
import type { Workflow } from '../argo';
import { hasEnded } from './workflowObservation';

/** Whether a Workflow has something more to say. */
export type Handled = 'more-to-come' | 'over';

/** How many Workflows whose newest version was handled are remembered. */
const MOST_REMEMBERED = 10_000;

export class ObservationQueue {
  readonly #handle: (workflow: Workflow) => Promise<Handled>;
  readonly #atOnce: number;
  readonly #gatherMs: number;
  readonly #room: (() => Promise<void>) | undefined;
  readonly #waiting = new Map<string, Workflow>();
  /** From when on what waits is handled; what is not in here is at once. */
  readonly #notBefore = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  readonly #running = new Set<string>();
  /** The newest version that was handled; `over` when nothing after it matters. */
  readonly #handled = new Map<string, string>();
  #idle: (() => void)[] = [];

  /**
   * @param handle - throws when a version could not be handled
   * @param gatherMs - how long a Workflow that has not ended waits
   * @param room - waited for before a version is handled; what comes meanwhile counts
   */
  constructor(handle: (workflow: Workflow) => Promise<Handled>, atOnce: number, gatherMs = 0, room?: () => Promise<void>) {
    this.#handle = handle;
    this.#atOnce = atOnce;
    this.#gatherMs = gatherMs;
    this.#room = room;
  }

  /** Takes a version of a Workflow, unless it or a newer one was taken before. */
  add(workflow: Workflow): void {
    const { uid, resourceVersion } = workflow.metadata;
    if (this.#handled.get(uid) === 'over') {
      return;
    }
    const known = this.#waiting.get(uid)?.metadata.resourceVersion ?? this.#handled.get(uid);
    // One without a phase is told again each time: how long it has none is the request's matter.
    if (known !== undefined && !isNewer(resourceVersion, known) && workflow.status.phase) {
      return;
    }
    if (hasEnded(workflow)) {
      this.#notBefore.delete(uid);
    } else if (this.#gatherMs > 0 && !this.#waiting.has(uid)) {
      this.#notBefore.set(uid, Date.now() + this.#gatherMs);
    }
    this.#waiting.set(uid, workflow);
    this.#next();
  }

  /** Forgets what waits. What runs goes on. */
  clear(): void {
    this.#waiting.clear();
    this.#notBefore.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** When nothing waits or runs any more. */
  async idle(): Promise<void> {
    if (this.#waiting.size + this.#running.size > 0) {
      await new Promise<void>(done => this.#idle.push(done));
    }
  }

  #next(): void {
    for (const uid of this.#waiting.keys()) {
      if (this.#running.size >= this.#atOnce) {
        return;
      }
      if (this.#isEarly(uid)) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#next();
        }, this.#gatherMs).unref();
      } else if (!this.#running.has(uid)) {
        this.#running.add(uid);
        void this.#run(uid);
      }
    }
  }

  async #run(uid: string): Promise<void> {
    try {
      if (this.#room) {
        await this.#room();
      }
      await this.#handleNewest(uid);
    } catch {
      this.#handled.delete(uid);
    }
    this.#running.delete(uid);
    this.#next();
    if (this.#waiting.size + this.#running.size === 0) {
      this.#idle.forEach(done => done());
      this.#idle = [];
    }
  }

  async #handleNewest(uid: string): Promise<void> {
    const workflow = this.#waiting.get(uid);
    this.#waiting.delete(uid);
    this.#notBefore.delete(uid);
    // All that waited may have been forgotten meanwhile.
    if (workflow !== undefined) {
      const handled = await this.#handle(workflow);
      this.#remember(uid, handled === 'over' ? handled : workflow.metadata.resourceVersion);
      if (handled === 'over') {
        this.#waiting.delete(uid);
        this.#notBefore.delete(uid);
      }
    }
  }

  #isEarly(uid: string): boolean {
    return Date.now() < (this.#notBefore.get(uid) ?? 0);
  }

  #remember(uid: string, version: string): void {
    this.#handled.delete(uid);
    this.#handled.set(uid, version);
    if (this.#handled.size > MOST_REMEMBERED) {
      const [oldest] = this.#handled.keys();
      this.#handled.delete(oldest);
    }
  }
}

/** Kubernetes calls versions opaque; where they are numbers, as they are, an older one must not overwrite a newer one. */
function isNewer(one: string, other: string): boolean {
  return /^\d+$/.test(one) && /^\d+$/.test(other) ? BigInt(one) > BigInt(other) : one !== other;
}
