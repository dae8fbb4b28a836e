export { platformApiRef, type PlatformApi, type RequestQuery } from './PlatformApi';
export { PlatformClientApi } from './PlatformClientApi';
export { asProblem, type Problem } from './problem';
