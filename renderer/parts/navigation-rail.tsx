import { ActionIcon } from '@mantine/core';
import {
  IconBook2,
  IconChartBar,
  IconDatabaseImport,
  IconFileInvoice,
  IconKeyboard,
  IconMap2,
  IconSteeringWheel,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { ThemeMenu } from './theme-menu.tsx';
import './navigation-rail.css';

export type ScreenName = 'map' | 'investors' | 'ingest' | 'billing' | 'operators' | 'ledger' | 'simulator';

interface RailEntry {
  readonly screen: ScreenName;
  readonly words: string;
  readonly key: string;
  readonly icon: ComponentType<{ size: number; stroke: number }>;
}

const entries: readonly RailEntry[] = [
  { screen: 'map', words: 'Map', key: '1', icon: IconMap2 },
  { screen: 'investors', words: 'Investors', key: '2', icon: IconChartBar },
  { screen: 'ingest', words: 'Ingest', key: '3', icon: IconDatabaseImport },
  { screen: 'billing', words: 'Billing', key: '4', icon: IconFileInvoice },
  { screen: 'operators', words: 'Operators', key: '5', icon: IconUsers },
  { screen: 'ledger', words: 'Ledger', key: '6', icon: IconBook2 },
  { screen: 'simulator', words: 'Simulator', key: '7', icon: IconSteeringWheel },
];

/** The screens there are, each with its key; below them what belongs to the window itself. */
export function NavigationRail({ screen, onScreen, onShortcuts, account }: NavigationRailProps) {
  return (
    <nav className="rail" aria-label="Screens">
      <div className="rail__name">Milepost</div>
      {entries.map(({ screen: name, words, key, icon: Icon }) => (
        <button
          key={name}
          type="button"
          className="rail__entry"
          aria-current={screen === name ? 'page' : undefined}
          aria-keyshortcuts={key}
          onClick={() => onScreen(name)}
        >
          <Icon size={22} stroke={1.6} />
          <span>{words}</span>
          <kbd className="rail__key">{key}</kbd>
        </button>
      ))}
      <div className="rail__foot">
        {account}
        <ThemeMenu />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onShortcuts}
        >
          <IconKeyboard size={20} stroke={1.6} />
        </ActionIcon>
      </div>
    </nav>
  );
}

interface NavigationRailProps {
  readonly screen: ScreenName;
  readonly onScreen: (screen: ScreenName) => void;
  readonly onShortcuts: () => void;
  /** Who is here. */
  readonly account: ReactNode;
}
