// Every script of the pages: our own in full, vendored ones for their syntax alone (ES2021 is what Chromium 86 reads).
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import globals from "globals";

const language = { ecmaVersion: 2021, sourceType: "module", globals: globals.browser };

export default [
  { ...js.configs.recommended, ignores: ["**/vendor/**"] },
  { ...compat.configs["flat/recommended"], ignores: ["**/vendor/**"] },
  { languageOptions: language, linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/vendor/**"], languageOptions: { ...language, sourceType: "script" } },
];
