/** Which provider is asked for a card's money: by currency, in an order of preference, and by the card's token. */
import type { Currency } from '@emporium/domain';
import { type ProviderName, paysOut, providerNames } from './provider.ts';

/** The providers of a currency, the first one first; `*` is every currency that has no route of its own. */
export type Routes = ReadonlyMap<Currency | '*', readonly ProviderName[]>;

/** What the tokens begin with that a provider takes; several may take the same. */
export type TakenTokens = Readonly<Partial<Record<ProviderName, readonly string[]>>>;

export type Routing = {
  /** Who may be asked for the money of a card, the first one first; nobody: no provider takes it. */
  readonly ofCard: (currency: Currency, token: string) => readonly ProviderName[];
  /** Who may pay out in the currency, the first one first. */
  readonly ofPayout: (currency: Currency) => readonly ProviderName[];
  /** Who keeps a card for later, or has kept it. */
  readonly keeperOf: (token: string) => ProviderName;
};

/** The longest beginning decides; several providers that take the same share the card. */
export const createRouting = (routes: Routes, tokens: TakenTokens): Routing => {
  const lengthOf = (name: ProviderName, token: string): number =>
    Math.max(...(tokens[name] ?? []).map((prefix) => (token.startsWith(prefix) ? prefix.length : -1)), -1);
  const takers = (token: string): readonly ProviderName[] => {
    const longest = Math.max(...providerNames.map((name) => lengthOf(name, token)));
    return longest < 0 ? [] : providerNames.filter((name) => lengthOf(name, token) === longest);
  };
  const routeOf = (currency: Currency) => routes.get(currency) ?? routes.get('*') ?? [];
  return {
    ofPayout: (currency) => routeOf(currency).filter(paysOut),
    ofCard: (currency, token) => {
      const taken = takers(token);
      return routeOf(currency).filter((name) => taken.includes(name));
    },
    keeperOf: (token) => {
      const taken = takers(token);
      return [...routes.values()].flat().find((name) => taken.includes(name)) ?? 'sandbox';
    },
  };
};

/** Everything goes to the sandbox, whatever its token. */
export const sandboxAlone = createRouting(new Map([['*', ['sandbox']]]), { sandbox: [''] });

/** Who comes after `name` among those who may be asked; null: nobody. */
export const nextAfter = (name: ProviderName, candidates: readonly ProviderName[]): ProviderName | null =>
  candidates[candidates.indexOf(name) + 1] ?? null;

/** Reads `GBP=stripe,sandbox;*=sandbox`; a sentence instead when it cannot be read. */
export const readRoutes = (text: string): Routes | string => {
  const routes = new Map<Currency | '*', readonly ProviderName[]>();
  for (const route of text.split(';').map((each) => each.trim())) {
    const [currency = '', list = '', ...rest] = route.split('=').map((each) => each.trim());
    if (!/^([A-Z]{3}|\*)$/.test(currency) || rest.length > 0)
      return `"${route}" does not begin with a currency or *, and =`;
    if (routes.has(currency)) return `${currency} has two routes`;
    const names = list.split(',').map((each) => each.trim());
    const unknown = names.find((name) => !isProvider(name));
    if (unknown !== undefined) return `there is no provider "${unknown}"`;
    if (new Set(names).size < names.length) return `${currency} names a provider twice`;
    const known = names.filter(isProvider);
    if (!known.some(paysOut)) return `nobody of ${currency} pays out`;
    routes.set(currency, known);
  }
  return routes;
};

const isProvider = (name: string): name is ProviderName =>
  (providerNames as readonly string[]).includes(name);
