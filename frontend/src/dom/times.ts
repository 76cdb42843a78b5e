/** `<time datetime="…" data-relative>`: "4 minutes ago" in the language of the page, the exact moment as its title. */

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const OLDEST_DAYS = 6;

/** Words for the distance, or null when it is so long that a date says more. */
export function relativeWords(moment: Date, now: Date, language: string): string | null {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) > OLDEST_DAYS * 86_400) return null;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, "minute");
}

/** The exact moment in the time zone of the page: deadlines are counted there, wherever the reader is. */
export function absoluteWords(moment: Date, language: string): string {
  const timeZone = document.documentElement.dataset.timeZone;
  return new Intl.DateTimeFormat(language, {
    dateStyle: "long",
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
