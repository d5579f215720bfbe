// Every behaviour improves a page that works without it.
import "./behaviours/copy.js";
import "./behaviours/drawer.js";
import "./behaviours/editor.js";
import "./behaviours/find.js";
import "./behaviours/keep-typed.js";
import "./behaviours/level-keys.js";
import "./behaviours/levels.js";
import "./behaviours/menu.js";
import "./behaviours/results.js";
import "./behaviours/submit-once.js";
import "./behaviours/suggest.js";
import "./behaviours/tag-field.js";
import "./behaviours/tree.js";
