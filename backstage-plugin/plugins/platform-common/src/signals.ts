// What the backend tells open browsers: which requests changed. What they may see of them, they ask the API.

/** The channel of Backstage's signals. */
export const REQUESTS_CHANNEL = 'platform:requests';

/** A message on it. */
export type RequestsChanged = { requestIds: string[] };
