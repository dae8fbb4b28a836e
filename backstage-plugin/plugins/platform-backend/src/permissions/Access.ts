// What a caller may see and do. First what holds in every permission mode: a request is seen by who asked for it, by its team, by its
// approvers and by those who see all. Then Backstage's permissions, which narrow it. Who may approve or stop is settled
// again where it is done, in requests/authority.ts.
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import type { Berth } from '@berth/core';
import { RESOURCE_TYPE_BERTH_REQUEST, requestReadPermission } from '@berth/plugin-platform-common';
import type { Actor, Caller } from '../actor';
import type { RequestFilter } from '../database/filter';
import type { StoredRequest } from '../requests/model';
import { Policy } from '../requests/policy';
import { requestConditions } from './conditions';

type RequestPermission = ResourcePermission<typeof RESOURCE_TYPE_BERTH_REQUEST>;
type Conditions = PermissionCriteria<PermissionCondition>;

/** What a list can be narrowed to without saying who one is. */
export const VIEWS = ['mine', 'team', 'approvals'] as const;
export type View = (typeof VIEWS)[number];

export interface AccessOptions {
  permissions: PermissionsService;
  /** The rules as they are registered. */
  ruleset: PermissionRuleset<StoredRequest, RequestFilter>;
  documents: { berth(): Berth };
}

export class Access {
  readonly #permissions: PermissionsService;
  readonly #documents: { berth(): Berth };
  readonly #holds: (decision: PolicyDecision, request: StoredRequest) => boolean;
  readonly #toFilter: (conditions: Conditions) => PermissionCriteria<RequestFilter>;

  constructor({ permissions, ruleset, documents }: AccessOptions) {
    this.#permissions = permissions;
    this.#documents = documents;
    this.#holds = createConditionAuthorizer(ruleset);
    this.#toFilter = createConditionTransformer(ruleset);
  }

  /** @throws NotAllowedError when permissions forbid it */
  async assertMay({ actor, credentials }: Caller, permission: BasicPermission): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], { credentials });
    if (result !== AuthorizeResult.ALLOW) {
      throw forbidden(actor, permission.name);
    }
  }

  /**
   * The team's figures are for its members and for those who see all.
   *
   * @throws NotAllowedError for others
   */
  assertKnowsTeam({ actor }: Caller, team: string): void {
    const policy = this.#policy();
    if (!policy.isMember(actor, team) && !policy.seesAll(actor)) {
      throw new NotAllowedError(`\`${actor.ref}\` is not in the team \`${team}\`: ask somebody who is`);
    }
  }

  /** @throws NotAllowedError for those who don't see all */
  assertSeesAll({ actor }: Caller): void {
    if (!this.#policy().seesAll(actor)) {
      throw new NotAllowedError(`\`${actor.ref}\` does not see the requests of all teams; the platform team does`);
    }
  }

  /** May the caller see what belongs to no team of theirs? */
  seesAll({ actor }: Caller): boolean {
    return this.#policy().seesAll(actor);
  }

  /** @throws NotFoundError when the caller may not know of it */
  async assertSees(caller: Caller, request: StoredRequest): Promise<void> {
    const own = this.#own(caller.actor);
    const seen = !own || this.#holds(conditional(own), request);
    if (!seen || !this.#holds(await this.#ask(caller, requestReadPermission), request)) {
      throw new NotFoundError(`there is no request \`${request.id}\`, or you may not see it`);
    }
  }

  /** @throws NotFoundError when the caller may not know of it; NotAllowedError when they may not do this with it */
  async assertMayWith(caller: Caller, permission: RequestPermission, request: StoredRequest): Promise<void> {
    await this.assertSees(caller, request);
    if (!this.#holds(await this.#ask(caller, permission), request)) {
      throw forbidden(caller.actor, permission.name);
    }
  }

  /** Which requests of a list the caller sees; nothing when all of them. */
  async filterFor(caller: Caller): Promise<RequestFilter | undefined> {
    const own = this.#own(caller.actor);
    const decision = await this.#ask(caller, requestReadPermission);
    if (decision.result === AuthorizeResult.DENY) {
      throw forbidden(caller.actor, requestReadPermission.name);
    }
    const narrowed = decision.result === AuthorizeResult.CONDITIONAL ? decision.conditions : undefined;
    const filters = [own, narrowed].flatMap(conditions => (conditions ? [this.#toFilter(conditions)] : []));
    return filters.length === 0 ? undefined : { allOf: filters as RequestFilter[] };
  }

  /** The caller's own requests, those of their teams, or those that wait for their yes; never more than `filterFor` lets them see. */
  filterOf(view: View, { actor }: Caller): RequestFilter {
    const mine = requestConditions.isRequester({ userRefs: refsOf(actor) });
    const conditions: Record<View, Conditions> = {
      mine,
      team: requestConditions.isTeamMember({ claims: actor.groups }),
      approvals: { allOf: [requestConditions.isApprover({ claims: [...actor.groups, ...actor.roles] }), { not: mine }] },
    };
    const filter = this.#toFilter(conditions[view]) as RequestFilter;
    return view === 'approvals' ? { allOf: [{ key: 'status', values: ['pending-approval'] }, filter] } : filter;
  }

  /**
   * INVARIANT: what no policy can widen. The same rules, with the caller's own claims; for external callers, to whom Backstage's
   * permission client allows everything, they are all there is.
   */
  #own(actor: Actor): Conditions | undefined {
    if (this.#policy().seesAll(actor)) {
      return undefined;
    }
    return {
      anyOf: [
        requestConditions.isRequester({ userRefs: refsOf(actor) }),
        requestConditions.isTeamMember({ claims: actor.groups }),
        requestConditions.isApprover({ claims: [...actor.groups, ...actor.roles] }),
      ],
    };
  }

  async #ask({ credentials }: Caller, permission: RequestPermission): Promise<PolicyDecision> {
    const [decision] = await this.#permissions.authorizeConditional([{ permission }], { credentials });
    return decision;
  }

  #policy(): Policy {
    return Policy.of(this.#documents.berth());
  }
}

function refsOf({ ref, linkedRef }: Actor): string[] {
  return [ref, ...(linkedRef ? [linkedRef] : [])];
}

function conditional(conditions: Conditions): PolicyDecision {
  const resourceType = RESOURCE_TYPE_BERTH_REQUEST;
  return { result: AuthorizeResult.CONDITIONAL, pluginId: 'platform', resourceType, conditions };
}

function forbidden(actor: Actor, permission: string): NotAllowedError {
  return new NotAllowedError(`\`${actor.ref}\` lacks the permission \`${permission}\`: ask who keeps the permission policy`);
}
