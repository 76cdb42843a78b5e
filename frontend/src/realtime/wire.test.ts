import { describe, expect, it } from "vitest";

import examples from "../../../tests/wire/examples.json";
import { parseServerFrame, say } from "./wire";

const server: Record<string, unknown>[] = examples.server;
const client: Record<string, unknown>[] = examples.client;
const builders = say as unknown as Record<string, (fields: Record<string, unknown>) => unknown>;

describe("what the server says", () => {
  it.each(server)("reads $t", (frame) => {
    expect(parseServerFrame(JSON.stringify(frame))).toEqual(frame);
  });

  it.each(server)("refuses $t with a field too many, or too few, or of another type", (frame) => {
    expect(parseServerFrame(JSON.stringify({ ...frame, extra: 1 }))).toBeNull();
    const [, second] = Object.keys(frame);
    const fewer = Object.fromEntries(Object.entries(frame).filter(([name]) => name !== second));
    expect(parseServerFrame(JSON.stringify(fewer))).toBeNull();
    for (const name of Object.keys(frame)) {
      const wrong = name === "facts" || name === "current" ? [] : { not: ["this"] };
      expect(parseServerFrame(JSON.stringify({ ...frame, [name]: wrong }))).toBeNull();
    }
  });

  it.each(["", "{", "null", "[]", '"beat"', "{}", '{"t":"shout"}', '{"t":"toString"}', '{"t":["beat"]}'])(
    "refuses %s",
    (text) => {
      expect(parseServerFrame(text)).toBeNull();
    },
  );

  it("refuses an inherited name as a field", () => {
    expect(parseServerFrame('{"t":"beat","heads":{},"constructor":1}')).toBeNull();
  });
});

describe("what a page says", () => {
  it.each(client)("builds $t", ({ t, ...fields }) => {
    expect(builders[t as string]?.(fields)).toEqual({ t, ...fields });
  });

  it("has an example of every builder", () => {
    expect(new Set(client.map((frame) => frame.t))).toEqual(new Set(Object.keys(say)));
  });
});
