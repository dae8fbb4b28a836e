// The modules of the package, as installed, for corpus.test.mjs.
export * as core from '@berth/core';
export * as bare from '@berth/core/bare';
export * as yaml from '@berth/core/yaml';
