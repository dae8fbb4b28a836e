// The documents that the backend decides by, and what callers may see of them.
export { DocumentStore } from './DocumentStore';
export { findingsIn } from './findings';
export { viewFor } from './view';
