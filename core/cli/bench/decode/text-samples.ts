/** What feeds of one value a topic send (numbers and documents, which JSON.parse reads as well), and Queclink's lines. */
export interface TextSample {
  readonly topic: string;
  readonly text: string;
}

export const ovms: readonly TextSample[] = Object.entries({
  'v/p/odometer': '38112.4',
  'v/p/speed': '52.3',
  'v/p/latitude': '53.408371',
  'v/p/longitude': '-2.991573',
  'v/p/direction': '184.2',
  'v/b/soc': '71.5',
  'v/b/range/est': '187.4',
  'v/b/12v/voltage': '12.62',
}).map(([metric, text]) => ({ topic: `ovms/depot/van2/metric/${metric}`, text }));

export const teslaMate: readonly TextSample[] = Object.entries({
  odometer: '41207.63',
  speed: '52',
  location: '{"latitude":53.408371,"longitude":-2.991573}',
  heading: '184',
  battery_level: '71',
  est_battery_range_km: '301.24',
  locked: 'false',
}).map(([key, text]) => ({ topic: `teslamate/cars/7/${key}`, text }));

export const queclink: readonly TextSample[] = [
  'RESP:GTFRI,060502,863910000000042,,12480,10,1,1,52.5,118,41.0,-2.244644,53.483959,20260302091500,0234,0030,0B2C,00D3E4,00,48211.7,00123:45:06,,,87,220100,,,,20260302091502,01F4$',
  'BUFF:GTFRI,060502,863910000000042,,12480,10,1,1,49.0,121,40.2,-2.243911,53.483102,20260302091430,0234,0030,0B2C,00D3E4,00,48211.3,00123:44:36,,,87,220100,,,,20260302091503,01F5$',
].map((line) => ({ topic: '$tcp/queclink/863910000000042', text: `+${line}` }));
