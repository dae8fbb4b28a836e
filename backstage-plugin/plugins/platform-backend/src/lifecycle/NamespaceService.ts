/**
 * What can be done with what stands: each is a request about it, judged, approved, carried out and written down as any other.
 *
 * Who may see it, and what permissions narrow further, is the matter of those who call; that only its team, who asked for it and
 * platform engineers touch it, is settled here, in every permission mode.
 */
import { ConflictError, InputError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import type { RequestFilter } from '../database/filter';
import type { Page } from '../database/cursor';
import { isFresh, type Observation } from '../inventory/model';
import { assertMayManage } from '../requests/authority';
import type { RequestEnvironment } from '../requests/environment';
import type { RequestPurpose, StoredRequest } from '../requests/model';
import { Policy } from '../requests/policy';
import { type PlanWithManifests, type Subject, prepare } from '../requests/prepare';
import { type KeyOptions, type Submitted, replayed, submit } from '../requests/submit';
import { mergePatch } from './mergePatch';
import type { StoredNamespace } from './model';

/** A part of the parameters, as it came. */
export type Patch = Readonly<Record<string, unknown>>;

/** What stands, with what is under way about it, and what its cluster says of it where that is known today. */
export interface Standing {
  namespace: StoredNamespace;
  open?: StoredRequest;
  seen?: Observation;
}

/** How many of what nobody asked for are shown. */
const MOST_UNMANAGED = 200;

/** The blueprint of what can be taken over. */
const NAMESPACE = 'namespace';

/** How something is given back. */
export interface Decommission {
  /** Its name, typed once more. */
  confirm: string;
  /** Freeze it first. */
  freeze?: boolean;
}

/** How it is asked. */
export type AskOptions = KeyOptions;

/** What stands: seen, changed, given back. Errors are those of `RequestService`. */
export class NamespaceService {
  readonly #env: RequestEnvironment;

  constructor(environment: RequestEnvironment) {
    this.#env = environment;
  }

  /** What stands by requests that the filter lets through, the newest first. */
  async list(filter: RequestFilter[], cursor: string | undefined, limit: number): Promise<Page<Standing>> {
    const { stores } = this.#env;
    const states: RequestFilter = { key: 'state', values: ['standing', 'frozen'] };
    const page = await stores.requests.list({ allOf: [states, ...filter] }, cursor, limit);
    const ids = page.items.map(({ id }) => id);
    const [namespaces, open, seen] = await Promise.all([
      stores.namespaces.findAll(ids),
      stores.requests.allOpenAbout(ids),
      this.#seen(page.items),
    ]);
    const items = ids.flatMap(id => {
      const namespace = namespaces.get(id);
      return namespace === undefined ? [] : [{ namespace, open: open.get(id), seen: seen.get(id) }];
    });
    return { ...page, items };
  }

  /** What carries Berth's labels, though no request has made it. */
  async unmanaged(): Promise<Observation[]> {
    const fresh = await this.freshClusters();
    return (await this.#env.stores.observations.unmanaged(MOST_UNMANAGED)).filter(({ cluster }) => fresh.has(cluster));
  }

  /** Clusters that were read, and not too long ago. */
  async freshClusters(): Promise<Set<string>> {
    const now = this.#env.now();
    const states = await this.#env.stores.observations.states();
    return new Set(states.filter(state => isFresh(state, now)).map(({ cluster }) => cluster));
  }

  /** What was seen of what these requests have made, by their ids. */
  async #seen(origins: StoredRequest[]): Promise<Map<string, Observation>> {
    const fresh = await this.freshClusters();
    const places = origins.filter(({ cluster }) => fresh.has(cluster));
    const seen = places.length > 0 ? await this.#env.stores.observations.findAll(places) : [];
    return new Map(seen.flatMap(one => (one.requestId === undefined ? [] : [[one.requestId, one]])));
  }

  /** What an earlier call with this key has made, whatever became of it since. @throws KeyReusedError */
  replayed(actor: Actor, options: AskOptions): Promise<Submitted | undefined> {
    return replayed(this.#env, actor, options);
  }

  /** Asks for other parameters. @throws InputError when nothing would be different */
  async change(actor: Actor, standing: StoredNamespace, patch: Patch, options: AskOptions = {}): Promise<Submitted> {
    return this.#ask(standing, this.#changed(actor, standing, patch), options);
  }

  /** Asks for another end. What is frozen already comes back with it. @throws InputError where nothing has an end */
  async extend(actor: Actor, standing: StoredNamespace, expiresAt: string, options: AskOptions = {}): Promise<Submitted> {
    return standing.state === 'frozen'
      ? this.restore(actor, standing, expiresAt, options)
      : this.#ask(standing, this.#changed(actor, standing, this.#endingAt(standing, expiresAt), 'extend'), options);
  }

  /** Asks to apply again what was carried out last. */
  async repair(actor: Actor, standing: StoredNamespace, options: AskOptions = {}): Promise<Submitted> {
    assertNotFrozen(standing);
    return this.#ask(standing, subjectOf('change', actor, standing, standing.parameters, 'repair'), options);
  }

  /** Takes back that it was given back, or that its time was over. @throws ConflictError unless it is frozen */
  async restore(actor: Actor, standing: StoredNamespace, expiresAt?: string, options: AskOptions = {}): Promise<Submitted> {
    if (standing.state !== 'frozen') {
      throw new ConflictError(`\`${standing.name}\` is not frozen; there is nothing to restore`);
    }
    const patch = expiresAt === undefined ? {} : this.#endingAt(standing, expiresAt);
    const parameters = mergePatch(standing.parameters, patch);
    return this.#ask(standing, subjectOf('change', actor, standing, parameters, 'restore'), options);
  }

  /**
   * Gives it back: at once, or by freezing it first, so that it can still be taken back for some days.
   *
   * @throws InputError unless `confirm` is its name
   */
  async decommission(actor: Actor, standing: StoredNamespace, how: Decommission, options: AskOptions = {}): Promise<Submitted> {
    const { confirm, freeze = false } = how;
    if (confirm !== standing.name) {
      throw new InputError(`\`confirm\` is \`${confirm}\`, and the namespace is \`${standing.name}\`; write its name to delete it`);
    }
    if (freeze) {
      assertNotFrozen(standing);
    }
    return this.#ask(standing, subjectOf(freeze ? 'freeze' : 'delete', actor, standing, standing.parameters), options);
  }

  /** Asks to take over a namespace that stands and that Berth did not make. */
  async adopt(actor: Actor, parameters: Patch, options: AskOptions = {}): Promise<Submitted> {
    return submit(this.#env, adoption(actor, parameters), options);
  }

  /** What taking it over would do. Nothing is stored. */
  async planAdoption(actor: Actor, parameters: Patch): Promise<PlanWithManifests> {
    const { cluster, name } = Policy.of(this.#env.berth()).placeOf(NAMESPACE, parameters);
    const live = cluster === undefined || name === undefined ? [] : await this.#env.readLive(cluster, name);
    return this.#plan(adoption(actor, parameters), live);
  }

  /** What a change would do. Nothing is stored. */
  async planChange(actor: Actor, standing: StoredNamespace, patch: Patch): Promise<PlanWithManifests> {
    return this.#plan(this.#changed(actor, standing, patch));
  }

  /** What its end would do. Nothing is stored. */
  async planEnd(actor: Actor, standing: StoredNamespace, kind: 'delete' | 'freeze' = 'delete'): Promise<PlanWithManifests> {
    return this.#plan(subjectOf(kind, actor, standing, standing.parameters));
  }

  #changed(actor: Actor, standing: StoredNamespace, patch: Patch, purpose?: RequestPurpose): Subject {
    assertNotFrozen(standing);
    const parameters = mergePatch(standing.parameters, patch);
    if (JSON.stringify(parameters) === JSON.stringify(standing.parameters)) {
      throw new InputError(`\`${standing.name}\` is like that already; to apply it again, repair it`);
    }
    return subjectOf('change', actor, standing, parameters, purpose);
  }

  async #ask(standing: StoredNamespace, subject: Subject, options: AskOptions): Promise<Submitted> {
    const origin = await this.#env.stores.requests.get(standing.requestId);
    assertMayManage(Policy.of(this.#env.berth()), subject.requester, origin);
    return submit(this.#env, subject, options);
  }

  async #plan(subject: Subject, live?: readonly object[]): Promise<PlanWithManifests> {
    const { plan, outcome } = await prepare(this.#env, this.#env.stores, subject, { now: this.#env.now().toISOString(), live });
    // Who must agree depends on the kind, too, of which the core's plan knows nothing.
    return { ...plan(), approval: outcome.approval };
  }

  #endingAt({ blueprint, name }: StoredNamespace, expiresAt: string): Patch {
    const field = Policy.of(this.#env.berth()).expiryFieldOf(blueprint);
    if (field === undefined) {
      throw new InputError(`\`${name}\` has no end: its blueprint \`${blueprint}\` names no parameter for it (\`scope.expiry\`)`);
    }
    return { [field]: expiresAt };
  }
}

function assertNotFrozen({ name, state }: StoredNamespace): void {
  if (state === 'frozen') {
    throw new ConflictError(`\`${name}\` is frozen and will be deleted; restore it first`);
  }
}

function adoption(requester: Actor, parameters: Patch): Subject {
  return { kind: 'adopt', requester, blueprint: NAMESPACE, parameters };
}

function subjectOf(
  kind: Subject['kind'],
  requester: Actor,
  { blueprint, requestId: originId }: StoredNamespace,
  parameters: Readonly<Record<string, unknown>>,
  purpose?: RequestPurpose,
): Subject {
  return { kind, requester, blueprint, parameters, originId, ...(purpose && { purpose }) };
}
