/**
 * What a request comes to under today's documents: its plan, its cost, who must approve it, and its workflow. Here the kinds differ;
 * those who submit, approve and try again treat all of them alike.
 */
import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Origin, Plan } from '@berth/core';
import type { Actor } from '../actor/Actor';
import type { Stores } from '../database/Stores';
import type { StoredNamespace } from '../lifecycle/model';
import type { RequestEnvironment } from './environment';
import { answered, assertAllowed, judge, parametersOf, planned } from './judge';
import { type ApprovalNeed, type RequestKind, type RequestPurpose, type StoredRequest } from './model';
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
export type PlanWithManifests = Plan & { kind: RequestKind; manifests: string };

/** What of a request today's documents decide. */
export type Outcome = Pick<
  StoredRequest,
  'parameters' | 'planDigest' | 'policyDigest' | 'coreVersion' | 'monthlyCost' | 'costBefore' | 'currency' | 'approval'
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
}

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
    : prepareEnd(env, stores, subject, options, found);
}

const NOBODY: ApprovalNeed = { required: false, requirements: [] };

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

async function prepareNew(env: RequestEnvironment, stores: Stores, subject: Subject, options: PrepareOptions): Promise<Prepared> {
  const berth = env.berth();
  const ask = { actor: subject.requester, blueprint: subject.blueprint, parameters: subject.parameters };
  const { decision, context, policy } = await judge(stores, berth, ask, options);
  assertAllowed(decision);
  const plan = planned(berth, ask, context);
  const parameters = parametersOf(decision);
  const request = { blueprint: subject.blueprint, parameters, requester: subject.requester.ref };
  return {
    place: plan,
    policy,
    outcome: {
      parameters,
      ...digestsOf(plan),
      monthlyCost: decision.cost.monthly,
      currency: decision.cost.currency,
      approval: decision.approval,
    },
    plan: (requestId = 'assigned-on-submit') => ({
      ...plan,
      kind: subject.kind,
      manifests: answered(() => berth.renderYaml(request, { target: 'manifests', requestId, now: options.now })),
    }),
    render: ({ id, createdAt, attempt }) =>
      workflowOf(answered(() => berth.render(request, { target: env.targetOf(plan.cluster), requestId: id, now: createdAt, attempt }))),
  };
}

async function prepareChange(
  env: RequestEnvironment,
  stores: Stores,
  subject: Subject,
  options: PrepareOptions,
  { standing, origin }: About,
): Promise<Prepared> {
  const berth = env.berth();
  const ask = { actor: subject.requester, blueprint: subject.blueprint, parameters: subject.parameters };
  const { decision, context, policy } = await judge(stores, berth, ask, { ...options, standing });
  assertAllowed(decision);
  const plan = planned(berth, ask, context);
  const parameters = parametersOf(decision);
  const request = { blueprint: subject.blueprint, parameters, requester: subject.requester.ref };
  const change = { kind: 'change' as const, from: { blueprint: standing.blueprint, parameters: standing.parameters }, origin };
  const render = (requestId: string, now: string, attempt = 1) =>
    answered(() => berth.render(request, { ...change, target: env.targetOf(standing.cluster), requestId, now, attempt }));
  // That the place is the same is the core's to say; it does so when the workflow is made.
  render('assigned-on-submit', options.now);
  return {
    place: plan,
    policy,
    standing,
    outcome: {
      parameters,
      ...digestsOf(plan),
      monthlyCost: decision.cost.monthly,
      costBefore: standing.monthlyCost,
      currency: decision.cost.currency,
      approval: isKnown(subject, plan, standing) ? NOBODY : decision.approval,
    },
    plan: (requestId = 'assigned-on-submit') => ({
      ...plan,
      kind: 'change',
      manifests: answered(() => berth.renderYaml(request, { ...change, target: 'manifests', requestId, now: options.now })),
    }),
    render: ({ id, createdAt, attempt }) => workflowOf(render(id, createdAt, attempt)),
  };
}

/** What brings back what was carried out before, exactly, was approved before. */
function isKnown({ purpose }: Subject, plan: Plan, standing: StoredNamespace): boolean {
  return (purpose === 'repair' || purpose === 'restore') && plan.planDigest === standing.planDigest;
}

/** Giving back what stands. Today's rules and limits don't matter: what stands can always go. */
async function prepareEnd(
  env: RequestEnvironment,
  stores: Stores,
  subject: Subject,
  options: PrepareOptions,
  { standing, origin }: About,
): Promise<Prepared> {
  const berth = env.berth();
  const { parameters, blueprint, cluster, name, team, environment, monthlyCost, currency } = standing;
  const request = { blueprint, parameters, requester: subject.requester.ref };
  const { decision, policy } = await judge(
    stores,
    berth,
    { actor: subject.requester, blueprint, parameters },
    { ...options, standing },
  );
  const render = (requestId: string, now: string, attempt = 1) =>
    answered(() => berth.render(request, { kind: 'delete', origin, target: env.targetOf(cluster), requestId, now, attempt }));
  // What is deleted, whatever the request's id and time: an approval pins it.
  const rendered = JSON.stringify(render('assigned-on-submit', origin.createdAt).spec);
  const planDigest = `sha256:${createHash('sha256').update(rendered).digest('hex')}`;
  const isByClock = subject.purpose === 'expiry' || subject.purpose === 'grace-over';
  return {
    place: { cluster, name, team, environment },
    policy,
    standing,
    outcome: {
      parameters,
      planDigest,
      policyDigest: berth.policyDigest,
      coreVersion: decision.coreVersion,
      monthlyCost,
      currency,
      // Its end was decided when it was made, or when somebody asked to freeze it.
      approval: isByClock ? NOBODY : decision.approval,
    },
    plan: requestId => ({
      ...answered(() => berth.plan(request)),
      kind: subject.kind,
      planDigest,
      manifests: answered(() =>
        berth.renderYaml(request, { kind: 'delete', origin, target: 'manifests', requestId: requestId ?? origin.requestId, now: options.now }),
      ),
    }),
    render: ({ id, createdAt, attempt }) => workflowOf(render(id, createdAt, attempt)),
  };
}

function digestsOf({ planDigest, policyDigest, coreVersion }: Plan) {
  return { planDigest, policyDigest, coreVersion };
}

function workflowOf(workflow: { metadata: { name: string } }): RenderedWorkflow {
  return { name: workflow.metadata.name, text: JSON.stringify(workflow) };
}

/** @throws ConflictError when the request would go elsewhere by today's documents */
export function assertSameCluster(request: StoredRequest, { place }: Prepared, whatToDo: string): void {
  if (place.cluster !== request.cluster) {
    throw new ConflictError(`the environment \`${place.environment}\` is now on the cluster \`${place.cluster}\`; ${whatToDo}`);
  }
}
