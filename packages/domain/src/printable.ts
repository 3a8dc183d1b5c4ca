/**
 * Neither control characters nor halves of surrogate pairs nor what stands for a lost character: they are no text and would
 * not survive the journey. On one line nothing that breaks it or turns it around, either; what joins letters or emoji may stay.
 */
const line = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufffd\u202a-\u202e\u2066-\u2069]*$/u;
const lines = /^(?:[^\p{Cc}\p{Cs}\ufffd]|[\n\r\t])*$/u;

/** One line that shows what it says. */
export const isPrintableLine = (text: string): boolean => line.test(text);

/** The same of several lines, of which each may turn its own direction. */
export const isPrintableText = (text: string): boolean => lines.test(text);

/** Counts characters of what could have few enough, and no others: a character takes one or two of UTF-16. */
export const isLonger = (text: string, longest: number): boolean =>
  text.length > 2 * longest || [...text].length > longest;
