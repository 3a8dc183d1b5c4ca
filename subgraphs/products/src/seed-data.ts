/** The demonstration catalogue: products of our own invention. SKUs never change; other seeds and the demo name them. */

import type { SeedCategory, SeedDetails, SeedProduct } from './application/seed-catalogue.ts';

/** Parents before their children. */
export const seedCategories: readonly SeedCategory[] = [
  { name: 'Home', parentSlug: null },
  { name: 'Kitchen', parentSlug: 'home' },
  { name: 'Bedroom', parentSlug: 'home' },
  { name: 'Lighting', parentSlug: 'home' },
  { name: 'Garden', parentSlug: null },
  { name: 'Stationery', parentSlug: null },
  { name: 'Bags', parentSlug: null },
  { name: 'Toys', parentSlug: null },
  { name: 'Pantry', parentSlug: null },
];

/** By title; the others have none. */
const details: Readonly<Record<string, SeedDetails>> = {
  'Harbour stoneware mug': {
    tags: ['handmade', 'stoneware', 'gift'],
    specifications: { Capacity: '350 ml', Material: 'Stoneware', Dishwasher: 'Yes' },
    option: 'Colour',
  },
  'Oak chopping board': {
    tags: ['oak', 'handmade'],
    specifications: { Material: 'Oak, end grain', Care: 'Oil twice a year' },
    option: 'Size',
  },
  'Enamel pie dish': { tags: ['enamel', 'baking'], option: 'Size' },
  'Cast iron skillet': {
    tags: ['cast iron', 'lasts a lifetime'],
    specifications: { Diameter: '26 cm', Hob: 'Any, induction too' },
  },
  'Lambswool throw': {
    tags: ['wool', 'gift', 'undyed'],
    specifications: { Size: '130 by 180 cm', Material: 'Lambswool' },
    option: 'Colour',
  },
  'Percale duvet cover': {
    tags: ['cotton'],
    specifications: { Material: 'Cotton percale' },
    option: 'Size',
  },
  'Anglepoint desk lamp': {
    tags: ['desk'],
    specifications: { Bulb: 'E27, not included' },
    option: 'Colour',
  },
  'Filament bulb': { tags: ['led'], specifications: { Bulb: 'E27', Light: '470 lumen', Dimmable: 'Yes' } },
  'Terracotta pot': { tags: ['frost-proof'], option: 'Size' },
  'Clothbound notebook': {
    tags: ['desk', 'gift', 'handmade'],
    specifications: { Pages: '160', Paper: '100 g' },
    option: 'Ruling',
  },
  'Waxed canvas rucksack': {
    tags: ['waxed canvas', 'cycling'],
    specifications: { Volume: '20 l' },
    option: 'Colour',
  },
  'Cycle pannier': { tags: ['cycling', 'waterproof'], specifications: { Volume: '15 l' } },
  'Knitted bear': { tags: ['gift', 'wool'], option: 'Jumper' },
  'Wooden train': { tags: ['wood', 'gift'] },
  'Roasted coffee': { tags: ['single origin'], specifications: { Origin: 'Huila' }, option: 'Grind' },
};

const of = (
  category: string,
  ...products: readonly (readonly [
    title: string,
    description: string,
    ...variants: SeedProduct['variants'],
  ])[]
): SeedProduct[] =>
  products.map(([title, description, ...variants]) => ({
    category,
    title,
    description,
    variants,
    ...details[title],
  }));

export const seedProducts: readonly SeedProduct[] = [
  ...of(
    'kitchen',
    [
      'Harbour stoneware mug',
      'Thrown by hand and glazed twice; holds 350 ml and survives the dishwasher.',
      ['MUG-BLUE-01', 950, 'Blue'],
      ['MUG-SAND-01', 950, 'Sand'],
      ['MUG-MOSS-01', 1050, 'Moss'],
    ],
    [
      'Copper stove kettle',
      'A whistling kettle for any hob, 1.6 litres, with a handle that stays cool.',
      ['KETTLE-COP-01', 5400],
    ],
    [
      'Oak chopping board',
      'End grain, oiled once, with a groove that keeps the juice off your table.',
      ['BOARD-OAK-S', 2200, 'Small'],
      ['BOARD-OAK-L', 3600, 'Large'],
    ],
    ['Linen tea towel', 'Gets softer with every wash. 50 by 70 cm.', ['TOWEL-LIN-01', 1250]],
    [
      'Enamel pie dish',
      'White with a blue rim; goes from the oven to the table.',
      ['PIE-ENA-20', 1100, '20 cm'],
      ['PIE-ENA-26', 1450, '26 cm'],
    ],
    ['Brass pepper mill', 'A ceramic grinder that can be set from dust to gravel.', ['MILL-BRA-01', 3200]],
    ['Glass storage jar', 'One litre, with a cork lid that seals.', ['JAR-GLA-1L', 780]],
    ['Cast iron skillet', 'Seasoned with linseed oil; outlives its owner. 26 cm.', ['SKILLET-26', 4250]],
  ),
  ...of(
    'bedroom',
    [
      'Lambswool throw',
      'Woven from undyed wool, 130 by 180 cm.',
      ['THROW-GREY', 6900, 'Grey'],
      ['THROW-OAT', 6900, 'Oat'],
    ],
    ['Feather pillow', 'Medium firm, in a cotton cover. 50 by 75 cm.', ['PILLOW-FEA-01', 3400]],
    [
      'Percale duvet cover',
      'Crisp cotton with buttons of shell.',
      ['DUVET-PER-S', 5500, 'Single'],
      ['DUVET-PER-D', 7500, 'Double'],
      ['DUVET-PER-K', 8900, 'King'],
    ],
    ['Hot water bottle', 'Natural rubber in a knitted jacket.', ['BOTTLE-HOT-01', 1890]],
    ['Bedside carafe', 'A carafe that wears its glass as a hat.', ['CARAFE-01', 2450]],
    ['Lavender sachets', 'Three of them, from a field in Norfolk.', ['LAVENDER-3', 890]],
  ),
  ...of(
    'lighting',
    [
      'Anglepoint desk lamp',
      'Four springs, two joints, one patient arm. Takes an E27 bulb.',
      ['LAMP-DESK-BLK', 7900, 'Black'],
      ['LAMP-DESK-RED', 7900, 'Red'],
    ],
    ['Beeswax candles', 'A pair that burns for nine hours without dripping.', ['CANDLE-BEE-2', 1150]],
    ['Paper lantern', 'Folds flat, opens to a moon of 40 cm.', ['LANTERN-40', 1490]],
    ['String of fifty lights', 'Warm white on a copper wire; runs on three AA cells.', ['LIGHTS-50', 1690]],
    ['Storm lantern', 'Burns paraffin, shrugs at the wind.', ['LANTERN-STORM', 2990]],
    ['Filament bulb', 'LED, 470 lumen, E27, dimmable.', ['BULB-FIL-E27', 750]],
  ),
  ...of(
    'garden',
    [
      'Terracotta pot',
      'Frost-proof, with a saucer.',
      ['POT-TER-12', 650, '12 cm'],
      ['POT-TER-18', 950, '18 cm'],
      ['POT-TER-25', 1650, '25 cm'],
    ],
    ['Hand trowel', 'Stainless steel on an ash handle.', ['TROWEL-01', 1580]],
    ['Copper watering can', 'Five litres and a rose that sprinkles like drizzle.', ['CAN-COP-5L', 4900]],
    ['Bird feeder', 'Holds a kilo of seed; squirrels have filed complaints.', ['FEEDER-01', 2390]],
    ['Ball of garden twine', 'Green jute, 100 metres.', ['TWINE-GRN', 490]],
    ['Wildflower seeds', 'Twenty native species for ten square metres.', ['SEEDS-WILD', 620]],
    ['Hedgehog house', 'Cedar, with a porch that keeps the cat out.', ['HEDGEHOG-01', 5650]],
  ),
  ...of(
    'stationery',
    [
      'Clothbound notebook',
      'Sewn, so that it lies flat. 160 pages of 100 g paper.',
      ['NOTE-DOT', 1400, 'Dotted'],
      ['NOTE-LINE', 1400, 'Lined'],
      ['NOTE-PLAIN', 1400, 'Plain'],
    ],
    ['Brass fountain pen', 'A medium nib that forgives; takes standard cartridges.', ['PEN-BRASS-M', 3850]],
    ['Dozen pencils', 'Cedar, HB, unpainted.', ['PENCIL-HB-12', 720]],
    ['Letterpress cards', 'Six cards with envelopes: hares, herons and hawthorn.', ['CARD-HARE-6', 1320]],
    ['Desk calendar', 'A block of days to tear off, one at a time.', ['CALENDAR-01', 1150]],
    ['Sealing wax', 'Two sticks and a stamp with an ampersand.', ['WAX-AMP', 1650]],
    ['Kraft wrapping paper', 'Ten metres, ribbed, 70 cm wide.', ['WRAP-KRAFT', 580]],
  ),
  ...of(
    'bags',
    [
      'Waxed canvas rucksack',
      'Twenty litres, leather straps, and a pocket for a flask.',
      ['RUCK-OLIVE', 11900, 'Olive'],
      ['RUCK-NAVY', 11900, 'Navy'],
    ],
    ['Market tote', 'Heavy cotton, long handles, one inner pocket.', ['TOTE-NAT', 1800]],
    ['Leather card case', 'Six cards, a few notes, no bulk.', ['CASE-TAN', 3900]],
    ['Wash bag', 'Lined and wipeable, opens wide.', ['WASH-STRIPE', 2400]],
    ['Cycle pannier', 'Rolls shut against the rain; clips to any rack.', ['PANNIER-15L', 6400]],
    ['Picnic basket', 'Willow, with plates and cutlery for four.', ['PICNIC-4', 8900]],
  ),
  ...of(
    'toys',
    ['Wooden train', 'An engine, three wagons and a cargo of acorns.', ['TRAIN-WOOD', 2950]],
    ['Spinning top', 'Turned from beech; hums when it is happy.', ['TOP-BEECH', 690]],
    [
      'Knitted bear',
      'Wears a jumper and an expression of mild surprise.',
      ['BEAR-BLUE', 2600, 'Blue jumper'],
      ['BEAR-RUST', 2600, 'Rust jumper'],
    ],
    ['Marble run', 'Sixty pieces of wood and thirty marbles.', ['MARBLE-60', 4400]],
    ['Shadow puppets', 'A fox, a crow, a miller and a moon.', ['PUPPET-4', 1750]],
    ['Skipping rope', 'Cotton with beech handles, 2.5 metres.', ['ROPE-25', 980]],
  ),
  ...of(
    'pantry',
    ['Heather honey', 'Dark, thick and a little bitter. 340 g.', ['HONEY-HEA', 890]],
    ['Breakfast tea', 'Eighty bags of Assam and Kenyan leaf.', ['TEA-BREAK-80', 640]],
    [
      'Roasted coffee',
      'From one farm in Huila; roasted on the day it leaves.',
      ['COFFEE-BEAN', 1250, 'Whole bean'],
      ['COFFEE-FILT', 1250, 'Ground for filter'],
    ],
    ['Sea salt flakes', 'Raked by hand in Anglesey. 250 g.', ['SALT-SEA', 520]],
    ['Damson jam', 'More fruit than sugar. 300 g.', ['JAM-DAMSON', 580]],
    ['Oat biscuits', 'A tin that is gone by Thursday.', ['OATS-TIN', 1090]],
  ),
];
