// What a policy can ask of a request. Each rule says the same twice: of one request in memory, and as a filter of a list.
import { createPermissionResourceRef, createPermissionRule } from '@backstage/plugin-permission-node';
import type { Berth } from '@berth/core';
import { RESOURCE_TYPE_BERTH_REQUEST } from '@berth/plugin-platform-common';
import { z } from 'zod';
import { identityOf } from '../actor/Actor';
import type { RequestFilter } from '../database/filter';
import type { StoredRequest } from '../requests/model';
import { Policy } from '../requests/policy';

export const requestResourceRef = createPermissionResourceRef<StoredRequest, RequestFilter>().with({
  pluginId: 'platform',
  resourceType: RESOURCE_TYPE_BERTH_REQUEST,
});

const names = (description: string) => z.array(z.string()).describe(description);

/**
 * The rules.
 *
 * @param berth - gives today's documents, which say what membership means
 */
export function requestRules(berth: () => Berth) {
  const policy = () => Policy.of(berth());

  const isRequester = createPermissionRule({
    name: 'IS_REQUESTER',
    description: 'Allow what was asked for by one of these people',
    resourceRef: requestResourceRef,
    paramsSchema: z.object({
      userRefs: names('Users, such as `user:default/ada`, and subjects, such as `external:ada`'),
    }),
    apply: ({ requester }, { userRefs }) =>
      userRefs.includes(identityOf(requester) ?? requester.ref) || userRefs.includes(requester.ref),
    toQuery: ({ userRefs }) => ({ key: 'requester', values: userRefs }),
  });

  const isTeamMember = createPermissionRule({
    name: 'IS_TEAM_MEMBER',
    description: 'Allow what belongs to a team that these claims are in',
    resourceRef: requestResourceRef,
    paramsSchema: z.object({
      claims: names('Groups of the catalog, such as `group:default/payments`, or claims of a token'),
    }),
    apply: ({ team }, { claims }) => policy().isMember({ groups: claims }, team),
    toQuery: ({ claims }) => ({ key: 'team', values: policy().teamsOf({ groups: claims }) }),
  });

  const isApprover = createPermissionRule({
    name: 'IS_APPROVER',
    description: 'Allow what somebody with these claims may approve, unless they asked for it themselves',
    resourceRef: requestResourceRef,
    paramsSchema: z.object({ claims: names('Groups of the catalog, or claims of a token') }),
    apply: ({ approval, status }, { claims }) =>
      approval.requirements.some(({ by }) => by.some(claim => claims.includes(claim))) ||
      (status === 'pending-approval' && policy().roleOf({ groups: claims, roles: [] }).approve),
    toQuery: ({ claims }) => {
      const named: RequestFilter = { key: 'approver', values: claims };
      const waiting: RequestFilter = { key: 'status', values: ['pending-approval'] };
      return policy().roleOf({ groups: claims, roles: [] }).approve ? { anyOf: [named, waiting] } : named;
    },
  });

  const hasEnvironment = createPermissionRule({
    name: 'HAS_ENVIRONMENT',
    description: 'Allow what goes to one of these environments',
    resourceRef: requestResourceRef,
    paramsSchema: z.object({ environments: names('Such as `production`') }),
    apply: ({ environment }, { environments }) => environments.includes(environment),
    toQuery: ({ environments }) => ({ key: 'environment', values: environments }),
  });

  return { isRequester, isTeamMember, isApprover, hasEnvironment };
}
