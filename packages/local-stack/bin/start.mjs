// `npm start`. Plain JavaScript, so that an old Node can still read the line that says it is too old.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Emporium needs Node 20.19 or later; this is ${process.versions.node}. Install a newer one, from nodejs.org for example.`,
  );
  process.exit(1);
}

const { register } = await import('tsx/esm/api').catch(() => {
  console.error('The packages are not installed yet: run npm ci first.');
  process.exit(1);
});
register();
const { main } = await import('../src/main.ts');
await main();
