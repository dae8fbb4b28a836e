// Where people see things in Backstage. The frontend's routes, the notifications and the scaffolder's outputs meet here.

/** The page of a request, below the app's own address. */
export function requestPath(requestId: string): string {
  return `/platform/requests/${encodeURIComponent(requestId)}`;
}

/** The page of a namespace, below the app's own address. */
export function namespacePath(cluster: string, name: string): string {
  return `/platform/namespaces/${encodeURIComponent(cluster)}/${encodeURIComponent(name)}`;
}
