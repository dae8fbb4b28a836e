// The only place that loads `@berth/core`, so that the WebAssembly is in one chunk, fetched when a form is opened: without documents of its
// own, since forms decide by those of the server. Types of it may be imported anywhere.

export type Core = typeof import('@berth/core/bare');

let loading: Promise<Core> | undefined;

/** Fulfilled with the core; a load that failed is tried again by the next call. */
export function loadCore(): Promise<Core> {
  loading ??= import(/* webpackChunkName: "berth-core" */ '@berth/core/bare').catch(error => {
    loading = undefined;
    throw error;
  });
  return loading;
}
