// Who calls: the one Actor that the rest of the plugin knows, however the caller came.
export type { Actor } from './Actor';
export { ActorResolver, type Caller } from './ActorResolver';
export { People } from './People';
export { platformTokenHandlerFactory } from './tokenHandler';
export { TokenVerifier } from './TokenVerifier';
