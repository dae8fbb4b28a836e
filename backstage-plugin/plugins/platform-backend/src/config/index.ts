// The plugin's configuration: `berth`, typed, and what must be true of the whole before it starts.
export { readBerthConfig } from './readBerthConfig';
export type { BerthConfig, TokenConfig } from './schema';
export { checkStartup, DEMO_SECRET, isDemoOnLoopback, TOKEN_HANDLER_TYPE } from './startup';
