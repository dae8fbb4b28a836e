// Lets tokens of `berth.tokens` through Backstage's own check of credentials, for this plugin and no other. It is added to the
// backend beside the plugin, and named in `backend.auth.externalAccess` as type `berth`.
import { createExternalTokenHandler, externalTokenHandlersServiceRef } from '@backstage/backend-defaults/auth';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { readBerthConfig, TOKEN_HANDLER_TYPE } from '../config';
import { TokenVerifier } from './TokenVerifier';

export const platformTokenHandlerFactory = createServiceFactory({
  service: externalTokenHandlersServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.logger, plugin: coreServices.pluginMetadata },
  async factory({ config, logger, plugin }) {
    // INVARIANT: other plugins know no key of ours, whatever `accessRestrictions` says.
    const verifier = new TokenVerifier(plugin.getId() === 'platform' ? readBerthConfig(config).tokens : [], logger);
    return createExternalTokenHandler<void>({
      type: TOKEN_HANDLER_TYPE,
      initialize: () => undefined,
      async verifyToken(token) {
        const caller = await verifier.verify(token);
        return caller && { subject: caller.ref };
      },
    });
  },
});
