/**
 * What a request comes to under today's documents: its plan, its cost, who must approve it, and its workflow. Here the kinds differ;
 * those who submit, approve and try again treat all of them alike.
 */
import { ConflictError } from '@backstage/errors';
import type { Context, Origin, Plan, RenderOptions } from '@berth/core';
import type { Actor } from '../actor/Actor';
import type { Stores } from '../database/Stores';
import type { StoredNamespace } from '../lifecycle/model';
import type { RequestEnvironment } from './environment';
import { answered, assertAllowed, judge, parametersOf } from './judge';
import type { ApprovalNeed, RequestKind, RequestPurpose, StoredRequest } from './model';
import { Policy } from './policy';
import type { RenderedWorkflow } from './queueing';

/** What is asked for; a stored request is one. */
export interface Subject {
  kind: RequestKind;
  blueprint: string;
  parameters: Readonly<Record<string, unknown>>;
  requester: Actor;
  originId?: string;
  purpose?: RequestPurpose;
}

/** A plan, with its objects as YAML documents. */
export type PlanWithManifests = Plan & { manifests: string };

/** What of a request today's documents decide. */
export type Outcome = Pick<
  StoredRequest,
  'parameters' | 'planDigest' | 'wantedDigest' | 'policyDigest' | 'coreVersion' | 'monthlyCost' | 'costBefore' | 'currency' | 'approval'
>;

/** Where it goes. */
export type PlannedPlace = Pick<StoredRequest, 'cluster' | 'name' | 'team' | 'environment'>;

export interface Prepared {
  place: PlannedPlace;
  outcome: Outcome;
  policy: Policy;
  /** What stands, for a request about it. */
  standing?: StoredNamespace;
  /** What people read before they say yes. */
  plan(requestId?: string): PlanWithManifests;
  /** The workflow of an attempt. The same request and attempt give the same bytes under the same documents. */
  render(request: Pick<StoredRequest, 'id' | 'createdAt' | 'attempt'>): RenderedWorkflow;
}

/** How to look at it. */
export interface PrepareOptions {
  now: string;
  /** Hold the team's row until the transaction ends. */
  lock?: boolean;
  /** The stored request, whose own name, slot and cost don't count against it. */
  except?: StoredRequest;
  /** What the cluster holds of what shall be taken over; read before, since nobody waits for a cluster in a transaction. */
  live?: readonly object[];
}

const NOBODY: ApprovalNeed = { required: false, requirements: [] };

/**
 * Judges and plans.
 *
 * @throws ViolationsError; ConflictError when only the name is taken, or when what it is about no longer stands
 */
export async function prepare(
  env: RequestEnvironment,
  stores: Stores,
  subject: Subject,
  options: PrepareOptions,
): Promise<Prepared> {
  if (subject.originId === undefined) {
    return prepareNew(env, stores, subject, options);
  }
  const found = await about(stores, subject.originId, options.lock);
  return subject.kind === 'change'
    ? prepareChange(env, stores, subject, options, found)
    : prepareEnd(env, subject, options, found);
}

interface About {
  standing: StoredNamespace;
  origin: Origin;
}

/** What a request is about, with who made it. */
async function about(stores: Stores, originId: string, lock = false): Promise<About> {
  const standing = await (lock ? stores.namespaces.lock(originId) : stores.namespaces.find(originId));
  if (standing === undefined || standing.state === 'gone') {
    throw new ConflictError(`what the request \`${originId}\` has made is gone; there is nothing to change any more`);
  }
  const { id: requestId, createdAt, requester } = await stores.requests.get(originId);
  return { standing, origin: { requestId, createdAt, requester: requester.ref } };
}

/** Something that is made, or taken over. */
async function prepareNew(env: RequestEnvironment, stores: Stores, subject: Subject, options: PrepareOptions): Promise<Prepared> {
  const { kind, blueprint, requester } = subject;
  const adopts = kind === 'adopt';
  const current = adopts ? { adopt: true } : undefined;
  const ask = { actor: requester, blueprint, parameters: subject.parameters };
  const { decision, context, policy, nameTaken } = await judge(stores, env.berth(), ask, { ...options, current });
  assertAllowed(decision);
  const parameters = parametersOf(decision);
  const request = { blueprint, parameters, requester: requester.ref };
  const live = options.live ?? [];
  const plan = answered(() => env.berth().plan(request, { context, ...(adopts && { kind: 'adopt', live }) }));
  if (adopts && nameTaken) {
    throw new ConflictError(`\`${plan.name}\` is under Berth's management, or will be; there is nothing to take over`);
  }
  return {
    place: plan,
    policy,
    outcome: {
      parameters,
      ...digestsOf(plan),
      wantedDigest: adopts ? wantedDigest(env, request, context) : plan.planDigest,
      monthlyCost: decision.cost.monthly,
      currency: decision.cost.currency,
      approval: adopts ? neverByAccident(policy, decision.approval) : decision.approval,
    },
    ...rendering(env, request, adopts ? { kind: 'adopt' } : {}, plan, options.now),
  };
}

/** What others have made is taken over only when somebody who may approve anything has seen the differences. */
function neverByAccident(policy: Policy, approval: ApprovalNeed): ApprovalNeed {
  const adoption = { id: 'adopt', by: policy.approverClaims, count: 1, reason: 'it was made without Berth: look at what would change' };
  return approval.required ? approval : { required: true, requirements: [adoption] };
}

async function prepareChange(
  env: RequestEnvironment,
  stores: Stores,
  subject: Subject,
  options: PrepareOptions,
  { standing, origin }: About,
): Promise<Prepared> {
  const { blueprint, requester } = subject;
  const ask = { actor: requester, blueprint, parameters: subject.parameters };
  const used = await usedBy(stores, standing);
  const current = { parameters: standing.parameters, ...(used && { used }) };
  const { decision, context, policy } = await judge(stores, env.berth(), ask, { ...options, standing, current });
  assertAllowed(decision);
  const parameters = parametersOf(decision);
  const request = { blueprint, parameters, requester: requester.ref };
  const plan = answered(() => env.berth().plan(request, { context, origin }));
  const wanted = wantedDigest(env, request, context);
  // What brings back what was carried out before, exactly, was approved before.
  const bringsBack = subject.purpose === 'repair' || subject.purpose === 'restore';
  const wasApproved = bringsBack && wanted === standing.wantedDigest;
  const from = { blueprint: standing.blueprint, parameters: standing.parameters };
  return {
    place: plan,
    policy,
    standing,
    outcome: {
      parameters,
      ...digestsOf(plan),
      wantedDigest: wanted,
      monthlyCost: decision.cost.monthly,
      costBefore: standing.monthlyCost,
      currency: decision.cost.currency,
      approval: wasApproved ? NOBODY : decision.approval,
    },
    ...rendering(env, request, { kind: 'change', from, origin }, plan, options.now),
  };
}

/** What the quotas of something count, where its cluster was read. */
async function usedBy(stores: Stores, { cluster, name, requestId }: StoredNamespace): Promise<Record<string, string> | undefined> {
  const seen = await stores.observations.find(cluster, name);
  const usage = seen?.requestId === requestId ? Object.entries(seen.usage) : [];
  return usage.length === 0 ? undefined : Object.fromEntries(usage.map(([resource, { used }]) => [resource, used]));
}

/** Giving back what stands, or freezing it before. Today's rules and limits don't matter: what stands can always go. */
function prepareEnd(
  env: RequestEnvironment,
  subject: Subject,
  options: PrepareOptions,
  { standing, origin }: About,
): Prepared {
  const kind = subject.kind === 'freeze' ? 'freeze' : 'delete';
  const { parameters, blueprint, cluster, name, team, environment, monthlyCost, currency, wantedDigest: wanted } = standing;
  const request = { blueprint, parameters, requester: subject.requester.ref };
  const plan = answered(() => env.berth().plan(request, { kind, origin, now: options.now }));
  // Its end was decided when it was made, or when somebody asked to freeze it.
  const isByClock = subject.purpose === 'expiry' || subject.purpose === 'grace-over';
  return {
    // Where it was made, whatever today's documents say of its environment.
    place: { cluster, name, team, environment },
    policy: Policy.of(env.berth()),
    standing,
    outcome: {
      parameters,
      ...digestsOf(plan),
      wantedDigest: wanted,
      monthlyCost,
      currency,
      approval: isByClock ? NOBODY : plan.approval,
    },
    ...rendering(env, request, { kind, origin }, plan, options.now),
  };
}

/** What of the options of a rendering the kind decides. */
type KindOptions = Pick<RenderOptions, 'kind'> & { from?: object; origin?: Origin };

/** How the plan is shown, and the workflow made, of a request of a kind. */
function rendering(env: RequestEnvironment, request: object, kind: KindOptions, plan: Plan, now: string): Pick<Prepared, 'plan' | 'render'> {
  const berth = env.berth();
  const options = (requestId: string) => ({ ...kind, requestId }) as RenderOptions;
  return {
    plan: (requestId = 'assigned-on-submit') => ({
      ...plan,
      manifests: isShown(kind) ? answered(() => berth.renderYaml({ ...request }, { ...options(requestId), target: 'manifests', now })) : '',
    }),
    render: ({ id, createdAt, attempt }) => {
      const workflow = answered(() => berth.render({ ...request }, { ...options(id), target: env.targetOf(plan.cluster), now: createdAt, attempt }));
      return { name: workflow.metadata.name, text: JSON.stringify(workflow) };
    },
  };
}

/** Nothing is applied by a deletion. */
function isShown({ kind = 'create' }: KindOptions): boolean {
  return kind !== 'delete';
}

/** The digest of what shall stand, as if nothing stood before: the same for the first request and for each that brings it back. */
function wantedDigest(env: RequestEnvironment, request: object, { now }: Context): string {
  return answered(() => env.berth().plan({ ...request }, { kind: 'create', now })).planDigest;
}

function digestsOf({ planDigest, policyDigest, coreVersion }: Plan) {
  return { planDigest, policyDigest, coreVersion };
}

/** @throws ConflictError when the request would go elsewhere by today's documents */
export function assertSameCluster(request: StoredRequest, { place }: Prepared, whatToDo: string): void {
  if (place.cluster !== request.cluster) {
    throw new ConflictError(`the environment \`${place.environment}\` is now on the cluster \`${place.cluster}\`; ${whatToDo}`);
  }
}

/** What `prepare` needs of a stored request from outside the database; read before the transaction. */
export async function liveOf(env: RequestEnvironment, id: string): Promise<readonly object[] | undefined> {
  const request = await env.stores.requests.get(id);
  return request.kind === 'adopt' ? env.readLive(request.cluster, request.name) : undefined;
}
