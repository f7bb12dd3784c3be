// The page of one report.
import { openLines } from "./desk_lines.js";
import { openRenders } from "./desk_renders.js";
import { openTerms } from "./desk_terms.js";

const { dataset } = document.getElementById("report");
openRenders(dataset);
openLines(dataset);
openTerms(dataset);
