/** Composes the subgraphs that rover.yaml names to `schema/supergraph.graphql` and `schema/api.graphql`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';

type RoverConfig = { subgraphs: Record<string, { routing_url: string; schema: { file: string } }> };

const root = path.resolve(import.meta.dirname, '..');
const { subgraphs }: RoverConfig = parseYaml(readFileSync(path.join(root, 'rover.yaml'), 'utf8'));
const { errors, hints, supergraphSdl } = composeServices(
  Object.entries(subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    url: routing_url,
    typeDefs: parse(readFileSync(path.join(root, schema.file), 'utf8')),
  })),
);

const problems = [
  ...(errors ?? []).map(({ message }) => message),
  ...(hints ?? []).map((hint) => `hint: ${hint}`),
];
if (problems.length > 0 || !supergraphSdl) {
  console.error(`The subgraphs do not compose cleanly:\n${problems.join('\n')}`);
  process.exit(1);
}
writeFileSync(path.join(root, 'schema/supergraph.graphql'), `${supergraphSdl.trim()}\n`);
const api = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
writeFileSync(path.join(root, 'schema/api.graphql'), `${printSchema(api).trim()}\n`);
