/** What a process needs beside its connections: its own files, sockets and pipes. */
const OTHER_FILES = 200;

/** As many connections as wanted, or as this machine's limit on open files lets one process have. */
export function connectionsPossible(wanted: number): number {
  const report = (process.report?.getReport() ?? {}) as ReportOfLimits;
  const openFiles = report.userLimits?.open_files?.soft;
  return typeof openFiles === 'number' ? Math.min(wanted, openFiles - OTHER_FILES) : wanted;
}

/** Windows has no such limits in its report. */
interface ReportOfLimits {
  readonly userLimits?: { readonly open_files?: { readonly soft: number | 'unlimited' } };
}
