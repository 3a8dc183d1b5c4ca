/** Who asks, as subgraphs are told. Without an id nobody is signed in. Roles are whatever the access token says. */
export type Viewer = {
  readonly id: string | null;
  readonly roles: readonly string[];
  readonly address: string;
};
