// The panel beside the fields.
export { Preview } from './Preview';
export { Verdict } from './Verdict';
