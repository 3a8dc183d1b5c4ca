/** A hand on the broker itself, for tests: to say what no subgraph would say. */
import { connect } from 'nats';
import { connectionOptions } from './jetstream.ts';

export const connectTestBroker = async (natsUrl: string) => {
  const connection = await connect(connectionOptions(natsUrl, 'test'));
  const manager = await connection.jetstreamManager();
  return {
    /** Sends what no outbox would: malformed messages, copies under another message id. */
    publish: (subject: string, body: string) => connection.jetstream().publish(subject, body),
    addStream: (owner: string) => manager.streams.add({ name: owner, subjects: [`emporium.${owner}.>`] }),
    deleteStream: (owner: string) => manager.streams.delete(owner),
    /** What the stream holds, oldest first. */
    bodies: async (owner: string): Promise<string[]> => {
      const { state } = await manager.streams.info(owner);
      const sequences = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
      const messages = await Promise.all(
        sequences.map((seq) => manager.streams.getMessage(owner, { seq })),
      );
      return messages.map((message) => message.string());
    },
    close: () => connection.close(),
  };
};

export type TestBroker = Awaited<ReturnType<typeof connectTestBroker>>;
