/**
 * Raised whenever a shape that crosses a process border, or is kept on disk, changes; `version.test.ts` hashes the
 * schemas and fails until it is.
 *
 * 1: first light.
 * 2: every vendor and the door: devices, credentials, networks, mapping files, raw transports, what comes in.
 * 3: accounts, sessions and proposals; contracts of every shape, documents, receipts and the book; the simulator's panel.
 */
export const PROTOCOL_VERSION = 3;
