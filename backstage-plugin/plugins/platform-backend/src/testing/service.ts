/** A request service with everything around it: a database, the documents that come with Berth, an engine, a clock that is set. */
import { Berth, type DocumentInput } from '@berth/core';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Actor } from '../actor/Actor';
import { Stores } from '../database/Stores';
import { NamespaceService } from '../lifecycle/NamespaceService';
import type { StoredNamespace } from '../lifecycle/model';
import { OutboxWorker } from '../outbox/OutboxWorker';
import { createStopHandler } from '../outbox/stopHandler';
import { createSubmitHandler } from '../outbox/submitHandler';
import type { Notification, StoredRequest, WorkflowObservation } from '../requests/model';
import type { RequestServiceOptions } from '../requests/environment';
import { RequestService } from '../requests/RequestService';
import { FakeEngine } from './FakeEngine';
import type { TestDatabases } from './databases';
import { ada } from './requests';

/** What a test may change in the platform document; JSON, so any field of it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type PlatformChange = (platform: any) => void;

/** The service, and the things around it. */
export interface TestService {
  service: RequestService;
  namespaces: NamespaceService;
  stores: Stores;
  engine: FakeEngine;
  submits: OutboxWorker;
  stops: OutboxWorker;
  /** Who was told what, in order. */
  notifications: Notification[];
  /** Does all that is due in the outbox. */
  drain(): Promise<void>;
  /** Lets time pass. */
  pass(time: { minutes?: number; days?: number }): void;
  /** Puts other documents in place. */
  changeDocuments(change: PlatformChange): void;
  /** Asks for a namespace of the team `payments` in `development`. */
  ask(parameters?: Record<string, unknown>, actor?: Actor, options?: { idempotencyKey?: string }): Promise<StoredRequest>;
  /** Hands over what waits, and lets the workflow of a request end like this. */
  end(request: StoredRequest, observation?: Partial<WorkflowObservation>): Promise<StoredRequest>;
  /** Asks as `ask` does, and has it carried out. */
  stands(parameters?: Record<string, unknown>): Promise<StoredNamespace>;
  /** What stands by a request, as it is now. */
  standing(requestId: string): Promise<StoredNamespace>;
}

/** The namespace `payments-checkout` of the team `payments` in `development`, with what a test changes. */
export function parameters(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    namespaceName: 'payments-checkout',
    team: 'payments',
    environment: 'development',
    description: 'Checkout of the shop',
    ...changes,
  };
}

/** What the watcher sees of a workflow. */
export function seen(observation: Partial<WorkflowObservation>): WorkflowObservation {
  return { steps: [], rollback: 'none', uid: 'uid', resourceVersion: '1', ...observation };
}

const silent: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silent,
};

/** Makes one on an empty database. */
export async function createService(
  databases: TestDatabases,
  change: PlatformChange = () => {},
  settings: Pick<RequestServiceOptions, 'times' | 'readLive'> = {},
): Promise<TestService> {
  const stores = await Stores.open(await databases.create());
  const engine = new FakeEngine();
  const notifications: Notification[] = [];
  let berth = berthWith(change);
  let now = Date.parse('2026-11-23T12:00:00.000Z');
  const service = new RequestService({
    stores,
    documents: { berth: () => berth },
    instanceOf: () => engine.instance,
    now: () => new Date(now),
    ...settings,
  });
  const { environment } = service;
  const engineOf = (name: string) => (name === engine.instance ? engine : undefined);
  const submits = new OutboxWorker({
    kind: 'submit',
    environment,
    logger: silent,
    handler: createSubmitHandler(environment, engineOf),
  });
  const stops = new OutboxWorker({ kind: 'stop', environment, logger: silent, handler: createStopHandler(environment, engineOf) });
  const notifies = new OutboxWorker({
    kind: 'notify',
    environment,
    logger: silent,
    handler: async row => {
      notifications.push(JSON.parse(row.payload));
      return undefined;
    },
  });
  const drain = async () => {
    await submits.drain();
    await stops.drain();
    await notifies.drain();
  };
  const standing = async (requestId: string) => {
    const namespace = await stores.namespaces.find(requestId);
    if (namespace === undefined) {
      throw new TypeError(`nothing stands by the request \`${requestId}\``);
    }
    return namespace;
  };
  return {
    service,
    namespaces: new NamespaceService(environment),
    stores,
    engine,
    submits,
    stops,
    notifications,
    drain,
    standing,
    pass({ minutes = 0, days = 0 }) {
      now += (days * 24 * 60 + minutes) * 60_000;
    },
    changeDocuments(next) {
      berth = berthWith(next);
    },
    async end(request, observation = { phase: 'Succeeded' }) {
      await drain();
      const { attempt } = await service.get(request.id);
      await service.observe(request.id, attempt, seen(observation));
      return service.get(request.id);
    },
    async stands(changes = {}) {
      const request = (await service.submit(ada, 'namespace', parameters(changes))).request;
      await drain();
      await service.observe(request.id, request.attempt, seen({ phase: 'Succeeded' }));
      return standing(request.id);
    },
    async ask(changes = {}, actor = ada, options = {}) {
      return (await service.submit(actor, 'namespace', parameters(changes), options)).request;
    },
  };
}

function berthWith(change: PlatformChange): Berth {
  const { platform, blueprints } = new Berth().documents();
  change(platform);
  return new Berth({ platform, blueprints: blueprints as DocumentInput[] });
}
