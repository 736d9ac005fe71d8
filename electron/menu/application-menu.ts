import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The native menu: only what the system expects of a window. The screens have their own keys. */
export function applicationMenu(isMac: boolean, isPackaged: boolean): Menu {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const forDevelopers: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  return Menu.buildFromTemplate([
    isMac ? { role: 'appMenu' } : { label: '&File', submenu: [{ role: 'quit' }] },
    { role: 'editMenu' },
    { label: '&View', submenu: isPackaged ? view : [...view, ...forDevelopers] },
    { role: 'windowMenu' },
  ]);
}
