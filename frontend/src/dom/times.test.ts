import { beforeEach, describe, expect, it, vi } from "vitest";

import { absoluteWords, knows, refreshTime, relativeWords } from "./times";

const Real = Intl.DateTimeFormat;

const now = new Date("2026-11-23T12:00:00+05:00");
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

describe("relative times", () => {
  it.each([
    [30, "this minute"],
    [4 * 60, "4 min. ago"],
    [59 * 60 + 59, "59 min. ago"],
    [2 * 3600, "2 hr. ago"],
    [3 * 86_400, "3 days ago"],
  ])("says %i seconds ago as %s", (seconds, words) => {
    expect(relativeWords(ago(seconds), now, "en")).toBe(words);
  });

  it("leaves what is older than six days to the date", () => {
    expect(relativeWords(ago(7 * 86_400), now, "en")).toBeNull();
  });

  it("leaves it to the date where the browser has no words for the language", () => {
    vi.spyOn(Intl.RelativeTimeFormat.prototype, "format").mockReturnValueOnce("-4 d");
    expect(relativeWords(ago(4 * 86_400), now, "kk")).toBeNull();
  });

  it("speaks Kazakh and Russian", () => {
    expect(relativeWords(ago(240), now, "kk")).toBe("4 мин. бұрын");
    expect(relativeWords(ago(240), now, "ru")).toBe("4 мин. назад");
  });
});

describe("a time in the page", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  const element = (moment: string): HTMLTimeElement => {
    const time = document.createElement("time");
    time.dateTime = moment;
    time.textContent = "as the server said";
    return time;
  };

  it("carries the exact moment as its title", () => {
    const time = element(ago(240).toISOString());
    refreshTime(time, now);
    expect(time.textContent).toBe("4 min. ago");
    expect(time.title).toContain("2026");
  });

  it("is told in the time zone of the page", () => {
    document.documentElement.dataset.timeZone = "Asia/Almaty";
    expect(absoluteWords(new Date("2026-11-23T20:30:00Z"), "en")).toContain("November 24, 2026 at 1:30");
    delete document.documentElement.dataset.timeZone;
  });

  it("keeps the server's words when it is old or unreadable", () => {
    for (const moment of ["2020-01-01T00:00:00Z", "yesterday"]) {
      const time = element(moment);
      refreshTime(time, now);
      expect(time.textContent).toBe("as the server said");
    }
  });
});

describe("a browser without the words of a language", () => {
  it("is noticed by its months, and answers in digits", () => {
    expect(knows("kk")).toBe(true);
    const empty = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function (this: unknown, language, options) {
      return options?.month === "long" ? { format: () => "M11" } : new Real(language, options);
    });
    expect(knows("kk")).toBe(false);
    expect(relativeWords(ago(0), now, "kk")).toBeNull();
    expect(absoluteWords(now, "kk")).toContain("23.11.2026");
    empty.mockRestore();
  });
});
