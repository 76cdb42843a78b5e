/** Loaded by every page: the look, and small improvements on HTML that works without them. */

import "../styles/site.css";
import "./page_styles";

import { autosizeTextareas } from "./dom/autosize";
import { openAndCloseDialogs } from "./dom/dialogs";
import { guardForms } from "./dom/forms";
import { keepForms } from "./dom/kept_forms";
import { closeMenusAsExpected } from "./dom/menus";
import { tellWhatIsLeft } from "./dom/left";
import { keepScroll } from "./dom/scroll";
import { keepTimesFresh } from "./dom/times";
import { countUnread } from "./unread/counting";

closeMenusAsExpected();
autosizeTextareas();
openAndCloseDialogs();
guardForms();
keepForms();
keepScroll();
tellWhatIsLeft();
keepTimesFresh();
countUnread();
// After a refused form, a screen reader starts where the reasons are.
document.querySelector<HTMLElement>("[data-takes-focus]")?.focus();
