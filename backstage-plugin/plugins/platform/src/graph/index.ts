export { graphOf, type GraphStep } from './graphOf';
export { StepGraph } from './StepGraph';
