// Wiring only: Berth's actions for the scaffolder.
import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createNamespaceChangeAction } from './actions/namespaceChange';
import { createNamespaceDecommissionAction } from './actions/namespaceDecommission';
import { createNamespacePlanAction } from './actions/namespacePlan';
import { createNamespaceRequestAction } from './actions/namespaceRequest';
import { createNamespaceValidateAction } from './actions/namespaceValidate';
import { createRequestAction } from './actions/request';
import { meansDeps, meansWith } from './request/means';

/** Adds the actions `berth:namespace:validate`, `:plan`, `:request`, `:change` and `:decommission`, and `berth:request`. */
export const scaffolderModuleBerth = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'berth',
  register(env) {
    env.registerInit({
      deps: { ...meansDeps, actions: scaffolderActionsExtensionPoint },
      async init({ actions, ...services }) {
        const meansFor = meansWith(services);
        actions.addActions(
          createNamespaceValidateAction(meansFor),
          createNamespacePlanAction(meansFor),
          createNamespaceRequestAction(meansFor),
          createNamespaceChangeAction(meansFor),
          createNamespaceDecommissionAction(meansFor),
          createRequestAction(meansFor),
        );
      },
    });
  },
});
