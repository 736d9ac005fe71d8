import { expect, test } from 'vitest';
import { aBook, TESLA } from '../../../tests/support/a-book.ts';
import { extendProblem } from '../../fold/check-extension.ts';
import { addToBook, loadBook } from '../../fold/load-book.ts';
import { newWorld, type World } from '../../fold/world.ts';
import { type DecisionOf, decisionSchema } from '../../protocol/decision.ts';
import { readContractsCsv, writeContractsCsv } from './contracts-csv.ts';

const HEADS =
  'operator_id,operator_name,contract_id,unit,start,rates,expected_miles_per_month,vehicle_id,registration,make,model,class,powertrain';
const ROW = 'west,West Cabs,W1,mi,2026-03-02,30,1550,V1,MP26 AAA,Tesla,Model 3,taxi,BEV';

function emptyBook(): World {
  const world = newWorld();
  world.facility = { id: 'F1', name: 'First Facility', currency: 'GBP' };
  return world;
}

/** `aBook`'s contract C1 of operator north, with V-TESLA in it. */
function bookOfOne(): World {
  const world = newWorld();
  loadBook(world, aBook([TESLA]));
  return world;
}

function extensionIn(csv: string, world: World = emptyBook()): DecisionOf<'extend-book'> {
  const { problems, decision } = readContractsCsv(csv, world);
  expect(problems).toEqual([]);
  const parsed = decisionSchema.parse({ ...decision, actor: 'ada', reason: 'new contracts' });
  if (parsed.decision !== 'extend-book') throw new Error(`${parsed.decision} is not read from a CSV`);
  expect(extendProblem(world, parsed)).toBeNull();
  return parsed;
}

/** One row under these heads, with cells of its own. */
function rowOf(cells: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = Object.fromEntries(
    HEADS.split(',').map((head, i) => [head, ROW.split(',')[i] ?? '']),
  );
  Object.assign(all, cells);
  const quoted = Object.values(all).map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return `${Object.keys(all).join(',')}\n${quoted.join(',')}`;
}

function problemsOf(csv: string, world: World = emptyBook()): string[] {
  const { problems, decision } = readContractsCsv(csv, world);
  expect(decision).toBeNull();
  return problems.map(({ line, field, problem }) => `${line} ${field}: ${problem}`);
}

test('a row is a vehicle in a contract', () => {
  const csv = `${HEADS}\n${ROW}\n${ROW.replace('V1,MP26 AAA', 'V2,MP26 AAB')}\n`;
  const { operators, vehicles, trackers, contracts, openings } = extensionIn(csv);
  const from = '2026-03-02T00:00:00.000Z';
  const car = { make: 'Tesla', model: 'Model 3', class: 'taxi', powertrain: 'BEV' };
  expect({ operators, vehicles, trackers, contracts, openings }).toEqual({
    operators: [{ id: 'west', name: 'West Cabs' }],
    vehicles: [
      { id: 'V1', registration: 'MP26 AAA', ...car },
      { id: 'V2', registration: 'MP26 AAB', ...car },
    ],
    trackers: [],
    openings: [],
    contracts: [
      {
        id: 'W1',
        operator: 'west',
        timezone: 'Europe/London',
        unit: 'mi',
        anchor: '2026-03-02',
        start: '2026-03-02',
        assignments: [
          { vehicle: 'V1', from },
          { vehicle: 'V2', from },
        ],
        terms: { tiers: [{ upTo: null, rate: '30' }] },
        underwriting: { milesPerMonth: 1550 },
      },
    ],
  });
});

test('every shape of contract stands in a row', () => {
  const csv = rowOf({
    time_zone: 'Europe/Paris',
    unit: 'km',
    anchor: '01/03/2026',
    end: '2028-03-01',
    scope: 'Contract',
    rates: '30.0 to 1,000; 25 to 2000; 20',
    standing_pounds: '£150',
    minimum_distance: '800',
    minimum_rate: '12.5',
    minimum_charge_pounds: '100',
    cap_distance: '3000',
    cap_charge_pounds: '1,900.50',
    target_distance: '24000',
    vat_rate: '20%',
    payment_days: '30',
    deposit_pounds: '500',
    residual_value_pounds: '9000',
    residual_miles: '100000',
    loss_rate: '0.015',
    amendments: '2026-07-01: 28 | 01/10/2026: standing none; minimum 900 at 11; cap charge 2000',
    vin: 'LRW3E7FA0TC000001',
    cost_pounds: '31000',
    from: '2026-03-02T08:30:00+01:00',
    to: '2027-03-01',
    opening_value: '41207.6',
    opening_unit: 'mi',
    opening_at: '2026-03-02T08:00:00+01:00',
    tracker_provider: 'teltonika',
    tracker_id: '356000000000019',
    tracker_origin: 'tracker',
    tracker_from: '2026-03-03',
    tracker_to: '2026-12-24',
  });
  const { vehicles, trackers, contracts, openings } = extensionIn(csv);
  const others = { minCharge: '100', capMiles: '3000' };
  const standing = { ...others, standing: '150', minMiles: '800', minRate: '12.5', capCharge: '1900.50' };
  expect(contracts).toEqual([
    {
      id: 'W1',
      operator: 'west',
      timezone: 'Europe/Paris',
      unit: 'km',
      anchor: '2026-03-01',
      start: '2026-03-02',
      end: '2028-03-01',
      scope: 'contract',
      assignments: [{ vehicle: 'V1', from: '2026-03-02T07:30:00.000Z', to: '2027-02-28T23:00:00.000Z' }],
      terms: {
        tiers: [
          { upTo: '1000', rate: '30.0' },
          { upTo: '2000', rate: '25' },
          { upTo: null, rate: '20' },
        ],
        ...standing,
      },
      amendments: [
        { from: '2026-07-01', terms: { tiers: [{ upTo: null, rate: '28' }], ...standing } },
        {
          from: '2026-10-01',
          terms: {
            tiers: [{ upTo: null, rate: '28' }],
            ...others,
            minMiles: '900',
            minRate: '11',
            capCharge: '2000',
          },
        },
      ],
      targetMiles: '24000',
      vatRate: '0.2',
      paymentTermsDays: 30,
      deposit: '500',
      underwriting: { milesPerMonth: 1550, rv: '9000', rvMiles: '100000', lossRate: '0.015' },
    },
  ]);
  expect(vehicles).toEqual([
    {
      id: 'V1',
      vin: 'LRW3E7FA0TC000001',
      registration: 'MP26 AAA',
      make: 'Tesla',
      model: 'Model 3',
      class: 'taxi',
      powertrain: 'BEV',
      cost: '31000',
    },
  ]);
  expect(trackers).toEqual([
    {
      vehicle: 'V1',
      provider: 'teltonika',
      externalId: '356000000000019',
      origin: 'tracker',
      from: '2026-03-02T23:00:00.000Z',
      to: '2026-12-23T23:00:00.000Z',
    },
  ]);
  expect(openings).toEqual([{ vehicle: 'V1', at: '2026-03-02T07:00:00.000Z', value: '41207.6', unit: 'mi' }]);
});

test.each([
  ['with a byte order mark and CRLF', `\uFEFF${HEADS}\r\n${ROW}\r\n`, '30'],
  ['with empty lines and empty cells below', `${HEADS}\n\n${ROW}\n${','.repeat(12)}\n`, '30'],
  ['with heads of words', `${HEADS.replaceAll('_', ' ').toUpperCase()}\n${ROW}`, '30'],
  ['separated by tabs', `${HEADS}\n${ROW}`.replaceAll(',', '\t'), '30'],
  ['separated by semicolons', `${HEADS}\n${ROW}`.replaceAll(',', ';').replace(';30;', ';28,5;'), '28.5'],
])('a file %s is read', (_, csv, rate) => {
  expect(extensionIn(csv).contracts[0]?.terms.tiers).toEqual([{ upTo: null, rate }]);
});

test.each([
  ['', ['1 file: the file is empty; begin with the heads operator_id,']],
  ['\uFEFF\r\n', ['1 file: the file is empty; begin with the heads operator_id,']],
  [HEADS, ['1 file: there is no line below the heads; begin with the heads operator_id,']],
  [`${HEADS}\n${ROW.replace('West', 'W\uFFFDst')}`, ['1 file: the file is not UTF-8 text; save it again']],
  ['o\0p\0e\0r\0', ['1 file: the file is not UTF-8 text; save it again as "CSV UTF-8"']],
  [`${HEADS}\n${ROW}\n"west`, ['3 file: not a CSV file: ']],
])('a file that is none says so: %j', (csv, beginnings) => {
  const problems = problemsOf(csv);
  expect(problems).toHaveLength(beginnings.length);
  beginnings.forEach((beginning, i) => expect(problems[i]).toContain(beginning));
});

test('heads that there are not are told at once, with what was meant', () => {
  expect(problemsOf('contract_id,regstration,start,start,colour,rates,expected_miles_per_month\n')).toEqual([
    '1 regstration: there is no column "regstration"; did you mean "registration"?',
    '1 start: the column is there twice',
    expect.stringContaining('1 colour: there is no column "colour"; there are operator_id, operator_name,'),
    '1 operator_id: the column is missing',
    '1 unit: the column is missing',
  ]);
});

test.each([
  [
    { rates: 'thirty' },
    'rates: "thirty" is no number; write it plainly, such as 1234.5 for pence, or in tiers like 30 to 1000; 25 to 2000; 20',
  ],
  [{ rates: '30 to 1000' }, 'rates: the last rate has no end; add one after "30 to 1000"'],
  [{ rates: '30; 20' }, 'rates: "30" needs its end, such as "30 to 1000"; only the last rate has none'],
  [{ rates: '30 to 2000; 25 to 1000; 20' }, 'rates: a tier ends above the one before it, so above 2000'],
  [{ rates: '' }, 'rates: it is empty'],
  [{ unit: 'miles' }, 'unit: "miles" is none of mi, km'],
  [{ class: 'vam' }, 'class: "vam" is none of car, van, taxi, truck; did you mean "van"?'],
  [
    { start: '31/02/2026' },
    'start: "31/02/2026" is no day; write it like 2026-03-02 or 02/03/2026, the day before the month',
  ],
  [{ end: '2026-03-02' }, 'end: it is not after "start"'],
  [{ to: '2026-03-01' }, 'to: it is not after "from"'],
  [
    { from: '2026-03-02 09:00' },
    'from: "2026-03-02 09:00" is no day and no moment; write 2026-03-02, or with its offset 2026-03-02T09:00:00Z',
  ],
  [{ vat_rate: '20' }, 'vat_rate: "20" is more than the whole; write 0.2 or 20%'],
  [{ payment_days: '400' }, 'payment_days: "400" is no number of days from 0 to 365'],
  [{ standing_pounds: '1,5' }, 'standing_pounds: "1,5" is no number; write it plainly, such as 1234.5'],
  [
    { expected_miles_per_month: '0' },
    'expected_miles_per_month: a vehicle is expected to be used; write more than 0',
  ],
  [{ time_zone: 'London' }, 'time_zone: "London" is no time zone; write one such as Europe/London'],
  [{ minimum_distance: '9', cap_distance: '8' }, 'minimum_distance: the minimum is above the cap'],
  [{ minimum_rate: '9' }, 'minimum_rate: a minimum rate needs a minimum distance, minMiles'],
  [
    { minimum_charge_pounds: '9', cap_charge_pounds: '8' },
    'minimum_charge_pounds: the minimum charge is above the cap',
  ],
  [{ amendments: '28' }, 'amendments: "28" needs its first day, such as "2026-07-01: 28"'],
  [{ amendments: '2026-07-01:' }, 'amendments: 2026-07-01 changes nothing; write what, such as "28"'],
  [
    { amendments: '2026-07-01: 28 | 2026-06-01: 27' },
    'amendments: 2026-06-01 stands after 2026-07-01; write amendments in the order of their days',
  ],
  [
    { amendments: '2026-07-01: discount 5' },
    'amendments: "discount 5" is none of standing, minimum charge, minimum, cap charge, cap with a number, or none',
  ],
  [
    { amendments: '2026-07-01: cap lots' },
    'amendments: cap: "lots" is no number; write it plainly, such as 1234.5',
  ],
  [{ amendments: '2026-07-01: minimum 9; cap 8' }, 'amendments: the minimum is above the cap'],
  [{ vin: 'TOO-SHORT' }, 'vin: 17 characters without I, O, Q'],
  [{ vehicle_id: 'V'.repeat(65) }, 'vehicle_id: it is longer than 64 characters'],
  [{ vehicle_id: '' }, 'vehicle_id: it is empty, but "registration" is filled in'],
  [{ make: '' }, 'make: it is empty, and "V1" is a new vehicle'],
  [{ operator_name: '' }, 'operator_name: it is empty, and "west" is a new operator'],
  [{ opening_value: '1000' }, 'opening_unit: it is empty; write mi or km'],
  [{ opening_unit: 'mi' }, 'opening_value: it is empty'],
  [
    { tracker_provider: 'queclnk', tracker_id: '1', tracker_origin: 'can' },
    'tracker_provider: "queclnk" is no feed; did you mean "queclink"?',
  ],
  [
    { tracker_provider: 'queclink', tracker_origin: 'can' },
    'tracker_id: it is empty, but the row names a tracker',
  ],
  [
    { tracker_provider: 'queclink', tracker_id: '3.56E+14', tracker_origin: 'can' },
    'tracker_id: a spreadsheet shortened the number to "3.56E+14"; make the column text, and fill it in again',
  ],
  [
    { tracker_provider: 'queclink', tracker_id: '1', tracker_origin: 'server' },
    'tracker_origin: what a server worked out is never billed; write vehicle, tracker or can',
  ],
  [
    { tracker_provider: 'queclink', tracker_id: '1', tracker_origin: 'can', tracker_to: '2026-03-01' },
    'tracker_to: it is not after "tracker_from"',
  ],
] as const)('a cell that is wrong says what would be right: %j', (cells, problem) => {
  expect(problemsOf(rowOf(cells))).toEqual([`2 ${problem}`]);
});

test('in a file with decimal commas nobody guesses which mark is which', () => {
  const csv = `${HEADS}\n${ROW}`.replaceAll(',', ';').replace(';1550;', ';1.550;');
  expect(problemsOf(csv)).toEqual([
    '2 expected_miles_per_month: "1.550" may be thousands or a fraction; write it without separators, such as 1234 or 1,5',
  ]);
});

test('every problem of every line is told, and rows that do not agree name both lines', () => {
  const second = ROW.replace('V1,MP26 AAA', 'V2,MP26 AAB');
  const csv = [
    HEADS,
    ROW,
    second.replace(',30,', ',31,').replace('West Cabs', 'Vest Cabs'),
    'west,West Cabs,W1,mi,2026-03-02,x,y,V3',
    'west,West Cabs,W1,miles,2026-03-02,30,1550,V3,MP26 AAC,Tesla,Model 3,taxi,diesel',
    ROW,
    ROW.replace('Model 3', 'Model Y'),
  ].join('\n');
  expect(problemsOf(csv)).toEqual([
    '3 operator_name: operator "west" is called "West Cabs" on line 2',
    '3 rates: it is not what line 2 says; all lines of contract "W1" say the same',
    '4 line: 8 cells, but there are 13 heads',
    '5 unit: "miles" is none of mi, km',
    '5 powertrain: "diesel" is none of BEV, PHEV',
    '6 line: it is the same as line 2',
    '7 model: line 2 says otherwise of vehicle "V1"',
  ]);
});

test('what does not go with the book is told by line', () => {
  const csv = [
    `${HEADS},from,tracker_provider,tracker_id,tracker_origin,opening_value,opening_unit`,
    'north,South Cabs,C1,mi,2026-03-02,30,1550,,,,,,,,,,,,',
    'north,South Cabs,C2,mi,2026-03-02,30,1550,V-TESLA,,,Other,,,2026-04-01,,,,5,mi',
    `north,South Cabs,C2,mi,2026-03-02,30,1550,V9,MP26 AAX,Tesla,Model 3,car,BEV,2026-04-01,${TESLA.provider},${TESLA.device},vehicle,,`,
    'north,South Cabs,C3,mi,2026-03-02,30,1550,V9,,,,,,2026-04-02,,,,,',
  ].join('\n');
  expect(problemsOf(csv, bookOfOne())).toEqual([
    '2 operator_name: the operator "north" is called "North Cabs"',
    '2 contract_id: there is a contract "C1" already',
    '3 model: vehicle "V-TESLA" is known with "Model"; leave it empty',
    '3 opening_value: vehicle "V-TESLA" was handed over before, with another reading; leave it empty',
    '3 vehicle_id: "V-TESLA" is in a contract then already',
    `4 tracker_id: a vehicle carries "${TESLA.device}" then already`,
    '5 vehicle_id: "V9" is in a contract then already',
  ]);
});

test('contracts that were written say, where they came from, that they are there', () => {
  const world = bookOfOne();
  expect(problemsOf(writeContractsCsv(world), world)).toEqual([
    '2 contract_id: there is a contract "C1" already',
    '2 vehicle_id: "V-TESLA" is in a contract then already',
  ]);
});

test('without a facility nothing is taken', () => {
  expect(problemsOf(`${HEADS}\n${ROW}`, newWorld())).toEqual([
    '1 file: there is no facility yet; load a book first',
  ]);
});

test('a vehicle that is known needs its name alone, and a tracker it carries is not added again', () => {
  const world = newWorld();
  const book = aBook([TESLA]);
  const [contract] = book.contracts;
  if (contract === undefined) throw new Error('the book has a contract');
  const until = { ...contract, end: '2026-04-01' };
  loadBook(world, { ...book, contracts: [until] });
  const csv = [
    `${HEADS},tracker_provider,tracker_id,tracker_origin`,
    `north,,C2,mi,2026-04-01,30,1550,V-TESLA,,,,,,${TESLA.provider},${TESLA.device},vehicle`,
  ].join('\n');
  const { operators, vehicles, trackers, contracts } = extensionIn(csv, world);
  expect([operators, vehicles, trackers]).toEqual([[], [], []]);
  expect(contracts[0]?.assignments).toEqual([{ vehicle: 'V-TESLA', from: '2026-03-31T23:00:00.000Z' }]);
});

test('a contract may stand without vehicles, and a replaced tracker on a second row', () => {
  const csv = [
    `${HEADS},tracker_provider,tracker_id,tracker_origin,tracker_from,tracker_to`,
    'west,West Cabs,W0,mi,2026-03-02,30,1550,,,,,,,,,,,',
    `${ROW},queclink,1,can,,2026-05-01`,
    `${ROW},queclink,2,can,2026-05-01,`,
  ].join('\n');
  const { contracts, trackers } = extensionIn(csv);
  expect(contracts.map(({ id, assignments }) => [id, assignments.length])).toEqual([
    ['W0', 0],
    ['W1', 1],
  ]);
  expect(trackers.map(({ externalId, from, to }) => [externalId, from, to])).toEqual([
    ['1', '2026-03-02T00:00:00.000Z', '2026-04-30T23:00:00.000Z'],
    ['2', '2026-04-30T23:00:00.000Z', undefined],
  ]);
});

test('what a spreadsheet would run is written guarded', () => {
  const world = emptyBook();
  addToBook(world, extensionIn(rowOf({ operator_name: "'=HYPERLINK(1)", make: '+44' })));
  expect(writeContractsCsv(world).split('\r\n')[1]).toContain("west,'=HYPERLINK(1),W1");
  expect(writeContractsCsv(world).split('\r\n')[1]).toContain(",'+44,");
});
