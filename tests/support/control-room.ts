import type { Locator, Page } from '@playwright/test';
import { smokeKeys } from '../../core/protocol/bridge.ts';

/** What the window says it shows; the same figures the smoke run reads. */
export type Shown = Readonly<Record<(typeof smokeKeys)[number], number>>;

/** The control room as a person meets it: everything is found by its role and its name. */
export class ControlRoom {
  readonly page: Page;
  readonly map: Locator;
  readonly fleet: Locator;
  readonly vehiclePanel: Locator;
  readonly charge: Locator;
  /** The bytes of the packet that is open in it. */
  readonly chargePayload: Locator;
  readonly statusBar: Locator;
  readonly banner: Locator;
  readonly simulatedMark: Locator;

  constructor(page: Page) {
    this.page = page;
    this.map = page.getByRole('application', { name: 'Fleet map' });
    this.fleet = page.getByRole('grid', { name: 'Fleet' }).or(page.getByRole('table', { name: 'Fleet' }));
    this.vehiclePanel = page.getByRole('complementary', { name: 'Vehicle' });
    this.charge = page.getByRole('dialog', { name: 'Why this charge?' });
    this.chargePayload = this.charge.getByLabel('Payload in hexadecimal');
    this.statusBar = page.getByRole('contentinfo');
    this.banner = page.getByRole('alert');
    this.simulatedMark = page.getByText('Simulated data').first();
  }

  /** The row's button of a vehicle in the fleet list. */
  vehicle(registration: string): Locator {
    return this.fleet.getByRole('button', { name: registration });
  }

  async openVehicle(registration: string): Promise<void> {
    await this.vehicle(registration).click();
    await this.vehiclePanel.waitFor();
  }

  async askWhyThisCharge(): Promise<void> {
    await this.vehiclePanel.getByRole('button', { name: 'Why this charge?' }).click();
    await this.charge.waitFor();
  }

  async goTo(
    screen: 'Map' | 'Investors' | 'Ingest' | 'Billing' | 'Operators' | 'Ledger' | 'Simulator',
  ): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: screen }).click();
  }

  async shown(): Promise<Shown> {
    const texts = await this.page.evaluate(
      (keys) => keys.map((key) => document.documentElement.dataset[key] ?? '0'),
      [...smokeKeys],
    );
    return Object.fromEntries(smokeKeys.map((key, i) => [key, Number(texts[i])])) as Shown;
  }
}
