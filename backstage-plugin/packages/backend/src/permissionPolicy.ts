// A permission policy as a sample: it shows all rules of Berth's requests. What it allows is narrowed further by what always holds:
// membership, approving groups, and nobody approves what they asked for.
import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult, isPermission, isResourcePermission, type PolicyDecision } from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createRequestConditionalDecision, requestConditions } from '@berth/plugin-platform-backend';
import {
  RESOURCE_TYPE_BERTH_REQUEST,
  namespaceChangePermission,
  namespaceDeletePermission,
  requestApprovePermission,
  requestCancelPermission,
  requestReadPermission,
  requestRetryPermission,
} from '@berth/plugin-platform-common';

/** Who looks after the platform as a whole, and so sees what all teams ask for. */
const PLATFORM_OWNERS = 'group:default/platform-owners';

export class SamplePolicy implements PermissionPolicy {
  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    if (!isResourcePermission(permission, RESOURCE_TYPE_BERTH_REQUEST)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const owned = user?.info.ownershipEntityRefs ?? [];
    const asked = requestConditions.isRequester({ userRefs: user ? [user.info.userEntityRef] : [] });
    const ofTeam = requestConditions.isTeamMember({ claims: owned });
    const toApprove = requestConditions.isApprover({ claims: owned });

    if (isPermission(permission, requestReadPermission)) {
      if (owned.includes(PLATFORM_OWNERS)) {
        return { result: AuthorizeResult.ALLOW };
      }
      return createRequestConditionalDecision(permission, { anyOf: [asked, ofTeam, toApprove] });
    }
    if (isPermission(permission, requestApprovePermission)) {
      return createRequestConditionalDecision(permission, { allOf: [toApprove, { not: asked }] });
    }
    if (isPermission(permission, requestCancelPermission) || isPermission(permission, requestRetryPermission)) {
      // What runs in production is stopped by who asked for it or by its approvers, not by everybody in the team.
      const inProduction = requestConditions.hasEnvironment({ environments: ['production'] });
      return createRequestConditionalDecision(permission, {
        anyOf: [asked, toApprove, { allOf: [ofTeam, { not: inProduction }] }],
      });
    }
    if (isPermission(permission, namespaceChangePermission) || isPermission(permission, namespaceDeletePermission)) {
      return createRequestConditionalDecision(permission, { anyOf: [asked, ofTeam, toApprove] });
    }
    return { result: AuthorizeResult.DENY };
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'berth-sample-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new SamplePolicy());
      },
    });
  },
});
