/** Request headers by which proxy.ts hands pages what they cannot read themselves; a caller's are dropped. */

/** `?lang=` of a public page. */
export const LOCALE_HEADER = "x-msp-locale";
/** Path and query, so that signing in leads back. */
export const PATH_HEADER = "x-msp-path";
/** Present where somebody looks at a page: no HEAD, no prefetch, no robot. */
export const VISITOR_HEADER = "x-msp-visitor";
