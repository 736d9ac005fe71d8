import { fileURLToPath } from 'node:url';

/** The folder of this checkout: every script works from here, wherever it was started. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
