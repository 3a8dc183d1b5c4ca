// Waits until whoever started it is gone, and ends what that one left running. Loads nothing before it must: there is one per stack.
let said = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  said += text;
});
process.stdin.once('end', async () => {
  if (said === 'revoked') return;
  const { register } = await import('tsx/esm/api');
  register();
  const { stopOrphans } = await import('../src/processes/orphans.ts');
  await stopOrphans(process.argv[2]);
});
