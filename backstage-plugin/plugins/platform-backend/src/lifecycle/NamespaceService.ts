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

/** What stands, with what is under way about it. */
export interface Standing {
  namespace: StoredNamespace;
  open?: StoredRequest;
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
    const [namespaces, open] = await Promise.all([stores.namespaces.findAll(ids), stores.requests.allOpenAbout(ids)]);
    const items = ids.flatMap(id => {
      const namespace = namespaces.get(id);
      return namespace === undefined ? [] : [{ namespace, open: open.get(id) }];
    });
    return { ...page, items };
  }

  /** What an earlier call with this key has made, whatever became of it since. @throws KeyReusedError */
  replayed(actor: Actor, options: AskOptions): Promise<Submitted | undefined> {
    return replayed(this.#env, actor, options);
  }

  /** Asks for other parameters. @throws InputError when nothing would be different */
  async change(actor: Actor, standing: StoredNamespace, patch: Patch, options: AskOptions = {}): Promise<Submitted> {
    return this.#ask(standing, this.#changed(actor, standing, patch), options);
  }

  /** Asks for another end. */
  async extend(actor: Actor, standing: StoredNamespace, expiresAt: string, options: AskOptions = {}): Promise<Submitted> {
    return this.#ask(standing, this.#changed(actor, standing, { expiresAt }, 'extend'), options);
  }

  /** Asks to apply again what was carried out last. */
  async repair(actor: Actor, standing: StoredNamespace, options: AskOptions = {}): Promise<Submitted> {
    return this.#ask(standing, subjectOf('change', actor, standing, standing.parameters, 'repair'), options);
  }

  /** Gives it back. @throws InputError unless `confirm` is its name */
  async decommission(actor: Actor, standing: StoredNamespace, confirm: string, options: AskOptions = {}): Promise<Submitted> {
    if (confirm !== standing.name) {
      throw new InputError(`\`confirm\` is \`${confirm}\`, and the namespace is \`${standing.name}\`; write its name to delete it`);
    }
    return this.#ask(standing, subjectOf('delete', actor, standing, standing.parameters), options);
  }

  /** What a change would do. Nothing is stored. */
  async planChange(actor: Actor, standing: StoredNamespace, patch: Patch): Promise<PlanWithManifests> {
    return this.#plan(this.#changed(actor, standing, patch));
  }

  /** What its end would do. Nothing is stored. */
  async planEnd(actor: Actor, standing: StoredNamespace): Promise<PlanWithManifests> {
    return this.#plan(subjectOf('delete', actor, standing, standing.parameters));
  }

  #changed(actor: Actor, standing: StoredNamespace, patch: Patch, purpose?: RequestPurpose): Subject {
    if (standing.state === 'frozen') {
      throw new ConflictError(`\`${standing.name}\` is frozen and will be deleted; restore it first`);
    }
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

  async #plan(subject: Subject): Promise<PlanWithManifests> {
    const { plan } = await prepare(this.#env, this.#env.stores, subject, { now: this.#env.now().toISOString() });
    return plan();
  }
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
