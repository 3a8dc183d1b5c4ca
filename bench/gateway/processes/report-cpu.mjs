/** Loaded before any gateway that is measured: tells its parent what CPU time the process has used, and ends with it. */
process.on('message', (asked) => {
  if (asked === 'cpu') process.send({ cpu: process.cpuUsage() });
});
process.on('disconnect', () => process.exit());
