// The backend plugin `platform`: wiring only. What each part does, its own file says.
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { Berth } from '@berth/core';
import { platformPermissions } from '@berth/plugin-platform-common';
import { registerActions } from './actions';
import { ActorResolver, People, TokenVerifier } from './actor';
import { ArgoEngines, checkWorkflowSettings, readArgoConfig } from './argo';
import { checkStartup, readBerthConfig } from './config';
import { isSqlite } from './database/dialect';
import { Stores } from './database/Stores';
import { DocumentStore } from './documents';
import { ArgoHealth } from './health';
import { createRouter, RateLimits } from './http/router';
import { createMetrics } from './metrics';
import { Inventory, readInventoryConfig } from './inventory';
import { NamespaceService } from './lifecycle/NamespaceService';
import { LEASE_MS } from './outbox/OutboxWorker';
import { Access, requestResourceRef, requestRules } from './permissions';
import { Policy } from './requests/policy';
import { RequestService } from './requests/RequestService';
import { Foreground } from './timing/Foreground';
import { startWork } from './work';

export const platformPlugin = createBackendPlugin({
  pluginId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { auditor, auth, catalog, config, database, httpAuth, httpRouter, lifecycle, logger, permissions } = deps;
        const { actionsRegistry, metrics, notifications, permissionsRegistry, scheduler, signals, userInfo } = deps;
        const berth = readBerthConfig(config);
        checkStartup(config, berth);
        const argo = readArgoConfig(config);
        const check = (documents: Berth) => checkWorkflowSettings(Policy.of(documents), argo, LEASE_MS);
        const documents = await DocumentStore.open({ directory: berth.documents, logger, check });
        const inventory = new Inventory(readInventoryConfig(berth));
        const client = await database.getClient();
        const stores = await Stores.open(client, { migrate: !database.migrations?.skip });
        if (isSqlite(client)) {
          logger.info('the database is SQLite, which is for one replica: take PostgreSQL before you start a second one');
        }
        const engines = new ArgoEngines(argo);
        const health = new ArgoHealth(argo.instances.map(({ name }) => name), logger);
        // A cluster is served by the instance of its name, where there is one.
        const instanceOf = (cluster: string) => argo.instances.find(({ name }) => name === cluster)?.name ?? argo.defaultInstance;
        const times = {
          approval: berth.approvals.expireAfter,
          reminderBefore: berth.approvals.remindBefore,
          idempotencyKey: berth.retention.idempotencyKeys,
        };
        const targetOf = (instance: string) => argo.instances.find(({ name }) => name === instance)?.target ?? 'workflow';
        const readLive = (cluster: string, name: string) => inventory.readLive(documents.berth(), cluster, name);
        const requests = new RequestService({ stores, documents, instanceOf, targetOf, times, readLive });
        const namespaces = new NamespaceService(requests.environment);

        permissionsRegistry.addResourceType({
          resourceRef: requestResourceRef,
          permissions: platformPermissions,
          rules: Object.values(requestRules(() => documents.berth())),
          getResources: ids => Promise.all(ids.map(id => requests.find(id))),
        });
        const ruleset = permissionsRegistry.getPermissionRuleset(requestResourceRef);
        const access = new Access({ permissions, ruleset, documents });
        const people = new People({ catalog, auth });
        const verifier = new TokenVerifier(berth.tokens, logger);
        const actors = new ActorResolver({ auth, httpAuth, userInfo, people, verifier, links: berth.links, logger });
        const limits = new RateLimits(berth.api.rateLimits);
        const foreground = new Foreground();
        httpRouter.use(foreground.count);
        httpRouter.use(createRouter({ access, actors, auditor, documents, health, limits, requests, namespaces, bodyLimit: berth.api.bodyLimit }));
        registerActions({ registry: actionsRegistry, access, actors, limits, requests });
        httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });

        const { namespaces: standing, observations, outbox, requests: counted } = stores;
        const measured = createMetrics({ metrics, argo: health, outbox, namespaces: standing, observations, requests: counted });
        const { retention } = berth;
        const means = { inventory, notifications, signals, scheduler, logger };
        const stop = await startWork({ requests, engines, documents, foreground, health, metrics: measured, retention, ...means });
        lifecycle.addShutdownHook(stop);
      },
    });
  },
});
