// The listeners' site: what is done once, and what is done on each page.
import { copyButtons } from "./copying.js";
import { showBegun, showStates } from "./episode_lists.js";
import { openPage } from "./episode_page.js";
import { prepareChoices } from "./listener.js";
import { showSaved } from "./offline.js";
import { followLinks } from "./page_changes.js";
import * as playback from "./playback.js";
import { announce, speakAs } from "./player_bar.js";
import * as store from "./store.js";
import { followTranscript } from "./transcript.js";

function opened() {
  copyButtons(document);
  openPage();
  followTranscript();
  showBegun();
  showSaved();
  prepareChoices();
  showStates();
}

opened();
// What was heard last is ready to go on.
const last = store.readJson("now", null);
if (!playback.current() && last && store.place(last.id) > 10) playback.load(last);
followLinks(opened, announce, speakAs);
