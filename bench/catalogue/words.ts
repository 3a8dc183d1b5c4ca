/** What titles and descriptions are made of. */

export const nouns =
  'iPhone headphones keyboard mouse monitor speaker charger camera tripod lamp kettle mug teapot skillet saucepan blender toaster knife chopping-board apron towel blanket pillow duvet mattress curtain rug cushion mirror clock vase candle bookcase desk chair stool bench wardrobe drawer shelf jacket coat jumper shirt trousers jeans skirt dress scarf gloves socks boots trainers sandals hat belt wallet backpack suitcase umbrella notebook pencil pen eraser stapler envelope calendar puzzle doll kite drone football racket bicycle helmet skateboard tent rucksack lantern hammock trowel rake hose planter seeds fertiliser birdhouse granola coffee tea honey chocolate biscuits pasta olive-oil vinegar jam shampoo soap toothbrush razor perfume lotion drill hammer screwdriver spanner saw ladder paintbrush bracelet necklace earrings ring watch guitar ukulele violin piano drum'
    .split(' ')
    .map((noun) => noun.replace('-', ' '));

export const adjectives =
  'compact portable wireless rechargeable foldable waterproof lightweight heavy classic modern vintage rustic elegant slim sturdy soft warm quiet smart handmade organic recycled deluxe premium everyday travel outdoor kitchen garden office junior adult stackable adjustable ergonomic magnetic insulated striped quilted woven ceramic-coated hand-painted limited seasonal scented unscented matte glossy ribbed padded reversible'.split(
    ' ',
  );

export const materials =
  'oak walnut bamboo steel copper brass linen cotton wool leather canvas stoneware porcelain glass marble silicone rubber velvet denim titanium aluminium cork felt silk'.split(
    ' ',
  );

export const colours =
  'black white red blue green yellow orange purple grey brown sand moss navy ivory coral teal'.split(' ');

export const phrases =
  'made to last|easy to clean|a gift for anybody|packed without plastic|tested by hand|safe in the dishwasher|with a guarantee of two years|ready in minutes|holds more than it seems|from a small workshop|designed for daily use|goes with everything|returns are free|a favourite of our customers|fits any room|charged by USB|delivered flat|spare parts are available|sized for families|pleasant to touch'.split(
    '|',
  );

export const syllables =
  'ba be bo ca co da de do fa fe ga go ha jo ka ke la le lo ma me mi mo na ne no pa pe po ra re ro sa se so ta te to va vi vo za zo'.split(
    ' ',
  );
