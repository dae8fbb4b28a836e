/** Asks the core, with today's documents and what is known in the database. */
import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { type Berth, BerthError, type Context, type Decision } from '@berth/core';
import type { Actor } from '../actor/Actor';
import type { Stores } from '../database/Stores';
import type { Usage } from '../database/TeamStore';
import type { StoredNamespace } from '../lifecycle/model';
import { ViolationsError } from './errors';
import type { StoredRequest } from './model';
import { Policy } from './policy';

/** What is asked for, and by whom. */
export interface Ask {
  actor: Actor;
  blueprint: string;
  parameters: Readonly<Record<string, unknown>>;
}

/** How to ask. */
export interface JudgeOptions {
  now: string;
  /** Hold the team's row until the transaction ends, so that nobody else takes the slot that is judged to be free. */
  lock?: boolean;
  /** A request whose own name, slot and cost don't count against it. */
  except?: StoredRequest;
  /** What stands and is changed: it doesn't count against itself either, and its name is its own. */
  standing?: StoredNamespace;
  /** The same, for the core; or that something is to be taken over. */
  current?: Context['current'];
  /** Say for every option whether it may be chosen. */
  options?: boolean;
}

/** The core's answer. */
export interface Judged {
  decision: Decision;
  context: Context;
  policy: Policy;
  /** Does another request hold the name? */
  nameTaken: boolean;
}

/** What may be the name of something that is held. Of anything else the tables know nothing, and the core refuses it. */
const CAN_BE_HELD = /^[!-~]{1,253}$/;

/** Judges what is asked for. Pointers in the violations start at the parameters; `request` holds these alone. */
export async function judge(stores: Stores, berth: Berth, ask: Ask, options: JudgeOptions): Promise<Judged> {
  const policy = Policy.of(berth);
  const place = policy.placeOf(ask.blueprint, ask.parameters);
  const [name, team] = [place.name, place.team].map(text => (text !== undefined && CAN_BE_HELD.test(text) ? text : undefined));
  const { cluster } = place;
  const { ref, groups, roles } = ask.actor;
  const context: Context = { now: options.now, requester: { ref, groups, roles } };
  if (team !== undefined) {
    const usage = await (options.lock ? stores.teams.lock(team) : stores.teams.usage(team));
    const { except, standing } = options;
    context.usage = without(standing, without(except?.team === team ? held(except) : undefined, usage));
  }
  if (options.current !== undefined) {
    context.current = options.current;
  }
  if (name !== undefined && cluster !== undefined && options.standing === undefined) {
    context.nameTaken = await stores.requests.nameTaken(cluster, name, options.except?.id);
  }
  const request = { blueprint: ask.blueprint, parameters: { ...ask.parameters } };
  const decision = answered(() => berth.decide(request, context, { options: options.options }));
  return { decision: fromParameters(decision), context, policy, nameTaken: context.nameTaken === true };
}

/** @throws ConflictError when the name is taken and nothing else is wrong; ViolationsError for all else that is wrong */
export function assertAllowed(decision: Decision): void {
  if (decision.valid) {
    return;
  }
  const errors = decision.violations.filter(violation => violation.severity === 'error');
  if (errors.every(violation => violation.code === 'name-taken')) {
    throw new ConflictError(`${errors[0].message}; ${errors[0].hint ?? 'choose another name'}`);
  }
  throw new ViolationsError(decision);
}

/** The parameters of a decision, with defaults filled in. */
export function parametersOf(decision: Decision): JsonObject {
  // INVARIANT: they came as JSON and the core has written them as JSON.
  return decision.request as JsonObject;
}

/** What the core can't read is the caller's fault. */
export function answered<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof BerthError && error.code !== 'crashed') {
      throw new InputError(error.hint === undefined ? error.message : `${error.message}; ${error.hint}`);
    }
    throw error;
  }
}

function held({ holdsName, heldCost }: StoredRequest): Usage {
  return { namespaces: Number(holdsName), monthlyCost: heldCost };
}

/** What is left of a usage; of what stands, one namespace. */
function without(part: { namespaces?: number; monthlyCost: number } | undefined, usage: Usage): Usage {
  return part === undefined
    ? usage
    : { namespaces: usage.namespaces - (part.namespaces ?? 1), monthlyCost: usage.monthlyCost - part.monthlyCost };
}

const PARAMETERS = '/parameters';

function fromParameters(decision: Decision): Decision {
  const { parameters } = decision.request;
  return {
    ...decision,
    request: typeof parameters === 'object' && parameters !== null ? { ...parameters } : {},
    violations: decision.violations.map(violation => ({
      ...violation,
      path: violation.path.startsWith(`${PARAMETERS}/`) ? violation.path.slice(PARAMETERS.length) : violation.path,
    })),
  };
}
