/**
 * Raised whenever a shape that crosses a process border, or is kept on disk, changes; `version.test.ts` hashes the
 * schemas and fails until it is.
 *
 * 1: first light.
 * 2: every vendor and the door: devices, credentials, networks, mapping files, raw transports, what comes in.
 */
export const PROTOCOL_VERSION = 2;
