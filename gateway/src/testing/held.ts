/** Something to wait for, which has not come to pass until it is released. */
export const held = (): { readonly until: Promise<void>; readonly release: () => void } => {
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { until, release };
};
