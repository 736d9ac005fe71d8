/** Raised when the rules of metering or billing give other figures for the same evidence. It stands on every document. */
export const RULES_VERSION = 1;
/** Raised when a decoder reads another odometer value from the same packet. */
export const DECODERS_VERSION = 1;
