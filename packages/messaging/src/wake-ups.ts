import type { EventDefinition } from '@emporium/contracts';
import type { Logger } from 'pino';
import type { Broker } from './broker.ts';
import type { Heard } from './messaging.ts';

type Subscribe = (to: string | EventDefinition, listener: (heard: Heard) => void) => () => void;

/** Plain subscriptions whose listeners can neither break the connection nor each other. */
export const createWakeUps =
  (broker: Broker, logger: Logger): Subscribe =>
  (to, listener) =>
    broker.subscribe(typeof to === 'string' ? to : to.subject, (subject, text) => {
      try {
        listener({ subject, envelope: JSON.parse(text) });
      } catch (error) {
        logger.warn({ err: error, subject }, 'a wake-up was not understood');
      }
    });
