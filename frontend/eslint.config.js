import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

const oneDoorForHtml = {
  message: "HTML enters a page through src/dom/html.ts only.",
};

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", 250],
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", ...oneDoorForHtml },
        { property: "outerHTML", ...oneDoorForHtml },
        { property: "insertAdjacentHTML", ...oneDoorForHtml },
        { property: "createContextualFragment", ...oneDoorForHtml },
        { object: "document", property: "write", ...oneDoorForHtml },
      ],
    },
  },
  { files: ["src/dom/html.ts"], rules: { "no-restricted-properties": "off" } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
