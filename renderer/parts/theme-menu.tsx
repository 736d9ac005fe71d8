import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const choices = [
  { scheme: 'auto', words: 'As the system', icon: IconDeviceDesktop },
  { scheme: 'light', words: 'Light', icon: IconSun },
  { scheme: 'dark', words: 'Dark', icon: IconMoon },
] as const;

/** Light for a bright room, dark for a night desk, or what the system says. The choice is kept. */
export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = useComputedColorScheme('light') === 'dark' ? IconMoon : IconSun;
  return (
    <Menu position="right-end" withinPortal shadow="sm">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label="Theme" title="Theme">
          <Icon size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        {choices.map(({ scheme, words, icon: ChoiceIcon }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={<ChoiceIcon size={16} stroke={1.6} />}
            rightSection={colorScheme === scheme ? <IconCheck size={16} /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
