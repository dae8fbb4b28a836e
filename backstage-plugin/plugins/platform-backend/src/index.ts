// The backend plugin, the token handler that is added beside it, and what permission policies need.
export { platformTokenHandlerFactory } from './actor';
export { isDemoOnLoopback } from './config';
export { createRequestConditionalDecision, requestConditions } from './permissions';
export { platformPlugin as default } from './plugin';
