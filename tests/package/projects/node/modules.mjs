// Both modules of the package, as installed, for corpus.test.mjs.
export * as core from '@berth/core';
export * as yaml from '@berth/core/yaml';
