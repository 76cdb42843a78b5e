/** `<time datetime="…" data-relative>`: "4 minutes ago" in the language of the page, the exact moment as its title. */

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const OLDEST_DAYS = 6;
/** What a browser writes that has no words for the language, like "-4 d". */
const NO_WORDS = /^[-+\u2212]/u;

/** Some browsers accept Kazakh without having its words, and then write "M11" for a month. */
export function knows(language: string): boolean {
  return !/\d/.test(new Intl.DateTimeFormat(language, { month: "long" }).format(new Date()));
}

/** Words for the distance; null when it is so long that a date says more, or the browser has none. */
export function relativeWords(moment: Date, now: Date, language: string): string | null {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) > OLDEST_DAYS * 86_400 || !knows(language)) return null;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return wordsOnly(format.format(Math.trunc(seconds / length), unit));
  }
  return wordsOnly(format.format(0, "minute"));
}

function wordsOnly(text: string): string | null {
  return NO_WORDS.test(text) ? null : text;
}

/** The exact moment in the time zone of the page: deadlines are counted there, wherever the reader is. */
export function absoluteWords(moment: Date, language: string): string {
  const timeZone = document.documentElement.dataset.timeZone;
  // Without words of that language, digits in the order Kazakhstan writes them.
  return new Intl.DateTimeFormat(knows(language) ? language : "ru", {
    dateStyle: knows(language) ? "long" : "short",
    timeStyle: "short",
    ...(timeZone ? { timeZone } : {}),
  }).format(moment);
}

export function refreshTime(element: HTMLTimeElement, now = new Date()): void {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) return;
  const language = document.documentElement.lang;
  element.title = absoluteWords(moment, language);
  const words = relativeWords(moment, now, language);
  if (words !== null && element.textContent !== words) element.textContent = words;
}

/** Keep every relative time of the page fresh, also those that arrive later. */
export function keepTimesFresh(): void {
  const refreshAll = (): void => {
    for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) refreshTime(element);
  };
  refreshAll();
  setInterval(refreshAll, 30_000);
}
