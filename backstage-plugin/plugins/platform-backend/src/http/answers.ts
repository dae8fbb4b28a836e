// The bodies of the answers, of what is stored. Their shapes are those of the OpenAPI file.
import type {
  NamespaceDetail,
  RequestDetail,
  RequestEvent as EventBody,
  RequestProgress,
  SubmittedRequest,
  UnmanagedNamespace,
} from '@berth/plugin-platform-common';
import type { Berth } from '@berth/core';
import type { Observation } from '../inventory/model';
import type { Standing } from '../lifecycle/NamespaceService';
import { Policy } from '../requests/policy';
import type { RequestEvent, StoredRequest, StoredStep } from '../requests/model';
import type { Submitted } from '../requests/submit';

export function submittedBody({ request, replayed }: Submitted): SubmittedRequest {
  const { id, kind, workflowName, status, planDigest, approval } = request;
  return { requestId: id, kind, workflowId: workflowName, status, replayed, planDigest, approval };
}

/** Steps are those of the attempt. */
export function progressBody(request: StoredRequest, steps: StoredStep[]): RequestProgress {
  const { id, workflowName, status, rollback, attempt, cancelRequestedAt, updatedAt } = request;
  return {
    requestId: id,
    workflowId: workflowName,
    status,
    ...failureOf(request),
    rollback,
    attempt,
    ...(cancelRequestedAt && { cancelRequestedAt }),
    steps: steps.map(({ requestId: _id, attempt: _attempt, ...step }) => step),
    updatedAt,
  };
}

export function requestBody(request: StoredRequest): RequestDetail {
  const { id, workflowName, requester, error: _error, approvals, holdsName: _holds, remindedAt: _reminded, ...rest } = request;
  const { workflowNamespace: _namespace, argoInstance: _instance, heldCost: _held, blocks: _blocks, wantedDigest: _wanted, ...shown } = rest;
  const { ref, kind, linkedRef } = requester;
  return {
    requestId: id,
    workflowId: workflowName,
    ...shown,
    requester: { ref, kind, ...(linkedRef && { linkedRef }) },
    ...failureOf(request),
    approvals: approvals.map(({ actorRef, requirementId, comment, at }) => ({
      actor: actorRef,
      requirementId,
      ...(comment && { comment }),
      at,
    })),
  };
}

export function namespaceBody({ namespace, open, seen }: Standing, berth: Berth): NamespaceDetail {
  const { name, cluster, team, environment, requestId, appliedBy, parameters, stoodAt, expiresAt, deleteAt } = namespace;
  const { monthlyCost: monthly, currency } = namespace;
  return {
    name,
    cluster,
    team,
    environment,
    requestId,
    appliedBy,
    state: stateOf(namespace, seen),
    parameters,
    cost: { monthly, currency, decimals: Policy.of(berth).currencyDecimals },
    standsSince: stoodAt,
    ...(expiresAt && { expiresAt }),
    ...(deleteAt && { deleteAt }),
    openRequests: open ? [openBody(open)] : [],
    ...(seen ? seenBody(seen) : { source: 'tables' as const }),
  };
}

function stateOf({ state }: Standing['namespace'], seen: Observation | undefined): NamespaceDetail['state'] {
  switch (seen?.phase) {
    case 'Missing':
      return 'missing';
    case 'Terminating':
      return 'terminating';
    default:
      return state;
  }
}

function seenBody({ usage, drift, heldBy, seenAt }: Observation) {
  return { usage, drift, ...(heldBy && { heldBy }), seenAt, source: 'cluster' as const };
}

/** What carries Berth's labels, though no request has made it. */
export function unmanagedBody({ name, cluster, team, environment, requestId, seenAt }: Observation): UnmanagedNamespace {
  return { name, cluster, ...(team && { team }), ...(environment && { environment }), ...(requestId && { requestId }), seenAt };
}

function openBody({ id, kind, purpose, status }: StoredRequest): NamespaceDetail['openRequests'][number] {
  return { requestId: id, kind, ...(purpose && { purpose }), status };
}

export function eventBody(event: RequestEvent): EventBody {
  const { id, at, action, actorRef, fromStatus, toStatus, attempt, comment, details } = event;
  return {
    id,
    at,
    action,
    actor: actorRef,
    ...(fromStatus && { from: fromStatus }),
    to: toStatus,
    attempt,
    ...(comment && { comment }),
    ...(details && { details }),
  };
}

function failureOf({ error }: StoredRequest): { error?: string; failedStep?: string } {
  return error ? { error: error.message, ...(error.step && { failedStep: error.step }) } : {};
}
