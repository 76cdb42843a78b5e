/** What somebody answers in a form: a text, a choice from a list, or the ticks in all boxes of one name. */

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Answer {
  readonly name: string;
  /** The field itself, or the first of its boxes. */
  readonly field: Field;
  readonly isText: boolean;
  /** What the server has put there. */
  readonly server: string;
  value: string;
}

export function answersOf(form: HTMLFormElement): Answer[] {
  const all = form.querySelectorAll<Field>("input:not([type=hidden]), textarea, select");
  const fields = [...all].filter((field) => field.name);
  const boxes = fields.filter(isBox);
  const names = [...new Set(boxes.map((box) => box.name))];
  return [
    ...fields.filter((field) => !isBox(field)).map(answerOf),
    ...names.map((name) => answerByTicks(boxes.filter((box) => box.name === name))),
  ];
}

function isBox(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

function answerOf(field: Field): Answer {
  return {
    name: field.name,
    field,
    isText: !(field instanceof HTMLSelectElement),
    get server() {
      return serversValue(field);
    },
    get value() {
      return field.value;
    },
    set value(value) {
      field.value = value;
    },
  };
}

function serversValue(field: Field): string {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  const options = [...field.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

/** The values of the ticked boxes, one on a line; a box that is no longer offered stays out. */
function answerByTicks(boxes: HTMLInputElement[]): Answer {
  const [field] = boxes as [HTMLInputElement];
  const valuesOf = (ticked: HTMLInputElement[]): string => ticked.map((box) => box.value).join("\n");
  return {
    name: field.name,
    field,
    isText: false,
    get server() {
      return valuesOf(boxes.filter((box) => box.defaultChecked));
    },
    get value() {
      return valuesOf(boxes.filter((box) => box.checked));
    },
    set value(value) {
      const ticked = value.split("\n");
      for (const box of boxes) box.checked = ticked.includes(box.value);
    },
  };
}
