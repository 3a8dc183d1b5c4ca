import { equals } from '@emporium/domain';
import type { Known, NewsOutcome, Ports, ProviderNews, Transact } from './ports.ts';

/** What came of it; the same as the first time when it is heard again. */
export type HearProvider = (news: ProviderNews) => Promise<NewsOutcome>;

/**
 * Keeps the news before anything is done about it, and then does it once. Whatever order they come in, and whether the answer to our
 * own question has come or not: all that follows is that the provider is looked up sooner.
 */
export const createHearProvider =
  (transact: Transact): HearProvider =>
  async (news) => {
    await transact(({ providerNews }) => providerNews.keep(news));
    return transact(async (ports) => {
      const earlier = await ports.providerNews.outcomeOf(news);
      if (earlier) return earlier;
      const outcome = await handle(ports, news);
      await ports.providerNews.end(news, outcome);
      return outcome;
    });
  };

const handle = async (ports: Ports, news: ProviderNews): Promise<NewsOutcome> => {
  if (news.subject === null) return 'NOT_OURS';
  const known = await ports.providerNews.find(news.subject);
  if (!known || (known.provider !== null && known.provider !== news.provider)) return 'UNKNOWN_PAYMENT';
  if (!news.amount || !equals(news.amount, known.amount)) return 'WRONG_AMOUNT';
  if (await ports.calls.hurry(news.subject)) return 'LOOKED_UP';
  return news.isCapture && !isTaken(known) ? 'UNEXPECTED_MONEY' : 'NOTHING_TO_DO';
};

const isTaken = ({ status }: Known): boolean => status === 'CAPTURED' || status === 'DONE';
