// The types of the HTTP API, generated from src/schema/openapi.yaml of the backend plugin: `npm run generate`.
/* eslint-disable */
export interface paths {
    "/namespaces/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a namespace */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["NamespaceParameters"];
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests for namespaces, the newest first; those that the caller may see */
        get: {
            parameters: {
                query?: {
                    /** @description What the caller asked for, what their teams asked for, or what waits for their approval; without it all that they may see */
                    view?: components["parameters"]["ViewFilter"];
                    team?: components["parameters"]["TeamFilter"];
                    status?: components["parameters"]["StatusFilter"];
                    environment?: components["parameters"]["EnvironmentFilter"];
                    /** @description A part of the name */
                    name?: components["parameters"]["NameFilter"];
                    /** @description `nextCursor` of the page before */
                    cursor?: components["parameters"]["Cursor"];
                    limit?: components["parameters"]["Limit"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: components["responses"]["RequestPage"];
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/request/{requestId}": components["pathItems"]["Request"];
    "/namespaces/request/{requestId}/status": components["pathItems"]["RequestStatus"];
    "/namespaces/request/{requestId}/plan": components["pathItems"]["RequestPlan"];
    "/namespaces/request/{requestId}/events": components["pathItems"]["RequestEvents"];
    "/namespaces/request/{requestId}/logs": components["pathItems"]["RequestLogs"];
    "/namespaces/request/{requestId}/approve": components["pathItems"]["Approve"];
    "/namespaces/request/{requestId}/reject": components["pathItems"]["Reject"];
    "/namespaces/request/{requestId}/ask-for-changes": components["pathItems"]["AskForChanges"];
    "/namespaces/request/{requestId}/nudge": components["pathItems"]["Nudge"];
    "/namespaces/request/{requestId}/resubmit": components["pathItems"]["Resubmit"];
    "/namespaces/request/{requestId}/cancel": components["pathItems"]["Cancel"];
    "/namespaces/request/{requestId}/retry": components["pathItems"]["Retry"];
    "/namespaces/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge a request for a namespace, its name included; nothing is stored */
        post: {
            parameters: {
                query?: {
                    /** @description Say for every field which values may still be chosen */
                    options?: components["parameters"]["WithOptions"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["NamespaceParameters"];
            responses: {
                200: components["responses"]["Decision"];
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["TooLarge"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a request for a namespace would create; nothing is stored */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["NamespaceParameters"];
            responses: {
                200: components["responses"]["Plan"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Namespaces that stand; those that the caller may see */
        get: {
            parameters: {
                query?: {
                    team?: components["parameters"]["TeamFilter"];
                    /** @description `nextCursor` of the page before */
                    cursor?: components["parameters"]["Cursor"];
                    limit?: components["parameters"]["Limit"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of namespaces */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NamespacePage"];
                    };
                };
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/{name}": {
        parameters: {
            query?: {
                /** @description Needed only where namespaces of this name stand on more than one cluster */
                cluster?: components["parameters"]["Cluster"];
            };
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        /** One namespace that stands */
        get: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: never;
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The namespace */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Namespace"];
                    };
                };
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        /** Give a namespace back; the answer is a request of kind `delete` */
        delete: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of the namespace, typed once more */
                        confirm: string;
                        /**
                         * @description Set its quota to 0 first; it can be restored for some days, then it is deleted. The request is of kind `freeze`
                         * @default false
                         */
                        freeze?: boolean;
                    };
                };
            };
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        options?: never;
        head?: never;
        /** Ask for a change of a namespace; the answer is a request of kind `change` */
        patch: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody: components["requestBodies"]["Patch"];
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        trace?: never;
    };
    "/namespaces/{name}/plan": {
        parameters: {
            query?: {
                /** @description Needed only where namespaces of this name stand on more than one cluster */
                cluster?: components["parameters"]["Cluster"];
            };
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a change of a namespace, or its end, would do; nothing is stored */
        post: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: never;
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Parameters"] | {
                        /**
                         * @description Plan its end instead of a change
                         * @constant
                         */
                        delete: true;
                    } | {
                        /**
                         * @description Plan to freeze it
                         * @constant
                         */
                        freeze: true;
                    } | {
                        adopt: components["schemas"]["Parameters"];
                    };
                };
            };
            responses: {
                200: components["responses"]["Plan"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/{name}/extend": {
        parameters: {
            query?: {
                /** @description Needed only where namespaces of this name stand on more than one cluster */
                cluster?: components["parameters"]["Cluster"];
            };
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a namespace live longer; a change of its end, which also restores it when it is frozen */
        post: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        expiresAt: components["schemas"]["Moment"];
                    };
                };
            };
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/{name}/repair": {
        parameters: {
            query?: {
                /** @description Needed only where namespaces of this name stand on more than one cluster */
                cluster?: components["parameters"]["Cluster"];
            };
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply again what was carried out last; what was approved then needs no other approval */
        post: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/{name}/restore": {
        parameters: {
            query?: {
                /** @description Needed only where namespaces of this name stand on more than one cluster */
                cluster?: components["parameters"]["Cluster"];
            };
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a frozen namespace back, before it is deleted */
        post: {
            parameters: {
                query?: {
                    /** @description Needed only where namespaces of this name stand on more than one cluster */
                    cluster?: components["parameters"]["Cluster"];
                };
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description Another end, where its time was over */
                        expiresAt?: components["schemas"]["Moment"];
                    };
                };
            };
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/namespaces/{name}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["NamespaceName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to take over a namespace that Berth did not make; somebody must always approve it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path: {
                    name: components["parameters"]["NamespaceName"];
                };
                cookie?: never;
            };
            requestBody: components["requestBodies"]["NamespaceParameters"];
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests, the newest first; those that the caller may see */
        get: {
            parameters: {
                query?: {
                    blueprint?: string;
                    /** @description What the caller asked for, what their teams asked for, or what waits for their approval; without it all that they may see */
                    view?: components["parameters"]["ViewFilter"];
                    team?: components["parameters"]["TeamFilter"];
                    status?: components["parameters"]["StatusFilter"];
                    environment?: components["parameters"]["EnvironmentFilter"];
                    /** @description A part of the name */
                    name?: components["parameters"]["NameFilter"];
                    /** @description `nextCursor` of the page before */
                    cursor?: components["parameters"]["Cursor"];
                    limit?: components["parameters"]["Limit"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: components["responses"]["RequestPage"];
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        /** Ask for what a blueprint offers */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
                    "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["BlueprintParameters"];
            responses: {
                201: components["responses"]["Submitted"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                422: components["responses"]["KeyReused"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge a request, its name included; nothing is stored */
        post: {
            parameters: {
                query?: {
                    /** @description Say for every field which values may still be chosen */
                    options?: components["parameters"]["WithOptions"];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["BlueprintParameters"];
            responses: {
                200: components["responses"]["Decision"];
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["TooLarge"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a request would create; nothing is stored */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: components["requestBodies"]["BlueprintParameters"];
            responses: {
                200: components["responses"]["Plan"];
                400: components["responses"]["Violations"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                409: components["responses"]["Conflict"];
                413: components["responses"]["TooLarge"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{requestId}": components["pathItems"]["Request"];
    "/requests/{requestId}/status": components["pathItems"]["RequestStatus"];
    "/requests/{requestId}/plan": components["pathItems"]["RequestPlan"];
    "/requests/{requestId}/events": components["pathItems"]["RequestEvents"];
    "/requests/{requestId}/logs": components["pathItems"]["RequestLogs"];
    "/requests/{requestId}/approve": components["pathItems"]["Approve"];
    "/requests/{requestId}/reject": components["pathItems"]["Reject"];
    "/requests/{requestId}/ask-for-changes": components["pathItems"]["AskForChanges"];
    "/requests/{requestId}/nudge": components["pathItems"]["Nudge"];
    "/requests/{requestId}/resubmit": components["pathItems"]["Resubmit"];
    "/requests/{requestId}/cancel": components["pathItems"]["Cancel"];
    "/requests/{requestId}/retry": components["pathItems"]["Retry"];
    "/teams/{team}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Limits and budget of a team, and what is left of them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    team: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Figures of the team */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TeamUsage"];
                    };
                };
                400: components["responses"]["Invalid"];
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                404: components["responses"]["NotFound"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures over all requests and teams, for those who see all */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Summary"];
                    };
                };
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The blueprints, and the platform document cut to what the caller may see */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag of an earlier answer */
                    "If-None-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The documents */
                200: {
                    headers: {
                        /** @description The policy's digest; with a suffix where the platform document is cut */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Documents"];
                    };
                };
                /** @description As the caller has them */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What `berth policy check` finds in the documents, for those who see all of them */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is probably not meant */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Findings"];
                    };
                };
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plugin answers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It does */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @constant */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of the parts; Argo away is `degraded` */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description State of the parts */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HealthDetails"];
                    };
                };
                401: components["responses"]["Unauthenticated"];
                403: components["responses"]["NotAllowed"];
                429: components["responses"]["TooManyRequests"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What is asked for, field by field, as the blueprint says */
        Parameters: {
            [key: string]: unknown;
        };
        Comment: string;
        /** @enum {string} */
        RequestStatus: "pending-approval" | "queued" | "provisioning" | "completed" | "failed" | "rejected" | "cancelled";
        /**
         * @description `create` makes something, `adopt` takes it over; the others are about what stands
         * @enum {string}
         */
        RequestKind: "create" | "change" | "delete" | "freeze" | "adopt";
        /**
         * @description Why, where the kind alone does not say so
         * @enum {string}
         */
        RequestPurpose: "extend" | "repair" | "restore" | "expiry" | "grace-over";
        /** @enum {string} */
        RollbackState: "none" | "running" | "done" | "failed";
        /** @description In minor units of the currency: 10000 is 100.00 USD */
        Money: number;
        /** Format: date-time */
        Moment: string;
        SubmittedRequest: {
            requestId: string;
            kind: components["schemas"]["RequestKind"];
            /** @description Name of the Workflow; null while an approval is awaited */
            workflowId: string | null;
            status: components["schemas"]["RequestStatus"];
            /** @description An earlier call with this `Idempotency-Key` made the request */
            replayed: boolean;
            planDigest: string;
            approval: components["schemas"]["Approval"];
        };
        RequestProgress: {
            requestId: string;
            workflowId: string | null;
            status: components["schemas"]["RequestStatus"];
            /** @description Why it failed */
            error?: string;
            /** @description The step that failed */
            failedStep?: string;
            rollback: components["schemas"]["RollbackState"];
            attempt: number;
            cancelRequestedAt?: components["schemas"]["Moment"];
            steps: components["schemas"]["Step"][];
            updatedAt: components["schemas"]["Moment"];
        };
        Step: {
            id: string;
            /** @description As Argo says: Pending, Running, Succeeded, Skipped, Failed, Error or Omitted */
            phase: string;
            startedAt?: components["schemas"]["Moment"];
            finishedAt?: components["schemas"]["Moment"];
            message?: string;
            retries: number;
        };
        Request: {
            requestId: string;
            workflowId: string | null;
            blueprint: string;
            kind: components["schemas"]["RequestKind"];
            /** @description Of a request about what stands: the request that made it */
            originId?: string;
            purpose?: components["schemas"]["RequestPurpose"];
            cluster: string;
            name: string;
            team: string;
            environment: string;
            parameters: components["schemas"]["Parameters"];
            requester: components["schemas"]["Person"];
            status: components["schemas"]["RequestStatus"];
            error?: string;
            failedStep?: string;
            rollback: components["schemas"]["RollbackState"];
            attempt: number;
            /** @description Counts the changes of the request */
            version: number;
            /** @description What an approval pins */
            planDigest: string;
            policyDigest: string;
            coreVersion: string;
            monthlyCost: components["schemas"]["Money"];
            /** @description Of a change: the monthly cost of what stands */
            costBefore?: components["schemas"]["Money"];
            currency: string;
            approval: components["schemas"]["Approval"];
            approvals: components["schemas"]["GivenApproval"][];
            cancelRequestedAt?: components["schemas"]["Moment"];
            changesAskedAt?: components["schemas"]["Moment"];
            /** @description When the wait for an approval ends */
            expiresAt?: components["schemas"]["Moment"];
            createdAt: components["schemas"]["Moment"];
            updatedAt: components["schemas"]["Moment"];
            submittedAt?: components["schemas"]["Moment"];
            finishedAt?: components["schemas"]["Moment"];
        };
        Person: {
            /** @description Such as `user:default/ada` or `external:ada` */
            ref: string;
            /** @enum {string} */
            kind: "user" | "external" | "service";
            /** @description The user of the catalog that an external subject is */
            linkedRef?: string;
        };
        RequestPage: {
            items: components["schemas"]["Request"][];
            /** @description Left out on the last page */
            nextCursor?: string;
        };
        Namespace: {
            name: string;
            cluster: string;
            team: string;
            environment: string;
            /** @description The request that made it */
            requestId: string;
            /** @description The request that was carried out last */
            appliedBy: string;
            /**
             * @description `frozen`: its quota is 0, and it goes after a grace period; `terminating`: Kubernetes is deleting it; `missing`: it was not found in its cluster, and counts as gone when that stays so
             * @enum {string}
             */
            state: "standing" | "frozen" | "terminating" | "missing" | "gone";
            parameters: components["schemas"]["Parameters"];
            cost: {
                monthly: components["schemas"]["Money"];
                currency: string;
                decimals: number;
            };
            standsSince: components["schemas"]["Moment"];
            /** @description When it shall go */
            expiresAt?: components["schemas"]["Moment"];
            /** @description Of what is frozen: when it is deleted */
            deleteAt?: components["schemas"]["Moment"];
            /** @description What is under way about it; one at a time */
            openRequests: {
                requestId: string;
                kind: components["schemas"]["RequestKind"];
                purpose?: components["schemas"]["RequestPurpose"];
                status: components["schemas"]["RequestStatus"];
            }[];
            /** @description What its quotas count, by resource, as Kubernetes writes it; only with the source `cluster` */
            usage?: {
                [key: string]: {
                    used: string;
                    hard: string;
                };
            };
            /** @description What in the cluster is not as it was carried out last; only with the source `cluster` */
            drift?: components["schemas"]["DriftedField"][];
            /** @description Of one that is terminating: the finalizers and objects that keep it */
            heldBy?: string;
            /** @description When the cluster was read */
            seenAt?: components["schemas"]["Moment"];
            /**
             * @description `tables`: there is no account to read the cluster with, or it could not be read lately
             * @enum {string}
             */
            source: "cluster" | "tables";
        };
        DriftedField: {
            object: {
                apiVersion: string;
                kind: string;
                name: string;
                namespace?: string;
            };
            /** @description JSON pointer to the field; empty when the whole object is missing */
            path: string;
            /** @description What was carried out; left out where the field should not be there */
            want?: unknown;
            /** @description What stands; left out where the field is missing */
            have?: unknown;
        };
        /** @description It carries Berth's labels, though no request has made it */
        UnmanagedNamespace: {
            name: string;
            cluster: string;
            team?: string;
            environment?: string;
            /** @description As its label says */
            requestId?: string;
            seenAt: components["schemas"]["Moment"];
        };
        NamespacePage: {
            items: components["schemas"]["Namespace"][];
            /** @description On the first page, for those who see all */
            unmanaged?: components["schemas"]["UnmanagedNamespace"][];
            /** @description Left out on the last page */
            nextCursor?: string;
        };
        Event: {
            /** @description Grows with time */
            id: number;
            at: components["schemas"]["Moment"];
            /** @description Such as `submitted`, `approved` or `succeeded` */
            action: string;
            /** @description Who did it; `system` for what Argo and the clock did */
            actor: string;
            from?: components["schemas"]["RequestStatus"];
            to: components["schemas"]["RequestStatus"];
            attempt: number;
            comment?: string;
            details?: {
                [key: string]: unknown;
            };
        };
        Violation: {
            /** @description For programs: `required`, `pattern`, `rule.<id>`... */
            code: string;
            /** @description JSON pointer to the field */
            path: string;
            message: string;
            hint?: string;
            /** @enum {string} */
            severity: "error" | "warning";
        };
        Approval: {
            required: boolean;
            requirements: {
                id: string;
                by: string[];
                count: number;
                reason: string;
            }[];
        };
        GivenApproval: {
            actor: string;
            requirementId: string;
            comment?: string;
            at: components["schemas"]["Moment"];
        };
        Cost: {
            currency: string;
            decimals: number;
            monthly: components["schemas"]["Money"];
            /** @description Of a change: what it costs as it stands */
            before?: components["schemas"]["Money"];
            lines: {
                parameter: string;
                option: string;
                title: string;
                monthly: components["schemas"]["Money"];
            }[];
            budget?: {
                limit: components["schemas"]["Money"];
                used?: components["schemas"]["Money"];
                remaining?: components["schemas"]["Money"];
            };
        };
        /** @description As `schemas/decision.schema.json` of the core says */
        Decision: {
            valid: boolean;
            blueprint: string;
            violations: components["schemas"]["Violation"][];
            request: components["schemas"]["Parameters"];
            approval: components["schemas"]["Approval"];
            cost: components["schemas"]["Cost"];
            options?: {
                [key: string]: {
                    [key: string]: unknown;
                }[];
            };
            policyDigest: string;
            coreVersion: string;
        };
        /** @description As `schemas/plan.schema.json` of the core says, with the manifests as YAML */
        Plan: {
            kind: components["schemas"]["RequestKind"];
            blueprint: string;
            name: string;
            team: string;
            environment: string;
            cluster: string;
            steps: {
                id: string;
                title: string;
                after: string[];
                reason: string;
                objects: {
                    apiVersion: string;
                    kind: string;
                    name: string;
                    namespace?: string;
                    manifest: {
                        [key: string]: unknown;
                    };
                }[];
                verify: {
                    kind: string;
                    name: string;
                    jsonpath: string;
                    expected: string;
                }[];
            }[];
            /** @description What becomes of each object; left out of a creation, which adds them all */
            changes?: {
                step: string;
                apiVersion: string;
                kind: string;
                name: string;
                namespace?: string;
                /** @enum {string} */
                change: "added" | "changed" | "removed" | "unchanged";
                fields?: {
                    /** @description JSON pointer */
                    path: string;
                    /** @description What stands */
                    from?: unknown;
                    /** @description What is wanted */
                    to?: unknown;
                }[];
            }[];
            skipped: {
                id: string;
                title: string;
                reason: string;
            }[];
            approval: components["schemas"]["Approval"];
            cost: components["schemas"]["Cost"];
            planDigest: string;
            policyDigest: string;
            coreVersion: string;
            /** @description All objects as YAML documents */
            manifests: string;
            /** @description A stored request beside what its team has already; it counts choices, and names nothing */
            compared?: {
                /** @description How many other namespaces of the team stand */
                namespaces: number;
                /** @description Choices that none of them has */
                differences: {
                    parameter: string;
                    /** @description As asked for */
                    value?: unknown;
                    /** @description What the others have, the most common first */
                    others: {
                        value?: unknown;
                        count: number;
                    }[];
                }[];
            };
        };
        TeamUsage: {
            team: string;
            namespaces: {
                limit: number;
                used: number;
                left: number;
            };
            monthly: {
                budget: components["schemas"]["Money"];
                used: components["schemas"]["Money"];
                left: components["schemas"]["Money"];
            };
            currency: string;
            /** @description Requests of the team that are under way */
            openRequests?: number;
            /**
             * @description `cluster`: what is counted is compared with what stands, on every cluster
             * @enum {string}
             */
            source?: "cluster" | "tables";
        };
        Summary: {
            /** @description Requests of all time */
            requests: {
                status: components["schemas"]["RequestStatus"];
                count: number;
            }[];
            /** @description Seconds from asking to ready, of what was created within `days`; without figures when nothing was */
            leadTime: {
                days: number;
                count: number;
                median?: number;
                p90?: number;
            };
            /** @description What each team holds, the dearest first */
            teams: {
                team: string;
                namespaces: number;
                monthly: components["schemas"]["Money"];
                budget: components["schemas"]["Money"];
            }[];
            currency: string;
        };
        Documents: {
            /** @description Of the documents that the backend decides by */
            policyDigest: string;
            coreVersion: string;
            /** @description The platform document was cut to what the caller may see */
            cut: boolean;
            platform: {
                [key: string]: unknown;
            };
            blueprints: {
                [key: string]: unknown;
            }[];
        };
        /** @description As `schemas/findings.schema.json` of the core says */
        Findings: {
            /** @description The platform first, then blueprint by blueprint */
            findings: ({
                /** @description For programs: `rule-never-fires`, `option-never-allowed`... */
                code: string;
                /** @enum {string} */
                severity: "error" | "warning" | "note";
                /** @description Left out, it is about the platform document */
                blueprint?: string;
                /** @description JSON pointer into that document */
                pointer: string;
                message: string;
                hint?: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description How much of each blueprint was looked at */
            coverage: {
                blueprint: string;
                fields: string[];
                combinations: number;
                /** @description Every answer holds for all requests that there can be */
                exhaustive: boolean;
                gaps?: string[];
            }[];
            policyDigest: string;
            coreVersion: string;
        };
        HealthDetails: {
            /** @enum {string} */
            status: "ok" | "degraded";
            parts: {
                [key: string]: {
                    /** @enum {string} */
                    status: "ok" | "degraded";
                    message?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        Error: {
            error: {
                name: string;
                message: string;
            } & {
                [key: string]: unknown;
            };
            request?: {
                [key: string]: unknown;
            };
            response?: {
                [key: string]: unknown;
            };
        };
        ViolationsError: components["schemas"]["Error"] & {
            /** @description Everything that is wrong with the parameters; left out when the body could not be read at all */
            violations?: components["schemas"]["Violation"][];
        };
    };
    responses: {
        /** @description Stored; it will be carried out, once everybody has approved who must */
        Submitted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SubmittedRequest"];
            };
        };
        /** @description The request */
        Request: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Request"];
            };
        };
        /** @description A page of requests */
        RequestPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestPage"];
            };
        };
        /** @description The decision; `valid` says which */
        Decision: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        /** @description The plan */
        Plan: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Plan"];
            };
        };
        /** @description The request is not valid, or could not be read */
        Violations: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ViolationsError"];
            };
        };
        /** @description The call could not be read */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No valid token */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller may not do this */
        NotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such thing, or the caller may not see it */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The name is taken, or the state of the request does not allow this */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is too large */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The `Idempotency-Key` was used with another body */
        KeyReused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Try again later */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller sends too much */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        RequestId: string;
        /** @description The same key with the same body within 24 hours gives the same request; with another body it is an error */
        IdempotencyKey: string;
        TeamFilter: string;
        StatusFilter: components["schemas"]["RequestStatus"];
        /** @description What the caller asked for, what their teams asked for, or what waits for their approval; without it all that they may see */
        ViewFilter: "mine" | "team" | "approvals";
        EnvironmentFilter: string;
        /** @description A part of the name */
        NameFilter: string;
        /** @description `nextCursor` of the page before */
        Cursor: string;
        Limit: number;
        NamespaceName: string;
        /** @description Needed only where namespaces of this name stand on more than one cluster */
        Cluster: string;
        /** @description Say for every field which values may still be chosen */
        WithOptions: boolean;
    };
    requestBodies: {
        NamespaceParameters: {
            content: {
                /**
                 * @example {
                 *       "namespaceName": "payments-checkout",
                 *       "team": "payments",
                 *       "environment": "development",
                 *       "resourceTier": "small",
                 *       "networkPolicy": "isolated",
                 *       "features": [],
                 *       "description": "The checkout of the payments team"
                 *     }
                 */
                "application/json": components["schemas"]["Parameters"];
            };
        };
        BlueprintParameters: {
            content: {
                "application/json": {
                    blueprint: string;
                    parameters: components["schemas"]["Parameters"];
                };
            };
        };
        Patch: {
            content: {
                /**
                 * @example {
                 *       "resourceTier": "medium",
                 *       "costCenter": null
                 *     }
                 */
                "application/json": components["schemas"]["Parameters"];
            };
        };
        CommentNeeded: {
            content: {
                "application/json": {
                    comment: components["schemas"]["Comment"];
                };
            };
        };
        CommentAllowed: {
            content: {
                "application/json": {
                    comment?: components["schemas"]["Comment"];
                };
            };
        };
    };
    headers: never;
    pathItems: {
        Request: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            /** All about one request */
            get: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: never;
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Invalid"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    429: components["responses"]["TooManyRequests"];
                };
            };
            put?: never;
            post?: never;
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        RequestStatus: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            /** How far a request is */
            get: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: never;
                responses: {
                    /** @description Its status, with the steps */
                    200: {
                        headers: {
                            [name: string]: unknown;
                        };
                        content: {
                            "application/json": components["schemas"]["RequestProgress"];
                        };
                    };
                    400: components["responses"]["Invalid"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    429: components["responses"]["TooManyRequests"];
                };
            };
            put?: never;
            post?: never;
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        RequestPlan: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            /** What the request would create by today's documents; what an approver reads */
            get: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: never;
                responses: {
                    200: components["responses"]["Plan"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    429: components["responses"]["TooManyRequests"];
                };
            };
            put?: never;
            post?: never;
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        RequestEvents: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            /** The audit trail of a request, the oldest first */
            get: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: never;
                responses: {
                    /** @description What happened, and who did it */
                    200: {
                        headers: {
                            [name: string]: unknown;
                        };
                        content: {
                            "application/json": {
                                items: components["schemas"]["Event"][];
                            };
                        };
                    };
                    400: components["responses"]["Invalid"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    429: components["responses"]["TooManyRequests"];
                };
            };
            put?: never;
            post?: never;
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        RequestLogs: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            /** What the steps and the rollback printed, as text; the last 64 KiB of each step are kept */
            get: {
                parameters: {
                    query?: {
                        /** @description One step; without it all steps, each line with its step in brackets */
                        step?: string;
                        /** @description Keep the answer open until the request has ended */
                        follow?: boolean;
                    };
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: never;
                responses: {
                    /** @description Lines of text */
                    200: {
                        headers: {
                            [name: string]: unknown;
                        };
                        content: {
                            "text/plain": string;
                        };
                    };
                    400: components["responses"]["Invalid"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    429: components["responses"]["TooManyRequests"];
                };
            };
            put?: never;
            post?: never;
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Approve: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Agree to the plan that was read */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody: {
                    content: {
                        "application/json": {
                            /** @description Digest of the plan that the approver has read */
                            planDigest: string;
                            comment?: components["schemas"]["Comment"];
                        };
                    };
                };
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Reject: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Say no; the request ends */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody: components["requestBodies"]["CommentNeeded"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        AskForChanges: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Say what would have to be different; the request goes on waiting */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody: components["requestBodies"]["CommentNeeded"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Nudge: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Have the approvers told once more, while an approval is awaited; once an hour at most */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: components["requestBodies"]["CommentAllowed"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Resubmit: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Change what is asked for, while an approval is awaited */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody: components["requestBodies"]["NamespaceParameters"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Cancel: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Stop a request; what was made so far is taken back */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: components["requestBodies"]["CommentAllowed"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
        Retry: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    requestId: components["parameters"]["RequestId"];
                };
                cookie?: never;
            };
            get?: never;
            put?: never;
            /** Try a failed request again, as a new attempt */
            post: {
                parameters: {
                    query?: never;
                    header?: never;
                    path: {
                        requestId: components["parameters"]["RequestId"];
                    };
                    cookie?: never;
                };
                requestBody?: components["requestBodies"]["CommentAllowed"];
                responses: {
                    200: components["responses"]["Request"];
                    400: components["responses"]["Violations"];
                    401: components["responses"]["Unauthenticated"];
                    403: components["responses"]["NotAllowed"];
                    404: components["responses"]["NotFound"];
                    409: components["responses"]["Conflict"];
                    413: components["responses"]["TooLarge"];
                    429: components["responses"]["TooManyRequests"];
                    503: components["responses"]["Unavailable"];
                };
            };
            delete?: never;
            options?: never;
            head?: never;
            patch?: never;
            trace?: never;
        };
    };
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
