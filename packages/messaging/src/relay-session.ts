import { Client } from 'pg';

/** How long a silent database may take before the relay gives the connection, and with it the lead, up. */
const answerMs = 30_000;

/**
 * The relay's own database connection. Its advisory lock makes one relay of a subgraph the leader; the lock ends
 * with the connection, so a leader that dies or is cut off is replaced.
 */
export type RelaySession = {
  readonly client: Client;
  isLost(): boolean;
  /** True when this relay leads from now on. */
  takeLead(): Promise<boolean>;
  /** Wakes the leader, wherever it runs. */
  wakeLeader(): Promise<void>;
  end(): Promise<void>;
};

type Listeners = {
  /** Another replica has something to send. */
  readonly woken: () => void;
  readonly lost: () => void;
};

/** The look for what is to be sent is planned once, and by its index: when a service starts there may be nothing to be sent yet. */
const oneGoodPlan = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';

/** A power cut may take what was noted last: those messages are sent again, which the broker and the inboxes know. */
const marksMayBeLost = '-c synchronous_commit=off';

export const openRelaySession = async (
  databaseUrl: string,
  owner: string,
  listeners: Listeners,
): Promise<RelaySession> => {
  const channel = `emporium_relay_${owner}`;
  const client = new Client({
    connectionString: databaseUrl,
    options: `-c search_path=${owner} ${oneGoodPlan} ${marksMayBeLost}`,
    application_name: `${owner}-relay`,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerMs,
    keepAlive: true,
  });
  let lost = false;
  const lose = () => {
    lost = true;
    listeners.lost();
  };
  client.on('error', lose);
  client.on('end', lose);
  client.on('notification', listeners.woken);
  await client.connect();
  return {
    client,
    isLost: () => lost,
    takeLead: async () => {
      const { rows } = await client.query<{ leads: boolean }>(
        "SELECT pg_try_advisory_lock(hashtext('emporium.relay'), hashtext($1)) AS leads",
        [owner],
      );
      const leads = rows[0]?.leads === true;
      if (leads) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      return leads;
    },
    wakeLeader: async () => {
      await client.query("SELECT pg_notify($1, '')", [channel]);
    },
    end: async () => {
      await client.end().catch(() => undefined);
    },
  };
};
