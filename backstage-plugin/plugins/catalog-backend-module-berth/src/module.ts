// Wiring only: the provider of namespaces, and how often it looks.
import { coreServices, createBackendModule, readSchedulerServiceTaskScheduleDefinitionFromConfig } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { createPlatformClient } from '@berth/plugin-platform-common';
import { NamespaceProvider } from './NamespaceProvider';

const EVERY_MINUTE = { frequency: { minutes: 1 }, timeout: { minutes: 1 }, initialDelay: { seconds: 10 } };

/** Brings the namespaces that Berth manages into the catalog, as Resources with their owner. */
export const catalogModuleBerth = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'berth',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discoveryApi: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, auth, config, discoveryApi, logger, scheduler }) {
        const schedule = config.getOptionalConfig('catalog.providers.berth.schedule');
        catalog.addEntityProvider(
          new NamespaceProvider({
            logger,
            tasks: scheduler.createScheduledTaskRunner(
              schedule ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule) : EVERY_MINUTE,
            ),
            argoInstances: (config.getOptionalConfigArray('argoWorkflows.instances') ?? []).map(one => one.getString('name')),
            defaultArgoInstance: config.getOptionalString('argoWorkflows.defaultInstance'),
            appUrl: config.getOptionalString('app.baseUrl'),
            async client() {
              const onBehalfOf = await auth.getOwnServiceCredentials();
              const { token } = await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'platform' });
              return createPlatformClient({ discoveryApi, token });
            },
          }),
        );
      },
    });
  },
});
