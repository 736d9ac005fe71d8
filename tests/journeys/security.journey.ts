import path from 'node:path';
import type { MilepostBridge } from '../../core/protocol/bridge.ts';
import { expect, type OpenApp, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';

/** The page's own window, with what the shell put there. */
type BridgedWindow = Window & { readonly milepost: MilepostBridge };

/** Where a page may go, and what it may do: nothing but show what it was given. */
test.describe('the page', () => {
  let app: OpenApp;
  test.beforeEach(async ({ folder, openApp }) => {
    app = await openApp('--data', path.join(folder, 'data'), '--mqtt-port', String(await freePort()));
    await expect(app.controlRoom.statusBar).toBeVisible();
  });

  test('is in a sandbox, without Node and without the words to ask for it', async () => {
    const { page } = app.controlRoom;
    const found = await page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
    expect(
      await page.evaluate(() => Object.keys((window as unknown as BridgedWindow).milepost).toSorted()),
    ).toEqual([
      'appInfo',
      'onCoreState',
      'onNotice',
      'onSimulator',
      'requestPort',
      'resetDemo',
      'simulatorDo',
      'startOnPort',
    ]);
    const settings = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag };
    });
    expect(settings).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  });

  test('comes under a policy that lets nothing in from outside and runs no text as code', async () => {
    const policy = await app.controlRoom.page.evaluate(async () => {
      const response = await fetch(window.location.href);
      return response.headers.get('content-security-policy');
    });
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const evaluated = await app.controlRoom.page.evaluate(async () => {
      // A debugger's own call may evaluate; what the page does later may not.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        return String(Reflect.construct(Function, ['return 1'])());
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown';
      }
    });
    expect(evaluated).toBe('EvalError');
    await expect(app.controlRoom.page.addScriptTag({ content: 'window.ran = true' })).rejects.toThrow();
    const fetched = await app.controlRoom.page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
  });

  test('cannot open a window, leave its address, or read beyond its folders', async () => {
    const { page } = app.controlRoom;
    const address = page.url();
    expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
    await page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    await page.evaluate(() => {
      window.location.href = 'file:///etc/passwd';
    });
    // The window still answers, at the same address, and no other window has appeared. (Asked of the page itself:
    // a locator would wait for the end of a navigation that never began.)
    expect(await page.evaluate(() => window.location.href)).toBe(address);
    expect(app.electron.windows()).toHaveLength(1);
    const statuses = await page.evaluate(() =>
      Promise.all(
        ['/..%2f..%2fpackage.json', '/city-packs/..%2frenderer%2findex.html', '/../../package.json'].map(
          async (path) => (await fetch(path)).status,
        ),
      ),
    );
    expect(statuses).toEqual([404, 404, 404]);
  });

  test('is given no permission it may ask for', async () => {
    const states = await app.controlRoom.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'];
      const asked = await Promise.all(
        names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
      );
      return asked.map(({ state }) => state);
    });
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
    expect(await app.controlRoom.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  test('gets no answer to a question that is not on the list, and a stranger gets none at all', async () => {
    const { page } = app.controlRoom;
    // The verb is known, its shape is not: nothing happens, and the core stays on its port.
    await page.evaluate(() =>
      (window as unknown as BridgedWindow).milepost.startOnPort('1883; rm' as unknown as number),
    );
    await expect(app.controlRoom.statusBar).toBeVisible();
    const answers = await app.electron.evaluate(async ({ BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
      });
      await stranger.loadURL('about:blank');
      const ask = (message: string): Promise<string> =>
        stranger.webContents.executeJavaScript(
          `require('electron').ipcRenderer.invoke('milepost:shell', ${message}).then(() => 'answered', (e) => e.message)`,
        ) as Promise<string>;
      const said = [await ask(`{ verb: 'app-info' }`), await ask(`{ verb: 'read-file' }`)];
      stranger.destroy();
      return said;
    });
    expect(answers).toEqual([
      expect.stringContaining('refused: not a page of this application'),
      expect.stringContaining('refused: not a page of this application'),
    ]);
  });
});
