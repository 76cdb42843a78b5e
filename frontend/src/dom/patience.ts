/** Some networks hold a request for ever, and who waits for it would never ask again. */

const PATIENCE_MS = 30_000;

/** For `fetch`: a server that has not answered whole by then counts as out of reach. */
export const patience = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS);
