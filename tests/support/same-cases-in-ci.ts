import fc from 'fast-check';

/**
 * In CI properties are held to the same generated cases each time, so that a change fails for what it changed; everywhere
 * else each run draws new ones. A case that failed once is kept as an example of its own.
 */
if (process.env['CI'] === 'true') fc.configureGlobal({ seed: 20_260_302 });
