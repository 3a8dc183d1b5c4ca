/** How a guest says which order is theirs, in every subgraph that knows something of it. */
export const orderTokenArgument = {
  nullable: true,
  description:
    'Of an order that was placed without an account: the `orderToken` that came with it. It opens that order alone, and where it is sent nothing else does.',
} as const;
