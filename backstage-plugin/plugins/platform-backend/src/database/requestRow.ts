/** A request as a row of the table `requests`, and back. */
import type { StoredRequest } from '../requests/model';
import { identityOf } from '../actor/Actor';

/** The columns. JSON is text; what is not there is null. */
export interface RequestRow {
  id: string;
  blueprint: string;
  kind: StoredRequest['kind'];
  origin_id: string | null;
  purpose: StoredRequest['purpose'] | null;
  cluster: string;
  name: string;
  team: string;
  environment: string;
  parameters: string;
  requester: string;
  requester_identity: string;
  status: StoredRequest['status'];
  version: number;
  attempt: number;
  workflow_name: string | null;
  workflow_namespace: string;
  argo_instance: string;
  policy_digest: string;
  core_version: string;
  plan_digest: string;
  wanted_digest: string | null;
  /** PostgreSQL gives big integers as text. */
  monthly_cost: number | string;
  cost_before: number | string | null;
  held_cost: number | string | null;
  blocks: boolean | number | null;
  currency: string;
  approval: string;
  approvals: string;
  error: string | null;
  rollback: StoredRequest['rollback'];
  /** SQLite gives 0 and 1. */
  holds_name: boolean | number;
  cancel_requested_at: string | null;
  changes_asked_at: string | null;
  expires_at: string | null;
  reminded_at: string | null;
  created_at: string;
  updated_at: string;
  submitted_at: string | null;
  finished_at: string | null;
}

/** The row of a request. */
export function toRow(request: StoredRequest): RequestRow {
  return {
    id: request.id,
    blueprint: request.blueprint,
    kind: request.kind,
    origin_id: request.originId ?? null,
    purpose: request.purpose ?? null,
    cluster: request.cluster,
    name: request.name,
    team: request.team,
    environment: request.environment,
    parameters: JSON.stringify(request.parameters),
    requester: JSON.stringify(request.requester),
    requester_identity: identityOf(request.requester) ?? request.requester.ref,
    status: request.status,
    version: request.version,
    attempt: request.attempt,
    workflow_name: request.workflowName,
    workflow_namespace: request.workflowNamespace,
    argo_instance: request.argoInstance,
    policy_digest: request.policyDigest,
    core_version: request.coreVersion,
    plan_digest: request.planDigest,
    wanted_digest: request.wantedDigest === request.planDigest ? null : request.wantedDigest,
    monthly_cost: request.monthlyCost,
    cost_before: request.costBefore ?? null,
    // Only what can't be told from the rest: an older release may change that and leaves this as it is.
    held_cost: request.heldCost === impliedCost(request) ? null : request.heldCost,
    blocks: request.blocks,
    currency: request.currency,
    approval: JSON.stringify(request.approval),
    approvals: JSON.stringify(request.approvals),
    error: request.error ? JSON.stringify(request.error) : null,
    rollback: request.rollback,
    holds_name: request.holdsName,
    cancel_requested_at: request.cancelRequestedAt ?? null,
    changes_asked_at: request.changesAskedAt ?? null,
    expires_at: request.expiresAt ?? null,
    reminded_at: request.remindedAt ?? null,
    created_at: request.createdAt,
    updated_at: request.updatedAt,
    submitted_at: request.submittedAt ?? null,
    finished_at: request.finishedAt ?? null,
  };
}

/** The request of a row. */
export function fromRow(row: RequestRow): StoredRequest {
  const holdsName = Boolean(row.holds_name);
  const monthlyCost = Number(row.monthly_cost);
  return {
    id: row.id,
    blueprint: row.blueprint,
    kind: row.kind,
    ...(row.origin_id !== null && { originId: row.origin_id }),
    ...(row.purpose !== null && { purpose: row.purpose }),
    cluster: row.cluster,
    name: row.name,
    team: row.team,
    environment: row.environment,
    parameters: JSON.parse(row.parameters),
    requester: JSON.parse(row.requester),
    status: row.status,
    version: row.version,
    attempt: row.attempt,
    workflowName: row.workflow_name,
    workflowNamespace: row.workflow_namespace,
    argoInstance: row.argo_instance,
    policyDigest: row.policy_digest,
    coreVersion: row.core_version,
    planDigest: row.plan_digest,
    wantedDigest: row.wanted_digest ?? row.plan_digest,
    monthlyCost,
    ...(row.cost_before !== null && { costBefore: Number(row.cost_before) }),
    heldCost: Number(row.held_cost ?? impliedCost({ holdsName, monthlyCost })),
    currency: row.currency,
    approval: JSON.parse(row.approval),
    approvals: JSON.parse(row.approvals),
    rollback: row.rollback,
    holdsName,
    blocks: Boolean(row.blocks),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.error !== null && { error: JSON.parse(row.error) }),
    ...(row.cancel_requested_at !== null && { cancelRequestedAt: row.cancel_requested_at }),
    ...(row.changes_asked_at !== null && { changesAskedAt: row.changes_asked_at }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.reminded_at !== null && { remindedAt: row.reminded_at }),
    ...(row.submitted_at !== null && { submittedAt: row.submitted_at }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}

function impliedCost({ holdsName, monthlyCost }: Pick<StoredRequest, 'holdsName' | 'monthlyCost'>): number {
  return holdsName ? monthlyCost : 0;
}
