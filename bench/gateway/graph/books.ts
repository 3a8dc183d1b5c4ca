/** What the subgraphs know, made up from ids: the same id is always answered alike, and nothing is kept. */
type Record = Readonly<{ [field: string]: unknown }>;

const booksOnShelf = 10;

const hash = (text: string): number => {
  let sum = 7;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 31 + text.charCodeAt(index)) | 0;
  return Math.abs(sum);
};

export const shelf = (id: string): Record => ({
  __typename: 'Shelf',
  id,
  name: `Shelf ${id}`,
  books: Array.from({ length: booksOnShelf }, (_, place) => book(`${id}-${place}`)),
});

const book = (id: string): Record => {
  const number = hash(id);
  return {
    __typename: 'Book',
    id,
    title: `The ${number % 97} roads to ${number % 89}`,
    pages: 100 + (number % 800),
    author: { __typename: 'Author', name: `Author ${number % 1000}`, born: 1900 + (number % 100) },
    price: { __typename: 'Price', amount: `${number % 50}.${10 + (number % 90)}`, currency: 'GBP' },
  };
};

export const stockOf = (id: string): Record => {
  const number = hash(id);
  return {
    __typename: 'Book',
    id,
    copies: [
      { __typename: 'Copies', place: 'Leeds', count: number % 7 },
      { __typename: 'Copies', place: 'Hull', count: number % 5 },
    ],
    reserved: number % 3,
  };
};

export const reviewsOf = (id: string): Record => {
  const number = hash(id);
  return {
    __typename: 'Book',
    id,
    rating: (number % 50) / 10,
    reviews: ({ first }: { readonly first: number }) =>
      Array.from({ length: first }, (_, place) => ({
        __typename: 'Review',
        id: `${id}-${place}`,
        stars: 1 + ((number + place) % 5),
        text: `Read it ${place + 1} times, and would again on a long train.`,
        by: `reader-${(number + place) % 5000}`,
      })),
  };
};
