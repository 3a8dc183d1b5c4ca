/** The page of a bank that asks its customer, as short as can be. */
import type { Challenge } from './ledger.ts';

const page = (body: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sandbox bank</title>
<body><h1>Sandbox bank</h1>${body}</body></html>
`;

const button = (id: string, owner: 'yes' | 'no', text: string): string =>
  `<form method="post" action="?id=${id}&amp;owner=${owner}"><button>${text}</button></form>`;

/** What is asked of the card's owner. All that stands in it is the sandbox's own, or was checked by form. */
export const challengePage = ({ id, amount }: Challenge): string =>
  page(`<p>Do you pay ${amount.minor} minor units of ${amount.currency}?</p>
${button(id, 'yes', 'It is me, pay')}${button(id, 'no', 'It is not me')}`);

export const thanksPage = page('<p>Thank you. Go back to the shop.</p>');
