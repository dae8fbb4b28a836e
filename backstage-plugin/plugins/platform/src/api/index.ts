export { type Documents, platformApiRef, type PlatformApi, type RequestPlan, type RequestQuery } from './PlatformApi';
export { PlatformClientApi } from './PlatformClientApi';
export { asProblem, type Problem } from './problem';
