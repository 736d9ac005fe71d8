/**
 * Raised whenever a shape that crosses a process border, or is kept on disk, changes; `version.test.ts` hashes the
 * schemas and fails until it is.
 *
 * 1: first light.
 */
export const PROTOCOL_VERSION = 1;
