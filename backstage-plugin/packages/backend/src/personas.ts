// Sign-in of the demo, by choosing somebody: no password, so it works with `berth.demo` and on this machine alone.
import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { authProvidersExtensionPoint, createProxyAuthenticator, createProxyAuthProviderFactory } from '@backstage/plugin-auth-node';
import { isDemoOnLoopback } from '@berth/plugin-platform-backend';

interface Persona {
  name: string;
  title: string;
}

const LOOPBACK_ADDRESSES = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

const personaAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ title }: Persona) => ({ profile: { displayName: title } }),
  initialize: ({ config }) =>
    config.getConfigArray('people').map<Persona>(person => ({ name: person.getString('name'), title: person.getString('title') })),
  async authenticate({ req }, people) {
    // The host is looked at, too: a page elsewhere could have its own name resolved to this machine.
    if (!LOOPBACK_ADDRESSES.test(req.socket.remoteAddress ?? '') || !LOOPBACK_HOSTS.test(req.headers.host ?? '')) {
      throw new NotAllowedError('the demo signs in nobody from another machine: set up a sign-in of your own');
    }
    const name = req.header('x-berth-persona') ?? '';
    const persona = people.find(person => person.name === name);
    if (!persona) {
      throw new NotAllowedError(`the demo knows nobody named \`${name}\`: it knows ${people.map(one => `\`${one.name}\``).join(', ')}`);
    }
    return { result: persona };
  },
});

export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'berth-personas',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, providers: authProvidersExtensionPoint },
      async init({ config, providers }) {
        if (!isDemoOnLoopback(config)) {
          throw new InputError('personas sign in without a password: they need `berth.demo: true` and `backend.listen.host: 127.0.0.1`');
        }
        providers.registerProvider({
          providerId: 'persona',
          factory: createProxyAuthProviderFactory({
            authenticator: personaAuthenticator,
            signInResolver: async ({ result: { name } }, context) =>
              context.signInWithCatalogUser({ entityRef: { kind: 'User', namespace: 'default', name } }),
          }),
        });
      },
    });
  },
});
