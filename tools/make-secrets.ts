/** Prints a `.env` for docker-compose.yml: random passwords and fresh keys. `npm run --silent secrets > .env` */
import { randomPassword, subgraphNames } from '@emporium/database';
import { dataKey, publicHalf, publicKeySet, recipientKey, signingKey } from '@emporium/local-stack';

/** NATS reads a variable's value as configuration: one that begins with a letter is a plain word. */
const natsPassword = () => `p${randomPassword()}`;

const internal = signingKey();
const cardTokens = recipientKey();
const variables = {
  POSTGRES_PASSWORD: randomPassword(),
  AUDITOR_DATABASE_PASSWORD: randomPassword(),
  ...Object.fromEntries(
    subgraphNames.map((name) => [`${name.toUpperCase()}_DATABASE_PASSWORD`, randomPassword()]),
  ),
  ...Object.fromEntries(
    [...subgraphNames, 'gateway', 'admin'].map((name) => [
      `NATS_${name.toUpperCase()}_PASSWORD`,
      natsPassword(),
    ]),
  ),
  ACCESS_TOKEN_SIGNING_KEY: JSON.stringify(signingKey()),
  USERS_DATA_KEYS: JSON.stringify([dataKey()]),
  PAYMENTS_DATA_KEYS: JSON.stringify([dataKey()]),
  CARD_TOKEN_KEYS: JSON.stringify([cardTokens]),
  CARD_TOKEN_PUBLIC_KEY: JSON.stringify(publicHalf(cardTokens)),
  INTERNAL_SIGNING_KEY: JSON.stringify(internal),
  INTERNAL_JWKS: JSON.stringify(publicKeySet(internal)),
};

for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}='${value}'\n`);
