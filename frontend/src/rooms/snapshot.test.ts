import { describe, expect, it } from "vitest";

import { htmlToFragment } from "../dom/html";
import { mergeEvents } from "./snapshot";

const post = (id: string): string => `<article data-post="${id}" data-position="1">${id}</article>`;
const event = (words: string): string => `<p class="event">${words}</p>`;
const end = (words: string): string => `<p class="log__end">${words}</p>`;
const logOf = (html: string): HTMLElement => htmlToFragment(`<div>${html}</div>`).firstElementChild as HTMLElement;
const words = (log: HTMLElement): string[] => [...log.children].map((line) => line.textContent);

describe("lines about moves", () => {
  it("come where they belong, and go with what they told", () => {
    const log = logOf(event("Received") + post("a") + event("Gone") + post("b") + post("new") + end("Seen"));
    mergeEvents(log, logOf(event("Received") + post("a") + event("Taken") + post("b") + end("Seen by two")));
    expect(words(log)).toEqual(["Received", "a", "Taken", "b", "new", "Seen by two"]);
  });

  it("stay the same element where they say the same, so that nobody hears them again", () => {
    const log = logOf(event("Received") + post("a") + event("Taken") + end("Seen"));
    const before = [...log.children];
    mergeEvents(log, logOf(event("Received") + post("a") + event("Taken") + event("Closed") + end("Seen")));
    expect(words(log)).toEqual(["Received", "a", "Taken", "Closed", "Seen"]);
    expect(before.every((line) => [...log.children].includes(line))).toBe(true);
  });

  it("leave a post alone that is under way", () => {
    const log = logOf(`${post("a")}<article data-key="k">Sending</article>`);
    mergeEvents(log, logOf(post("a") + event("Taken") + end("Seen")));
    expect(words(log)).toEqual(["a", "Taken", "Seen", "Sending"]);
  });
});
