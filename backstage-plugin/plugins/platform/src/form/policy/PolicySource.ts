// Where forms get their policy from: the documents are asked for once and shared, and asked for again by their ETag, so that a form that
// stays open decides by what holds today. Without the core or the documents there is no policy, and forms fail closed.
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { PlatformApi } from '../../api';
import { type Core, loadCore } from '../core';
import { Policy } from './Policy';

export type PolicyState =
  | { status: 'loading' }
  | { status: 'ready'; policy: Policy }
  /** `core`: the WebAssembly didn't load or start; `documents`: the backend didn't answer. */
  | { status: 'failed'; what: 'core' | 'documents'; error: unknown };

/** The core was loaded, but can't be started, or can't read the documents. */
class CoreFailure extends Error {}

export class PolicySource {
  readonly #platform: PlatformApi;
  readonly #identity: IdentityApi;
  readonly #load: () => Promise<Core>;
  readonly #listeners = new Set<() => void>();
  #state: PolicyState = { status: 'loading' };
  #etag?: string;
  #refreshing?: Promise<void>;

  constructor(platform: PlatformApi, identity: IdentityApi, load: () => Promise<Core> = loadCore) {
    this.#platform = platform;
    this.#identity = identity;
    this.#load = load;
  }

  readonly state = (): PolicyState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The policy as it is now; the documents are asked for when there is none yet. */
  async policy(): Promise<Policy> {
    if (this.#state.status !== 'ready') {
      await this.refresh();
    }
    const state = this.state();
    if (state.status === 'ready') {
      return state.policy;
    }
    throw state.status === 'failed' ? state.error : new Error('the policy was not loaded');
  }

  /** Asks whether the documents changed. A policy that stands is kept when the backend doesn't answer. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    let core: Core;
    try {
      core = await this.#load();
    } catch (error) {
      this.#fail('core', error);
      return;
    }
    try {
      const answer = await this.#platform.documentsSince(this.#state.status === 'ready' ? this.#etag : undefined);
      if (answer) {
        const { userEntityRef, ownershipEntityRefs } = await this.#identity.getBackstageIdentity();
        const groups = ownershipEntityRefs.filter(ref => ref !== userEntityRef);
        this.#set({ status: 'ready', policy: compile(core, answer.documents, { ref: userEntityRef, groups }) });
        this.#etag = answer.etag;
      }
    } catch (error) {
      this.#fail(error instanceof CoreFailure ? 'core' : 'documents', error instanceof CoreFailure ? error.cause : error);
    }
  }

  #fail(what: 'core' | 'documents', error: unknown): void {
    if (this.#state.status !== 'ready') {
      this.#set({ status: 'failed', what, error });
    }
  }

  #set(state: PolicyState): void {
    this.#state = state;
    this.#listeners.forEach(listener => listener());
  }
}

function compile(core: Core, ...of: ConstructorParameters<typeof Policy> extends [Core, ...infer Rest] ? Rest : never): Policy {
  try {
    return new Policy(core, ...of);
  } catch (error) {
    throw new CoreFailure('the core can’t be used', { cause: error });
  }
}

const sources = new WeakMap<PlatformApi, PolicySource>();

/** The source that all forms of an app share. */
export function policySourceOf(platform: PlatformApi, identity: IdentityApi): PolicySource {
  let source = sources.get(platform);
  if (!source) {
    source = new PolicySource(platform, identity);
    sources.set(platform, source);
  }
  return source;
}
