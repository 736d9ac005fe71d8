import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { cssPropertyOf, type Tokens, tokensByTheme } from './tokens.ts';

/** The library's dark greys, from text to ground, in the hue of our surfaces. */
const DARK_GREYS: MantineColorsTuple = [
  '#E8EAED',
  '#C4C9CE',
  '#A9B1B8',
  '#8F9AA3',
  '#5A646D',
  '#3A4249',
  '#2C3238',
  '#262B30',
  '#1E2226',
  '#181C1F',
];
/** Nothing in a control room fades in. */
const AT_ONCE = { transitionProps: { duration: 0 } };

/** The component library in our clothes: its sizes, our font and radius; its colours all come from the tokens. */
export const mantineTheme = createTheme({
  fontFamily: "'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', 'SF Mono', Consolas, monospace",
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '600' },
  colors: { dark: DARK_GREYS },
  components: {
    Popover: { defaultProps: AT_ONCE },
    Menu: { defaultProps: AT_ONCE },
    // Below the alarm strip, which nothing covers.
    Modal: { defaultProps: { ...AT_ONCE, yOffset: 56, lockScroll: false } },
  },
});

/** Every token as a custom property of both themes, and the library's own properties in their terms. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: libraryVariables,
  dark: { ...propertiesOf(tokensByTheme.dark), ...libraryColours },
  light: { ...propertiesOf(tokensByTheme.light), ...libraryColours },
});

function propertiesOf(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [cssPropertyOf(name), String(value)]),
  );
}

const libraryVariables: Record<string, string> = {
  '--mantine-font-size-sm': '0.875rem',
  '--mantine-font-size-md': '0.9375rem',
};

const libraryColours: Record<string, string> = {
  '--mantine-color-body': 'var(--raised)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-error': 'var(--p1)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-blue-filled': 'var(--selection)',
  '--mantine-color-blue-filled-hover': 'var(--selection)',
  '--mantine-primary-color-filled': 'var(--selection)',
  '--mantine-primary-color-filled-hover': 'var(--selection)',
  '--mantine-primary-color-contrast': 'var(--on-selection)',
};
