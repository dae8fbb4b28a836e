// The permissions of the plugin `platform`, and the resource type that its rules speak of. What a rule looks at
// is the backend's; the frontend needs the names alone.
import { createPermission } from '@backstage/plugin-permission-common';

/** Requests are the one resource; the rules are IS_REQUESTER, IS_TEAM_MEMBER, IS_APPROVER and HAS_ENVIRONMENT. */
export const RESOURCE_TYPE_BERTH_REQUEST = 'berth-request';

/** Ask for something: submit, validate and plan. */
export const requestCreatePermission = createPermission({
  name: 'platform.request.create',
  attributes: { action: 'create' },
});

/** See a request, its audit trail and its logs. */
export const requestReadPermission = createPermission({
  name: 'platform.request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Approve a request, reject it, or ask for changes. Nobody approves what they asked for, whatever a policy says. */
export const requestApprovePermission = createPermission({
  name: 'platform.request.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Stop a request. */
export const requestCancelPermission = createPermission({
  name: 'platform.request.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Try a failed request again. */
export const requestRetryPermission = createPermission({
  name: 'platform.request.retry',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Change what stands: its size, its features, its end; and repair it. The resource is the request that made it. */
export const namespaceChangePermission = createPermission({
  name: 'platform.namespace.change',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Give back what stands. The resource is the request that made it. */
export const namespaceDeletePermission = createPermission({
  name: 'platform.namespace.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

/** Read the blueprints and the platform document. */
export const documentsReadPermission = createPermission({
  name: 'platform.documents.read',
  attributes: { action: 'read' },
});

/** Read the limits and the budget of one's teams. */
export const usageReadPermission = createPermission({
  name: 'platform.usage.read',
  attributes: { action: 'read' },
});

/** All of them, for registries and policies. */
export const platformPermissions = [
  requestCreatePermission,
  requestReadPermission,
  requestApprovePermission,
  requestCancelPermission,
  requestRetryPermission,
  namespaceChangePermission,
  namespaceDeletePermission,
  documentsReadPermission,
  usageReadPermission,
];
