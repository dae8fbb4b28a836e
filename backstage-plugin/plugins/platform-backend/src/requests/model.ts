/**
 * What a request is, as it is kept. What may become of it says `stateMachine.ts`; how it is kept, `database/RequestStore.ts`.
 *
 * Times are ISO 8601 in UTC (`toISOString()`), money is integer minor units.
 */
import type { JsonObject } from '@backstage/types';
import type { Actor } from '../actor/Actor';

/** Where a request stands. The last four are ends, though a failed request can be tried again. */
export type RequestStatus =
  | 'pending-approval'
  | 'queued'
  | 'provisioning'
  | 'completed'
  | 'failed'
  | 'rejected'
  | 'cancelled';

/** All statuses, in the order in which a request can meet them. */
export const REQUEST_STATUSES: readonly RequestStatus[] = [
  'pending-approval',
  'queued',
  'provisioning',
  'completed',
  'failed',
  'rejected',
  'cancelled',
];

/** Whether what a failed or stopped workflow had made is gone again; `failed`: something is left. */
export type RollbackState = 'none' | 'running' | 'done' | 'failed';

/**
 * What a request does. `create` and `adopt` begin the life of something, and hold its name from then on; the others are about
 * what stands.
 */
export type RequestKind = 'create' | 'change' | 'delete' | 'freeze' | 'adopt';

/** Why, where the kind alone does not say so. */
export type RequestPurpose = 'extend' | 'repair' | 'restore' | 'expiry' | 'grace-over';

/** Is it about something that stands? */
export function isAboutStanding(kind: RequestKind): boolean {
  return kind !== 'create' && kind !== 'adopt';
}

/** This many people of these groups must say yes; the core's `Decision.approval` has them. */
export interface ApprovalRequirement {
  id: string;
  /** Groups of the catalog, or claims of a token. */
  by: string[];
  count: number;
  reason: string;
}

/** Who must say yes. */
export interface ApprovalNeed {
  required: boolean;
  requirements: ApprovalRequirement[];
}

/** Somebody's yes. */
export interface Approval {
  actorRef: string;
  /** The person, after linking: nobody counts twice. */
  identity: string;
  /** The requirement that it counts for. */
  requirementId: string;
  /** All requirements that this person could meet, so that a later yes can move this one. */
  eligibleFor: string[];
  comment?: string;
  at: string;
}

/** Why a request failed. */
export interface RequestError {
  message: string;
  /** The step of the workflow. */
  step?: string;
}

/** A request, as it is kept. */
export interface StoredRequest {
  id: string;
  blueprint: string;
  kind: RequestKind;
  /** Of a request about what stands: the request that made it. */
  originId?: string;
  purpose?: RequestPurpose;
  cluster: string;
  name: string;
  team: string;
  environment: string;
  /** With defaults filled in. */
  parameters: JsonObject;
  requester: Actor;
  status: RequestStatus;
  /** Counts the changes: a writer that read an older one must read again. */
  version: number;
  /** From 1; a retry is the next. */
  attempt: number;
  /** Of this attempt, once it is rendered. */
  workflowName: string | null;
  workflowNamespace: string;
  argoInstance: string;
  policyDigest: string;
  coreVersion: string;
  planDigest: string;
  /** Of what shall stand, whatever stands before it. */
  wantedDigest: string;
  monthlyCost: number;
  /** Of a change: the monthly cost of what stands. */
  costBefore?: number;
  currency: string;
  approval: ApprovalNeed;
  approvals: Approval[];
  error?: RequestError;
  rollback: RollbackState;
  /** The name is taken, and the request counts as one of its team's. */
  holdsName: boolean;
  /** What it counts against its team's budget. */
  heldCost: number;
  /** No other request about the same thing can be made meanwhile. */
  blocks: boolean;
  cancelRequestedAt?: string;
  changesAskedAt?: string;
  /** When a request that nobody approved lapses. */
  expiresAt?: string;
  /** When the approvers were reminded. */
  remindedAt?: string;
  createdAt: string;
  updatedAt: string;
  /** When Argo took the workflow of this attempt. */
  submittedAt?: string;
  finishedAt?: string;
}

/** What happened to a request; `stateMachine.ts` says what each does. */
export type RequestAction =
  | 'submitted'
  | 'approval-given'
  | 'plan-changed'
  | 'approved'
  | 'changes-asked'
  | 'resubmitted'
  | 'reminded'
  | 'nudged'
  | 'rejected'
  | 'expired'
  | 'cancelled'
  | 'cancel-asked'
  | 'started'
  | 'never-started'
  | 'refused-by-argo'
  | 'rollback-started'
  | 'rollback-ended'
  | 'succeeded'
  | 'failed'
  | 'stopped'
  | 'lost'
  | 'retried'
  | 'changed'
  | 'frozen'
  | 'restored'
  | 'released'
  | 'vanished';

/** One line of the audit trail. */
export interface RequestEvent {
  /** Grows with time. */
  id: number;
  requestId: string;
  at: string;
  /** Who did it: an actor, or `system:<part>`. */
  actorRef: string;
  action: RequestAction;
  /** Nothing for the first. */
  fromStatus?: RequestStatus;
  toStatus: RequestStatus;
  /** The request's version after it. */
  version: number;
  attempt: number;
  comment?: string;
  /** What else is worth knowing, such as the plan's digest. */
  details?: JsonObject;
}

/** A phase of a step, in Argo's words. */
export type StepPhase = 'Pending' | 'Running' | 'Succeeded' | 'Skipped' | 'Failed' | 'Error' | 'Omitted';

/** A step of an attempt. */
export interface StepObservation {
  /** The container's name in the workflow. */
  id: string;
  phase: StepPhase;
  startedAt?: string;
  finishedAt?: string;
  message?: string;
  /** How often it was tried again. */
  retries: number;
}

/** A step, as it is kept. */
export interface StoredStep extends StepObservation {
  requestId: string;
  attempt: number;
}

/** What the watcher sees of a workflow. */
export interface WorkflowObservation {
  /** Nothing while Argo has not looked at it yet. */
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Error';
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  steps: StepObservation[];
  /** What the exit handler found of the namespace, where it says so. */
  report?: string;
  rollback: RollbackState;
  uid: string;
  resourceVersion: string;
}

/** What people are told about. */
export type NotificationTopic =
  | 'approval-needed'
  | 'approval-reminder'
  | 'approval-nudge'
  | 'approved'
  | 'changes-asked'
  | 'rejected'
  | 'expired'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'drifted'
  | 'expiring'
  | 'frozen'
  | 'vanished';

/** What an outbox row of kind `notify` holds; whom to tell, where it does not say so, is the handler's matter. */
export interface Notification {
  topic: NotificationTopic;
  requestId: string;
  /** Who caused it. */
  actorRef: string;
  comment?: string;
  /** Entities of the catalog to tell; left out, those whom the topic concerns. */
  to?: string[];
}
