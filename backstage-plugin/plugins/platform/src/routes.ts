// Where the pages are. Paths below `/platform` are fixed: notifications and templates link to them (`platform-common/src/links.ts`).
import { createRouteRef, createSubRouteRef } from '@backstage/frontend-plugin-api';

/** `/platform`, which leads on to the requests. */
export const rootRouteRef = createRouteRef();

/** Where one asks for something; `?blueprint=` and `?parameters=` fill the form in. */
export const newRequestRouteRef = createRouteRef();

export const requestsRouteRef = createRouteRef();
export const approvalsRouteRef = createRouteRef();
export const namespacesRouteRef = createRouteRef();
export const policyRouteRef = createRouteRef();

export const requestRouteRef = createSubRouteRef({ parent: requestsRouteRef, path: '/:requestId' });
export const reviseRouteRef = createSubRouteRef({ parent: requestsRouteRef, path: '/:requestId/change' });
export const adoptRouteRef = createSubRouteRef({ parent: namespacesRouteRef, path: '/adopt' });
export const namespaceRouteRef = createSubRouteRef({ parent: namespacesRouteRef, path: '/:cluster/:name' });
export const changeRouteRef = createSubRouteRef({ parent: namespacesRouteRef, path: '/:cluster/:name/change' });
