// The visitor's own time zone, to begin with: who has a podcast and no zone chose UTC.
for (const form of document.querySelectorAll("form[data-new]")) {
  form.elements.time_zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
}
