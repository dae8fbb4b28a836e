/**
 * Everything that can be done with requests: the one way in for HTTP routes, scaffolder actions and the watcher.
 *
 * Each method that changes something checks what holds in every permission mode (`authority.ts`); whether a caller may see a
 * request, and what permissions narrow further, is the matter of those who call.
 */
import type { Decision } from '@berth/core';
import { InputError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import type { RequestFilter } from '../database/filter';
import type { StepLog } from '../database/LogStore';
import type { AwaitedWorkflow } from '../database/RequestStore';
import type { Page } from '../database/cursor';
import { type ApproveInput, approve } from './approve';
import { askForChanges } from './askForChanges';
import { cancel } from './cancel';
import { type Comparison, comparisonOf } from './comparison';
import { RequestEnvironment, type RequestServiceOptions } from './environment';
import { judge } from './judge';
import { type Lapsed, lapseApprovals } from './lapse';
import type { RequestEvent, StoredRequest, StoredStep, WorkflowObservation } from './model';
import { nudge } from './nudge';
import { lost, observe } from './observe';
import { type PlanWithManifests, type Subject, liveOf, prepare } from './prepare';
import { reject } from './reject';
import { resubmit } from './resubmit';
import { retry } from './retry';
import { type Submitted, submit } from './submit';
import { type Summary, summaryOf } from './summary';
import { type TeamUsage, usageOf } from './usage';

/** Parameters as they came; the core judges them. */
export type RawParameters = Readonly<Record<string, unknown>>;

const MOST_COMMENT = 2000;

/** Requests: submitted, approved, cancelled, watched. Errors are those of `@backstage/errors` and of `errors.ts`. */
export class RequestService {
  /** What the outbox and other parts of the plugin share: the stores, and who is told of commits. */
  readonly environment: RequestEnvironment;

  constructor(options: RequestServiceOptions) {
    this.environment = new RequestEnvironment(options);
  }

  /** Stores a request; see `submit.ts`. */
  submit(
    actor: Actor,
    blueprint: string,
    parameters: RawParameters,
    options: { idempotencyKey?: string } = {},
  ): Promise<Submitted> {
    return submit(this.environment, { kind: 'create', requester: actor, blueprint, parameters }, options);
  }

  /** Judges a request, with the team's usage and whether the name is free. Nothing is stored. */
  async decide(
    actor: Actor,
    blueprint: string,
    parameters: RawParameters,
    options: { options?: boolean } = {},
  ): Promise<Decision> {
    const { stores } = this.environment;
    const now = this.environment.now().toISOString();
    const ask = { actor, blueprint, parameters };
    const { decision } = await judge(stores, this.environment.berth(), ask, { now, options: options.options });
    return decision;
  }

  /** What a request would create. Nothing is stored. @throws ViolationsError, ConflictError when only the name is taken */
  plan(actor: Actor, blueprint: string, parameters: RawParameters): Promise<PlanWithManifests> {
    return this.#plan({ kind: 'create', requester: actor, blueprint, parameters });
  }

  /**
   * What a stored request would create under today's documents, and what is unusual about it: what an approver reads.
   *
   * @throws as `plan`
   */
  async planOf(id: string): Promise<PlanWithManifests & { compared: Comparison }> {
    const request = await this.get(id);
    const [plan, compared] = await Promise.all([this.#plan(request, request), comparisonOf(this.environment, request)]);
    return { ...plan, compared };
  }

  /** @throws NotFoundError */
  get(id: string): Promise<StoredRequest> {
    return this.environment.stores.requests.get(id);
  }

  /** As `get`; nothing when there is no such request. */
  find(id: string): Promise<StoredRequest | undefined> {
    return this.environment.stores.requests.find(id);
  }

  /** Requests, the newest first. @throws InputError for a cursor that no page has given */
  list(filter: RequestFilter | undefined, cursor: string | undefined, limit: number): Promise<Page<StoredRequest>> {
    return this.environment.stores.requests.list(filter, cursor, limit);
  }

  /** The audit trail, the oldest first. */
  events(id: string): Promise<RequestEvent[]> {
    return this.environment.stores.events.list(id);
  }

  /** The steps as they were last seen; of one attempt, or of all. */
  steps(id: string, attempt?: number): Promise<StoredStep[]> {
    return this.environment.stores.steps.list(id, attempt);
  }

  /** What the steps of an attempt and of its rollback printed, as far as it is still kept. */
  logs(id: string, attempt: number): Promise<StepLog[]> {
    return this.environment.stores.logs.list(id, attempt);
  }

  /** Counts a yes; see `approve.ts`. */
  async approve(actor: Actor, id: string, input: ApproveInput): Promise<StoredRequest> {
    return approve(this.environment, actor, id, { ...input, comment: readComment(input.comment) });
  }

  /** Says no, and why. */
  async reject(actor: Actor, id: string, comment: string): Promise<StoredRequest> {
    return reject(this.environment, actor, id, neededComment(comment));
  }

  /** Says what would have to be different. */
  async askForChanges(actor: Actor, id: string, comment: string): Promise<StoredRequest> {
    return askForChanges(this.environment, actor, id, neededComment(comment));
  }

  /** Has the approvers told once more; see `nudge.ts`. */
  async nudge(actor: Actor, id: string, comment?: string): Promise<StoredRequest> {
    return nudge(this.environment, actor, id, readComment(comment));
  }

  /** Changes what is asked for while it waits for an approval; see `resubmit.ts`. */
  resubmit(actor: Actor, id: string, parameters: RawParameters): Promise<StoredRequest> {
    return resubmit(this.environment, actor, id, parameters);
  }

  /** Stops a request; see `cancel.ts`. */
  async cancel(actor: Actor, id: string, comment?: string): Promise<StoredRequest> {
    return cancel(this.environment, actor, id, readComment(comment));
  }

  /** Starts another attempt; see `retry.ts`. */
  async retry(actor: Actor, id: string, comment?: string): Promise<StoredRequest> {
    return retry(this.environment, actor, id, readComment(comment));
  }

  /** What a team holds, and what it may. */
  usage(team: string): Promise<TeamUsage> {
    return usageOf(this.environment, team);
  }

  /** Figures over all requests and teams. */
  summary(): Promise<Summary> {
    return summaryOf(this.environment);
  }

  /** From the watcher: how the workflow of an attempt is. */
  observe(id: string, attempt: number, seen: WorkflowObservation): Promise<void> {
    return observe(this.environment, id, attempt, seen);
  }

  /** From the watcher: the workflow of an attempt is gone, as Argo says when it is asked for it by name; `message` is for people. */
  lost(id: string, attempt: number, message: string): Promise<void> {
    return lost(this.environment, id, attempt, message);
  }

  /** For the watcher: all workflows on an Argo instance that have something more to say to their request. */
  awaited(argoInstance: string): Promise<AwaitedWorkflow[]> {
    return this.environment.stores.requests.awaited(argoInstance);
  }

  /** From the clock, every few minutes: reminders, and the end of requests that nobody approved. */
  lapseApprovals(): Promise<Lapsed> {
    return lapseApprovals(this.environment);
  }

  async #plan(subject: Subject, except?: StoredRequest): Promise<PlanWithManifests> {
    const now = this.environment.now().toISOString();
    const live = except && (await liveOf(this.environment, except.id));
    const { plan } = await prepare(this.environment, this.environment.stores, subject, { now, except, live });
    return plan(except?.id);
  }
}

function readComment(comment: string | undefined): string | undefined {
  if (comment !== undefined && comment.length > MOST_COMMENT) {
    throw new InputError(`a comment can have ${MOST_COMMENT} characters, this one has ${comment.length}; shorten it`);
  }
  return comment?.trim() === '' ? undefined : comment;
}

function neededComment(comment: string): string {
  const read = readComment(comment);
  if (read === undefined) {
    throw new InputError('`comment` is missing; say why, whoever asked for it will read it');
  }
  return read;
}
