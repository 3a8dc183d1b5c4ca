import { isConflict, withCause } from '@emporium/messaging';
import type { Replica } from '../shop/subgraph.ts';
import type { Shop } from '../shop/world.ts';
import { DatabaseAway } from '../store/memory-database.ts';

type Asked<App> = { readonly reach: (place: string) => Replica<App> };

/** Asks a subgraph, under the id of what it is for. */
export type Ask = <App, Answer>(
  id: string,
  subgraph: Asked<App>,
  question: (app: App) => Promise<Answer>,
) => Promise<Answer>;

const unanswered = Symbol('unanswered');

/** How clients reach the shop: until they are answered. Whoever does not hear the answer asks the same again. */
export const createClients = ({ scheduler, weather, noise }: Shop): Ask => {
  return async <App, Answer>(
    id: string,
    subgraph: Asked<App>,
    question: (app: App) => Promise<Answer>,
  ): Promise<Answer> => {
    for (;;) {
      await scheduler.sleep(null, 1 + noise.unit(`${id} on its way`) * 5, `${id} is asked`);
      const { process, app } = subgraph.reach(id);
      const death = new Promise<typeof unanswered>((resolve) => process.onDeath(() => resolve(unanswered)));
      const answer = process.isAlive()
        ? await Promise.race([withCause({ requestId: id }, () => question(app)).catch(unlessAway), death])
        : unanswered;
      // That of a process that is dead is never the answer: it may be undone.
      if (answer !== unanswered && process.isAlive() && !weather.strikes(`${id} is not answered`, 0.05)) {
        return answer as Answer;
      }
      await scheduler.sleep(null, noise.between(`${id} again`, 300, 2500), `${id} is not answered`);
    }
  };
};

/** Clients come again when somebody does not answer; whatever else is thrown is a bug. */
const unlessAway = (error: unknown): symbol => {
  if (error instanceof DatabaseAway || isConflict(error)) return unanswered;
  throw error;
};
