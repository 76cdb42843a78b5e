import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "trustedTypes");
});

describe("the door for HTML", () => {
  it("turns markup into nodes that are not in the page yet", async () => {
    const { htmlToFragment } = await import("./html");
    const fragment = htmlToFragment("<p>one</p><p>two</p>");
    expect(fragment.querySelectorAll("p")).toHaveLength(2);
    expect(document.body.querySelector("p")).toBeNull();
  });

  it("goes through the policy named dialogue where there are trusted types", async () => {
    const createPolicy = vi.fn((_name: string, rules: { createHTML(html: string): string }) => ({
      createHTML: (html: string) => rules.createHTML(html).replace("plain", "trusted"),
    }));
    Object.assign(globalThis, { trustedTypes: { createPolicy } });
    const { htmlToFragment } = await import("./html");
    expect(htmlToFragment("<p>plain</p>").textContent).toBe("trusted");
    expect(createPolicy).toHaveBeenCalledExactlyOnceWith("dialogue", expect.anything());
  });
});
