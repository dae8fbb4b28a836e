/**
 * Compares what stands in a cluster with what the tables say, and writes down what was seen: gone by hand, drifted, terminating, made by
 * somebody else. It changes nothing in the cluster.
 *
 * INVARIANT: what was not found is gone only when the API server itself has said so, by name, twice and for a minute. No error and no
 * empty list frees a name.
 */
import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonValue } from '@backstage/types';
import type { Berth } from '@berth/core';
import { stringifyError } from '@backstage/errors';
import type { StoredNamespace } from '../lifecycle/model';
import { gone, settle } from '../lifecycle/settle';
import { ownersOf } from '../lifecycle/owners';
import type { RequestEnvironment } from '../requests/environment';
import { isAboutStanding, type StoredRequest } from '../requests/model';
import { Policy } from '../requests/policy';
import { enqueueStop } from '../requests/queueing';
import { SYSTEM, type Work } from '../requests/Work';
import type { KubernetesApi, KubernetesObject } from './KubernetesApi';
import { fieldsOf, observationOf } from './look';
import type { DriftedField, Observation } from './model';
import { readSnapshot, type Snapshot } from './snapshot';

/** What the core says of an object that is not as it was rendered. */
export interface ObjectDrift {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  /** Nothing when the object is missing. */
  fields?: readonly { path: string; from?: JsonValue; to?: JsonValue }[];
}

/** How long a namespace must be missing before it counts as gone. */
export const GONE_AFTER_MS = 60_000;
/** Where something may be left of a request. */
const END_WITH_REST: ReadonlySet<string> = new Set(['failed', 'cancelled']);
/** How many rows are looked at in one go. */
const BATCH = 200;

export interface ReconcilerOptions {
  environment: RequestEnvironment;
  api: KubernetesApi;
  logger: LoggerService;
}

/** What one look at a cluster has found. */
export interface Reconciled {
  seen: number;
  missing: number;
  gone: number;
  drifted: number;
  unmanaged: number;
}

/** One cluster. */
export class Reconciler {
  readonly #env: RequestEnvironment;
  readonly #api: KubernetesApi;
  readonly #logger: LoggerService;

  constructor({ environment, api, logger }: ReconcilerOptions) {
    this.#env = environment;
    this.#api = api;
    this.#logger = logger;
  }

  /** Reads the cluster and writes down what was found; what goes wrong is written down, too. Never throws. */
  async run(): Promise<Reconciled | undefined> {
    const { observations } = this.#env.stores;
    const { cluster, everySeconds } = this.#api;
    const now = this.#env.now().toISOString();
    try {
      const found = await this.#reconcile(now);
      await observations.read(cluster, now, everySeconds);
      return found;
    } catch (error) {
      const message = stringifyError(error);
      this.#logger.warn(`what stands on \`${cluster}\` is not known, the tables are shown instead: ${message}`);
      await observations.read(cluster, now, everySeconds, message).catch(() => undefined);
      return undefined;
    }
  }

  async #reconcile(now: string): Promise<Reconciled> {
    const berth = this.#env.berth();
    const policy = Policy.of(berth);
    const snapshot = await readSnapshot(this.#api, policy.labelPrefix, policy.kinds);
    const found: Reconciled = { seen: snapshot.namespaces.size, missing: 0, gone: 0, drifted: 0, unmanaged: 0 };
    const expected = new Set<string>();
    const { namespaces, observations } = this.#env.stores;
    for (let last = ''; ; ) {
      const page = await namespaces.onCluster(this.#api.cluster, last, BATCH);
      if (page.length === 0) {
        break;
      }
      last = page.at(-1)?.requestId ?? '';
      for (const standing of page) {
        expected.add(standing.name);
        await this.#compare(berth, standing, snapshot, found, now);
      }
    }
    for (const namespace of snapshot.namespaces.values()) {
      if (!expected.has(namespace.metadata.name)) {
        await this.#unexpected(namespace, snapshot, found, now);
      }
    }
    await this.#leftovers(snapshot);
    await observations.forget(this.#api.cluster, now);
    return found;
  }

  /** Something that should stand. */
  async #compare(berth: Berth, standing: StoredNamespace, snapshot: Snapshot, found: Reconciled, now: string): Promise<void> {
    const { observations, requests } = this.#env.stores;
    const { cluster, name, requestId } = standing;
    const { labelPrefix } = Policy.of(berth);
    const before = await observations.find(cluster, name);
    const live = snapshot.namespaces.get(name) ?? (await this.#api.namespace(name));
    if (live === undefined || isAnother(live, standing, before, labelPrefix)) {
      found.missing += 1;
      found.gone += Number(await this.#missing(standing, before, now));
      return;
    }
    const objects = snapshot.objects.get(requestId) ?? [];
    const seen = observationOf(cluster, live, objects, labelPrefix, now);
    // While something is under way, and while it is frozen, it is not as it was rendered, and should not be.
    const isQuiet = standing.state === 'standing' && seen.phase === 'Active' && !(await requests.openAbout(requestId));
    if (isQuiet) {
      seen.drift = driftOf(berth, standing, await requests.get(requestId), live, snapshot);
    }
    found.drifted += Number(seen.drift.length > 0);
    await this.#tellDrift(standing, seen, before);
  }

  /** Writes down what was seen; of a drift, people are told once. */
  async #tellDrift(standing: StoredNamespace, seen: Observation, before: Observation | undefined): Promise<void> {
    const digest = createHash('sha256').update(JSON.stringify(seen.drift)).digest('hex');
    const isNews = seen.drift.length > 0 && before?.driftTold !== digest;
    await this.#env.commit(async work => {
      await work.stores.observations.put({ ...seen, ...(seen.drift.length > 0 && { driftTold: digest }) });
      if (isNews) {
        const origin = await work.stores.requests.get(standing.requestId);
        const objects = new Set(seen.drift.map(({ object }) => `${object.kind} ${object.name}`));
        await work.tell(origin, 'drifted', { to: ownersOf(this.#env.berth(), standing), comment: [...objects].join(', ') });
      }
    });
  }

  /** @returns is it gone by now? What is being deleted by a request is that request's to end. */
  async #missing(standing: StoredNamespace, before: Observation | undefined, now: string): Promise<boolean> {
    const { cluster, name, team, environment, requestId } = standing;
    const missingSince = before?.missingSince ?? now;
    const seen: Observation = { cluster, name, requestId, team, environment, phase: 'Missing', usage: {}, drift: [], seenAt: now, missingSince };
    const open = await this.#env.stores.requests.openAbout(requestId);
    const isBeingDeleted = open?.kind === 'delete' && open.status !== 'pending-approval';
    const isGone = !isBeingDeleted && before?.missingSince !== undefined && Date.parse(now) - Date.parse(missingSince) >= GONE_AFTER_MS;
    await this.#env.commit(async work => {
      await work.stores.observations.put({ ...(before?.uid !== undefined && { uid: before.uid }), ...seen });
      const still = await work.stores.namespaces.lock(requestId);
      if (isGone && still !== undefined && still.state !== 'gone') {
        await this.#vanish(work, still);
      }
    });
    return isGone;
  }

  /** Somebody deleted it by hand: its name, slot and budget are free, and nobody needs to approve anything about it any more. */
  async #vanish(work: Work, standing: StoredNamespace): Promise<void> {
    const open = await work.stores.requests.openAbout(standing.requestId);
    await gone(work, standing, 'by-hand');
    const origin = await work.stores.requests.get(standing.requestId);
    await work.tell(origin, 'vanished', { to: ownersOf(this.#env.berth(), standing) });
    if (open === undefined) {
      return;
    }
    const comment = `\`${standing.name}\` was deleted by hand`;
    const isUnsent =
      open.status === 'pending-approval' ||
      (open.status === 'queued' && (await work.stores.outbox.withdraw(open.id, open.attempt)));
    if (isUnsent) {
      await work.record(open, { action: 'cancelled', actorRef: SYSTEM, comment, notify: 'cancelled' });
    } else if (open.kind === 'change' && open.status === 'provisioning' && open.cancelRequestedAt === undefined) {
      await enqueueStop(work, open);
    }
  }

  /** Something that carries Berth's labels and stands by no completed request. */
  async #unexpected(namespace: KubernetesObject, snapshot: Snapshot, found: Reconciled, now: string): Promise<void> {
    const { labelPrefix } = Policy.of(this.#env.berth());
    const requestId = namespace.metadata.labels[`${labelPrefix}/request-id`] ?? '';
    const isReady =
      namespace.metadata.labels[`${labelPrefix}/provisioning`] === undefined && namespace.metadata.deletionTimestamp === undefined;
    const owner = await this.#env.stores.requests.find(requestId);
    const isOurs = owner?.cluster === this.#api.cluster && owner.name === namespace.metadata.name;
    // A namespace that was there before is ready from its first label on: it is taken over when all of it is as it was asked for.
    const isWhole = () => owner?.kind !== 'adopt' || driftOf(this.#env.berth(), owner, owner, namespace, snapshot).length === 0;
    if (isOurs && isReady && isWhole() && (await this.#standsAfterAll(owner.id))) {
      return;
    }
    const isUnderWay = isOurs && owner.holdsName;
    found.unmanaged += Number(!isUnderWay);
    const objects = snapshot.objects.get(requestId) ?? [];
    await this.#env.stores.observations.put(observationOf(this.#api.cluster, namespace, objects, labelPrefix, now));
  }

  /** A request that ended badly, though its namespace is ready: it is completed. @returns was it so? */
  async #standsAfterAll(id: string): Promise<boolean> {
    return this.#env.commit(async work => {
      const standing = await work.stores.namespaces.lock(id);
      const request = await work.stores.requests.lock(id);
      const hasEnded = (request.status === 'failed' || request.status === 'cancelled') && request.rollback !== 'running';
      const isFree = request.holdsName || !(await work.stores.requests.nameTaken(request.cluster, request.name));
      if (!hasEnded || !isFree || standing !== undefined || isAboutStanding(request.kind)) {
        return false;
      }
      const after = await work.record(request, {
        action: 'succeeded',
        actorRef: SYSTEM,
        comment: 'its namespace stands, and is ready',
        changes: { rollback: 'none', error: undefined },
        notify: 'completed',
      });
      await settle(this.#env.berth(), work, after, undefined);
      return true;
    });
  }

  /** Requests that hold their name only because something may be left of them: the API server knows. */
  async #leftovers(snapshot: Snapshot): Promise<void> {
    if (snapshot.forbidden.length > 0) {
      return;
    }
    const { requests, observations } = this.#env.stores;
    for (const { id, name, cluster } of await requests.leftovers(this.#api.cluster, BATCH)) {
      if (snapshot.namespaces.has(name) || (snapshot.objects.get(id)?.length ?? 0) > 0 || (await this.#api.namespace(name)) !== undefined) {
        continue;
      }
      const now = this.#env.now().toISOString();
      const before = await observations.find(cluster, name);
      const missingSince = before?.missingSince ?? now;
      await observations.put({ cluster, name, phase: 'Missing', usage: {}, drift: [], seenAt: now, missingSince });
      if (before?.missingSince === undefined || Date.parse(now) - Date.parse(missingSince) < GONE_AFTER_MS) {
        continue;
      }
      await this.#env.commit(async work => {
        const request = await work.stores.requests.lock(id);
        if (END_WITH_REST.has(request.status) && request.rollback === 'failed' && request.holdsName) {
          await work.record(request, {
            action: 'rollback-ended',
            actorRef: SYSTEM,
            comment: 'nothing of it is left in the cluster',
            changes: { rollback: 'done' },
          });
        }
      });
    }
  }
}

/** What of a namespace is not as these parameters are rendered for the request that made it. */
function driftOf(
  berth: Berth,
  { blueprint, parameters }: Pick<StoredRequest, 'blueprint' | 'parameters'>,
  { id: requestId, createdAt, requester }: StoredRequest,
  live: KubernetesObject,
  { objects, forbidden, unknown }: Snapshot,
): DriftedField[] {
  const { objects: drifted } = berth.drift(
    { blueprint, parameters, requester: requester.ref },
    {
      live: [live, ...(objects.get(requestId) ?? [])],
      origin: { requestId, createdAt, requester: requester.ref },
      unread: [...forbidden, ...unknown],
    },
  );
  return fieldsOf(drifted as readonly ObjectDrift[]);
}

/** Another namespace of the same name, made when ours was gone: it does not carry our request, and it is not the one that we saw. */
function isAnother(live: KubernetesObject, { requestId }: StoredNamespace, before: Observation | undefined, labelPrefix: string): boolean {
  const isMarked = live.metadata.labels[`${labelPrefix}/request-id`] === requestId;
  return !isMarked && before?.uid !== undefined && before.uid !== live.metadata.uid;
}
