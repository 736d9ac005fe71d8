import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { CSP_NONCE_PLACEHOLDER } from './electron/security/content-security-policy.ts';

// The oldest runtime the program must run on is Electron 33: Node 20.18 inside, Chromium 130.
const OLDEST_NODE = 'node20.18';
const OLDEST_CHROMIUM = 'chrome130';

/**
 * Everything that runs in the window's program, built into out/: the shell, the two processes it forks, the preload and
 * the page. Packages under `dependencies` stay in node_modules and are found there at run time, so that sql.js finds its
 * wasm file beside itself exactly as it does under plain Node.
 */
export default defineConfig({
  main: {
    build: {
      target: OLDEST_NODE,
      outDir: 'out/electron',
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: 'electron/main.ts',
          core: 'core/process/utility.ts',
          simulator: 'simulator/process.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: OLDEST_NODE,
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file; nothing can be required from it but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // Relative addresses, so that the page works at any place of its scheme.
    base: './',
    plugins: [react()],
    html: { cspNonce: CSP_NONCE_PLACEHOLDER },
    worker: { format: 'es' },
    build: {
      target: OLDEST_CHROMIUM,
      outDir: 'out/renderer',
      emptyOutDir: true,
      minify: true,
      // A font or an image as its own file, never inside a style sheet: the policy stays without data: addresses.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
