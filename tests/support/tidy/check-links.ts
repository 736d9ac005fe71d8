import { posix } from 'node:path';
import type { Finding, TreeFile } from './tree.ts';

const LINK = /!?\[[^\]]*\]\(([^)\s]+)\)/g;

/** Relative links of the documents lead to a file or folder that is there. */
export function checkLinks(files: readonly TreeFile[], paths: readonly string[]): readonly Finding[] {
  const targets = new Set(paths.flatMap(withFolders));
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      relativeLinks(text)
        .filter(
          (link) => !targets.has(posix.normalize(posix.join(posix.dirname(path), link)).replace(/\/$/, '')),
        )
        .map((link) => ({ where: path, problem: `the link to ${link} leads nowhere` })),
    );
}

function relativeLinks(text: string): readonly string[] {
  return [...text.matchAll(LINK)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

/** The path itself and every folder above it. */
function withFolders(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
