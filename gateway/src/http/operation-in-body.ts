import { badRequest } from '../errors.ts';

/**
 * The body of a POST, if it has the shape of an operation; throws what is wrong with it otherwise. Apollo Server would refuse
 * it as well, in words that are about its own installation.
 */
export const operationInBody = (body: unknown): Readonly<Record<string, unknown>> => {
  if (Array.isArray(body)) throw badRequest('Batches are not served: send one operation per request.');
  if (!isObject(body) || Object.keys(body).length === 0)
    throw badRequest('The body must be an object with a query, or with a documentId in its place.');
  for (const name of strings)
    if (isGiven(body[name]) && typeof body[name] !== 'string')
      throw badRequest(`${name} must be a string.`);
  for (const name of objects)
    if (isGiven(body[name]) && (!isObject(body[name]) || Array.isArray(body[name])))
      throw badRequest(`${name} must be an object, and no text that holds one.`);
  return body;
};

const strings = ['query', 'operationName'];
const objects = ['variables', 'extensions'];

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
