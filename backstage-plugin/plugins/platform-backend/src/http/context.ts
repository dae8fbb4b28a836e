// What the routes share, and the steps that each call goes through before its own: who calls, how often, and how large the body is.
// Credentials were checked by Backstage before any of them.
import type { AuditorService, AuditorServiceEventSeverityLevel } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import type { ActorResolver, Caller } from '../actor';
import type { DocumentStore } from '../documents';
import type { ArgoHealth } from '../health/ArgoHealth';
import type { NamespaceService } from '../lifecycle/NamespaceService';
import type { Access } from '../permissions';
import type { RequestService } from '../requests/RequestService';
import { jsonBody } from './jsonBody';
import type { RateLimits } from './RateLimits';

/** The parts of the plugin that the API shows. */
export interface RouteContext {
  actors: Pick<ActorResolver, 'resolve'>;
  access: Access;
  auditor: AuditorService;
  documents: Pick<DocumentStore, 'berth' | 'problem'>;
  health: Pick<ArgoHealth, 'states'>;
  requests: RequestService;
  namespaces: NamespaceService;
  limits: RateLimits;
  /** As in `berth.api.bodyLimit`. */
  bodyLimit: string | number;
}

/** A call, with who makes it. */
export interface Call {
  req: Request;
  res: Response;
  caller: Caller;
}

/** How a route is called. */
export interface RouteOptions {
  /** Writes have a body, a tighter rate limit and a line in Backstage's audit log. */
  kind: 'read' | 'write';
  /** What the audit log calls it; reads have none. */
  eventId?: string;
  severity?: AuditorServiceEventSeverityLevel;
  /** See `ActorResolver.resolve`. */
  identity?: 'needed' | 'if-known';
  /** Streams may stay open. */
  mayTakeLong?: boolean;
}

/** A call that takes longer is given up, so that a stuck database doesn't fill the memory with callers who wait. */
const LONGEST_MS = 30_000;

/** The steps of a route, in order: who, how often, how large, and then `handle`. */
export function route(context: RouteContext, options: RouteOptions, handle: (call: Call) => Promise<void>): RequestHandler[] {
  const { kind, identity, eventId, severity = 'medium', mayTakeLong } = options;
  const identify: RequestHandler = async (req, res, next) => {
    const caller = await context.actors.resolve(req, identity);
    await context.limits.consume(kind, caller.actor, res);
    res.locals.caller = caller;
    next();
  };
  const run: RequestHandler = async (req, res) => {
    const caller = res.locals.caller as Caller;
    const event = eventId && (await context.auditor.createEvent({ eventId, severityLevel: severity, request: req }));
    try {
      const work = handle({ req, res, caller });
      await (mayTakeLong ? work : inTime(work));
      await (event && event.success());
    } catch (error) {
      await (event && event.fail({ error: error instanceof Error ? error : new Error(String(error)) }));
      throw error;
    }
  };
  return kind === 'write' ? [identify, ...jsonBody(context), run] : [identify, run];
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServiceUnavailableError('this takes too long now: try again; with an `Idempotency-Key` nothing is done twice')),
      LONGEST_MS,
    );
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
