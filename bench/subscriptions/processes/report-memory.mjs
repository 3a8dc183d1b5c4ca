/** Loaded before the gateway, with --expose-gc: tells its parent what memory the process holds, and ends when told to. */
const answers = {
  memory: () =>
    process.send({ rss: process.memoryUsage.rss(), mostRss: process.resourceUsage().maxRSS * 1024 }),
  heap: () => {
    for (let pass = 0; pass < 3; pass += 1) globalThis.gc();
    process.send({ heap: process.memoryUsage().heapUsed });
  },
  end: () => process.exit(),
};

process.on('message', (asked) => answers[asked]());
process.on('disconnect', () => process.exit());
