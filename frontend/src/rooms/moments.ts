/** Times beside posts, in the language and the time zone of the page. */

import { absoluteWords, knows } from "../dom/times";

const zone = (): { timeZone?: string } => {
  const { timeZone } = document.documentElement.dataset;
  return timeZone ? { timeZone } : {};
};

/** 10:14, with the whole moment as its title. */
export function showMoment(element: HTMLElement | null, at: string): void {
  if (!element) return;
  const moment = new Date(at);
  const language = document.documentElement.lang;
  element.setAttribute("datetime", at);
  element.title = absoluteWords(moment, language);
  element.textContent = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone() }).format(moment);
}

/** 2026-11-05, the day on which it is where deadlines are counted. */
export function dayOf(at: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...zone() });
  return parts.format(new Date(at));
}

/** "Thursday 5 November 2026". */
export function dayWords(at: string): string {
  const { lang } = document.documentElement;
  if (!knows(lang)) return dayOf(at).split("-").reverse().join(".");
  // As the server writes it: the day before the month, also in English.
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { weekday: "long", day: "numeric", month: "long", year: "numeric", ...zone() });
  return format.format(new Date(at));
}
