/** Who asks, as subgraphs are told. Without an id nobody is signed in. Roles are whatever the access token says. */
export type Viewer = {
  readonly id: string | null;
  readonly roles: readonly string[];
  readonly address: string;
};

/** Whom limits count by: the one who is signed in, else whoever is at this address. */
export const viewerName = ({ id, address }: Viewer): string => (id === null ? `at ${address}` : `id ${id}`);
