/** The product's version, as package.json has it; `version.test.ts` holds the two together. */
export const MILEPOST_VERSION = '0.1.0';
