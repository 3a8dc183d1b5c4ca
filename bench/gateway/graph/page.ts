/** The operation that is measured: a page of ten, from three subgraphs, in three fetches. */
export const pageQuery = `query Shelf($id: ID!, $reviews: Int) {
  shelf(id: $id) {
    id
    name
    books {
      id
      title
      pages
      author { name born }
      price { amount currency }
      copies { place count }
      reserved
      rating
      reviews(first: $reviews) { id stars text by }
    }
  }
}`;

const shelves = 10_000_000;

/** The page as a client asks for it, each time of another shelf. */
export const randomPage = (): string => pageOf(Math.floor(Math.random() * shelves));

export const pageOf = (shelf: number): string =>
  JSON.stringify({ query: pageQuery, variables: { id: `s${shelf}`, reviews: 2 } });
