// Every script of the pages: our own in full, vendored ones for their syntax alone. ES2022 without what Chromium 86
// cannot read yet of it (it has class fields since 72–84).
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";
import globals from "globals";

const language = { ecmaVersion: 2022, sourceType: "module", globals: globals.browser };
const tooNew = Object.fromEntries(
  ["class-static-block", "private-in", "regexp-d-flag", "top-level-await"].map((name) => [`es-x/no-${name}`, "error"]),
);

export default [
  { ...js.configs.recommended, ignores: ["**/vendor/**"] },
  { ...compat.configs["flat/recommended"], ignores: ["**/vendor/**"] },
  { languageOptions: language, plugins: { "es-x": esx }, rules: tooNew },
  { ignores: ["**/vendor/**"], linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/vendor/**"], languageOptions: { ...language, sourceType: "script" } },
];
