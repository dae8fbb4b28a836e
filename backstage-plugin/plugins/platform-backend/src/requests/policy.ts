/**
 * What the backend itself must know of the documents: where a request belongs, and what claims allow. Whether a request is
 * allowed, what it costs and who must approve it is decided by the core alone.
 */
import type { Berth } from '@berth/core';
import { z } from 'zod/v3';
import type { Actor } from '../actor/Actor';
import { type Lifetimes, lifetimesOf } from './lifetimes';
import type { ApprovalRequirement } from './model';

/** The parts of the documents that are read; the core has checked all of them. */
const platformSchema = z.object({
  spec: z.object({
    labelPrefix: z.string(),
    currency: z.object({ code: z.string(), decimals: z.number() }),
    environments: z.record(z.object({ cluster: z.string() })),
    roles: z
      .record(
        z.object({
          requestForAnyTeam: z.boolean().default(false),
          seeAll: z.boolean().default(false),
          approve: z.boolean().default(false),
        }),
      )
      .default({}),
    teamDefaults: z.object({ limits: z.object({ namespaces: z.number(), monthlyBudget: z.number() }) }),
    teams: z
      .record(
        z.object({
          limits: z.object({ namespaces: z.number().optional(), monthlyBudget: z.number().optional() }).default({}),
          catalogRef: z.string().optional(),
          tokenGroups: z.array(z.string()).default([]),
        }),
      )
      .default({}),
    workflow: z.object({ namespace: z.string(), ttlSeconds: z.number() }),
  }),
});
const manifestSchema = z.object({ apiVersion: z.string(), kind: z.string() });
const blueprintSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    scope: z.object({ name: z.string(), team: z.string(), environment: z.string(), expiry: z.string().optional() }),
    parameters: z.record(z.string(), z.object({ type: z.string(), enum: z.unknown(), optionsFrom: z.string().optional() })),
    steps: z.array(z.object({ manifests: z.array(manifestSchema).default([]) })).default([]),
  }),
});

/** What claims allow together. */
export interface Role {
  requestForAnyTeam: boolean;
  seeAll: boolean;
  approve: boolean;
}

/** Of an object of Kubernetes. */
export interface ObjectKind {
  apiVersion: string;
  kind: string;
}

/** Limits of a team; money in minor units a month. */
export interface TeamLimits {
  namespaces: number;
  monthlyBudget: number;
}

/** Where a request belongs, as far as its parameters say. */
export interface Place {
  name?: string;
  team?: string;
  environment?: string;
  cluster?: string;
}

const read = new WeakMap<Berth, Policy>();

/** The documents of one `Berth`, read. */
export class Policy {
  readonly #platform: z.output<typeof platformSchema>['spec'];
  readonly #scopes: Map<string, z.output<typeof blueprintSchema>['spec']['scope']>;
  readonly #choices: Map<string, string[]>;
  readonly #kinds: ObjectKind[];
  readonly #lifetimes: Lifetimes;

  /** Of these documents; they are read once. */
  static of(berth: Berth): Policy {
    let policy = read.get(berth);
    if (policy === undefined) {
      policy = new Policy(berth);
      read.set(berth, policy);
    }
    return policy;
  }

  private constructor(berth: Berth) {
    const { platform, blueprints } = berth.documents();
    this.#platform = platformSchema.parse(platform).spec;
    this.#lifetimes = lifetimesOf(berth);
    const parsed = blueprints.map(document => blueprintSchema.parse(document));
    this.#scopes = new Map(parsed.map(({ metadata, spec }) => [metadata.name, spec.scope]));
    this.#choices = new Map(parsed.map(({ metadata, spec }) => [metadata.name, choicesIn(spec)]));
    const kinds = parsed.flatMap(({ spec }) => spec.steps).flatMap(({ manifests }) => manifests);
    this.#kinds = [...new Map(kinds.map(kind => [`${kind.apiVersion}/${kind.kind}`, kind])).values()];
  }

  /** Of all labels and annotations that Berth writes. */
  get labelPrefix(): string {
    return this.#platform.labelPrefix;
  }

  /** Of all objects that blueprints make, each once. */
  get kinds(): readonly ObjectKind[] {
    return this.#kinds;
  }

  /** Those that environments are on, each once. */
  get clusters(): string[] {
    return [...new Set(Object.values(this.#platform.environments).map(({ cluster }) => cluster))];
  }

  /** ISO 4217. */
  get currency(): string {
    return this.#platform.currency.code;
  }

  /** How many digits of the currency stand behind the point. */
  get currencyDecimals(): number {
    return this.#platform.currency.decimals;
  }

  /** Where workflows stand. */
  get workflowNamespace(): string {
    return this.#platform.workflow.namespace;
  }

  /** How long Argo keeps a workflow that has ended, in seconds. */
  get workflowTtlSeconds(): number {
    return this.#platform.workflow.ttlSeconds;
  }

  /** How many days before its end the owners of something are warned. */
  get warnDays(): readonly number[] {
    return this.#lifetimes.expiry.warnDays;
  }

  /** How many days something stays frozen: when its time is over, or when somebody gives it back. */
  graceDaysOf(why: 'expiry' | 'decommission'): number {
    return this.#lifetimes[why].graceDays;
  }

  /** Claims that may approve anything. */
  get approverClaims(): string[] {
    return Object.entries(this.#platform.roles).flatMap(([claim, role]) => (role.approve ? [claim] : []));
  }

  /** The end that parameters name, in Berth's form of times; nothing when they name none. */
  endOf(blueprint: string, parameters: Readonly<Record<string, unknown>>): string | undefined {
    const field = this.#scopes.get(blueprint)?.expiry;
    const named = field === undefined ? undefined : parameters[field];
    const end = typeof named === 'string' ? Date.parse(named) : NaN;
    return Number.isNaN(end) ? undefined : new Date(end).toISOString();
  }

  /** The parameter that names the end of what a blueprint makes. */
  expiryFieldOf(blueprint: string): string | undefined {
    return this.#scopes.get(blueprint)?.expiry;
  }

  /** Parameters that are chosen rather than written: options, numbers and switches; not where the thing belongs. */
  choicesOf(blueprint: string): readonly string[] {
    return this.#choices.get(blueprint) ?? [];
  }

  /** Which parameters name the thing, its team and its place, and what they say. */
  placeOf(blueprint: string, parameters: Readonly<Record<string, unknown>>): Place {
    const scope = this.#scopes.get(blueprint);
    const text = (field?: string) => {
      const value = field === undefined ? undefined : parameters[field];
      return typeof value === 'string' ? value : undefined;
    };
    const environment = text(scope?.environment);
    const environments = new Map(Object.entries(this.#platform.environments));
    const cluster = environment === undefined ? undefined : environments.get(environment)?.cluster;
    return { name: text(scope?.name), team: text(scope?.team), environment, cluster };
  }

  /** What a team may hold. */
  limitsOf(team: string): TeamLimits {
    return { ...this.#platform.teamDefaults.limits, ...this.#team(team)?.limits };
  }

  /** May the actor see all there is? Those whose role says so, and the plugins of this backend, such as the catalog's module. */
  seesAll(actor: Actor): boolean {
    return (actor.kind === 'service' && actor.ref.startsWith('service:plugin:')) || this.roleOf(actor).seeAll;
  }

  /** What the actor's claims allow. */
  roleOf(actor: Pick<Actor, 'groups' | 'roles'>): Role {
    const roles = new Map(Object.entries(this.#platform.roles));
    const held = [...actor.groups, ...actor.roles].map(claim => roles.get(claim));
    const any = (right: keyof Role) => held.some(role => role?.[right] === true);
    return { requestForAnyTeam: any('requestForAnyTeam'), seeAll: any('seeAll'), approve: any('approve') };
  }

  /** The entity of the catalog that a team is. */
  catalogRefOf(team: string): string {
    return this.#team(team)?.catalogRef ?? `group:default/${team}`;
  }

  /** Is the actor in this team? */
  isMember(actor: Pick<Actor, 'groups'>, team: string): boolean {
    const groups = [this.catalogRefOf(team), ...(this.#team(team)?.tokenGroups ?? [])];
    return groups.some(group => actor.groups.includes(group));
  }

  /** The teams that somebody is in: those of the document, and those that are not listed but have a group of the catalog. */
  teamsOf(actor: Pick<Actor, 'groups'>): string[] {
    const unlisted = actor.groups.flatMap(group => /^group:default\/(.+)$/.exec(group)?.[1] ?? []);
    const names = new Set([...Object.keys(this.#platform.teams), ...unlisted]);
    return [...names].filter(team => this.isMember(actor, team));
  }

  /** May the actor's yes count for this requirement, as far as groups and roles go? */
  mayApprove(actor: Actor, requirement: ApprovalRequirement): boolean {
    return (
      this.roleOf(actor).approve ||
      requirement.by.some(claim => actor.groups.includes(claim) || actor.roles.includes(claim))
    );
  }

  #team(name: string) {
    return new Map(Object.entries(this.#platform.teams)).get(name);
  }
}

function choicesIn({ scope, parameters }: z.output<typeof blueprintSchema>['spec']): string[] {
  const places = new Set([scope.name, scope.team, scope.environment]);
  return Object.entries(parameters).flatMap(([name, { type, enum: options, optionsFrom }]) => {
    const isChosen = type === 'boolean' || type === 'integer' || options !== undefined || optionsFrom !== undefined;
    return isChosen && !places.has(name) ? [name] : [];
  });
}
