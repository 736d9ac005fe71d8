/** The one channel a page may ask the shell on; what it may ask is in shell-verbs.ts. */
export const SHELL_CHANNEL = 'milepost:shell';
/** The shell tells a page how the core process is. */
export const CORE_STATE_CHANNEL = 'milepost:core-state';
/** The shell has a sentence for the person at the screen; the page takes it with `take-notice`. */
export const NOTICE_CHANNEL = 'milepost:notice';
/** The shell tells a page what the demo fleet does. */
export const SIMULATOR_CHANNEL = 'milepost:simulator';
/** The shell hands a page its port to the core process. */
export const PORT_CHANNEL = 'milepost:port';
