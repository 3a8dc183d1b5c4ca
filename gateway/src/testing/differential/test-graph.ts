import type { SubgraphSource } from './served-graph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"
])`;

/** A library: every way in which subgraphs can share a graph. */
export const testGraph: readonly SubgraphSource[] = [
  {
    name: 'catalogue',
    sdl: `${link}
type Query {
  book(id: ID!): Book
  books(first: Int = 3, order: Order): [Book!]!
  shelves: [[Book!]!]
  anything: [Anything]
  media(kind: Kind): [Media!]
  medium: Media
  someone: Person
}
type Mutation { lend(id: ID!, note: Note): Book  giveBack: Boolean! }
enum Order { TITLE YEAR }
enum Kind { FILM SONG }
input Note { text: String!  marks: [Int!]  inner: Note }
union Anything = Book | Film | Person
type Book @key(fields: "id") @key(fields: "isbn place { room row { number } }") {
  id: ID!  isbn: String!  place: Place!
  title(upper: Boolean = false): String!
  pages: Int
  size: Size!
  writer: Person
  writers: [Person!]!
  sequel: Book
  parts: [[Part]]
  secret: String @inaccessible
}
type Place @shareable { room: Int!  row: Row! }
type Row @shareable { number: Int!  name: String }
type Size { width: Int!  height: Int  depth: Int }
type Part { number: Int!  title: String  pages(from: Int!): [Int!] }
interface Media @key(fields: "id") { id: ID!  name: String  length: Int! }
type Film implements Media @key(fields: "id") { id: ID!  name: String  length: Int!  director: Person }
type Song implements Media @key(fields: "id") { id: ID!  name: String  length: Int!  verses: [String!] }
type Person @key(fields: "id") { id: ID!  name: String @shareable  book: Book }
`,
  },
  {
    name: 'people',
    sdl: `${link}
type Query { people(named: [String!]): [Person!]  me: Person! }
interface Named { name: String }
type Person implements Named @key(fields: "id") {
  id: ID!  name: String @shareable
  born: Int
  town: Town!
  friends(limit: Int = 2): [Person!]
  likes: Liked
  favourite: Book @provides(fields: "pages2")
}
type Town implements Named @key(fields: "code country { code }") { code: ID!  country: Country!  name: String  mayor: Person }
type Country { code: ID!  motto: String! }
union Liked = Book | Town
type Book @key(fields: "id") { id: ID!  pages2: Int @external }
`,
  },
  {
    name: 'lending',
    sdl: `${link}
type Query { lent: [Book] }
type Book @key(fields: "isbn place { room row { number } }") {
  isbn: String! @shareable  place: Place! @shareable
  lentTo: Person
  copies: [Copy!]!
  pages: Int @override(from: "catalogue")
  size: Size! @external
  weight: Float @requires(fields: "size { width height }")
  postage(to: ID, express: Boolean = false): Int! @requires(fields: "size { width depth } pages2")
  pages2: Int @external
}
type Place @shareable { room: Int!  row: Row! }
type Row @shareable { number: Int! }
type Size { width: Int! @external  height: Int @external  depth: Int @external }
type Copy { number: Int!  state: State  holder: Person }
enum State { GOOD WORN }
type Person @key(fields: "id", resolvable: false) { id: ID! }
type Town @key(fields: "code country { code }") { code: ID! @shareable country: Country! @shareable  branches: [Branch] }
type Country @shareable { code: ID! }
interface Branch { name: String  open: Boolean! }
type MainBranch implements Branch { name: String  open: Boolean!  floors: Int! }
type SmallBranch implements Branch { name: String  open: Boolean!  stock: [Book!] }
`,
  },
  {
    name: 'reviews',
    sdl: `${link}
type Query { best: Media  reviews(of: ID!): [Review!]! }
type Media @key(fields: "id") @interfaceObject { id: ID!  stars: Int  reviews(first: Int = 2): [Review!]! }
type Review { text: String  stars: Int!  by: Person  about: Media }
type Person @key(fields: "id", resolvable: false) { id: ID! }
type Book @key(fields: "id") { id: ID!  pages2: Int @shareable  review: Review }
`,
  },
];
